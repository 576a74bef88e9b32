import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Until now a change request was part of the registration from its decision on. */
export class DateWhatWasApplied1795400042000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`UPDATE change_request SET applied_at = decided_at WHERE status = 'approved'`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup to go back.');
  }
}
