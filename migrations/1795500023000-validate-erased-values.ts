import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Apart from the constraints themselves: reading the whole table holds up no reader or writer here. */
export class ValidateErasedValues1795500023000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE audit_personal VALIDATE CONSTRAINT audit_personal_erased_has_no_data;
      ALTER TABLE audit_personal VALIDATE CONSTRAINT audit_personal_erased_has_no_salt;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup to go back.');
  }
}
