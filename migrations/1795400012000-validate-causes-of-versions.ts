import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Apart from the constraint itself: reading the whole table holds up no reader or writer here. */
export class ValidateCausesOfVersions1795400012000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE registration_version VALIDATE CONSTRAINT registration_version_cause_is_known',
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup to go back.');
  }
}
