import type { MigrationInterface, QueryRunner } from 'typeorm';

/** New mailboxes answer not only for change requests: also for applications and recoveries. */
export class LetAnyRoomVerifyMailboxes1795400000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE address_verification DROP CONSTRAINT address_verification_of_change_request;
      ALTER TABLE address_verification RENAME COLUMN change_request_id TO subject_id;
      ALTER TABLE address_verification ADD COLUMN subject_kind text NOT NULL DEFAULT 'change-request';
      ALTER TABLE address_verification ALTER COLUMN subject_kind DROP DEFAULT;
      ALTER TABLE address_verification ALTER COLUMN registration_id DROP NOT NULL;
      ALTER TABLE address_verification ADD CONSTRAINT address_verification_subject_is_known
        CHECK (subject_kind IN ('change-request', 'application', 'recovery'));
      ALTER INDEX address_verification_change_request_id RENAME TO address_verification_subject_id;
      CREATE INDEX address_verification_registration_id ON address_verification (registration_id);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup to go back.');
  }
}
