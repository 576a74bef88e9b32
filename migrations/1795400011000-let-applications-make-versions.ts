import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A version may come of an application, of a return after 退会, or of the rules for low-risk fields. */
export class LetApplicationsMakeVersions1795400011000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // What is there was held to a narrower list, so nothing has to be read again while the table is locked.
    await runner.query(`
      ALTER TABLE registration_version DROP CONSTRAINT registration_version_cause_is_known;
      ALTER TABLE registration_version ADD CONSTRAINT registration_version_cause_is_known
        CHECK (cause IN ('registration', 'change-request', 'rule', 'handover', 'import', 'recovery', 'withdrawal', 'application', 'return')) NOT VALID;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup to go back.');
  }
}
