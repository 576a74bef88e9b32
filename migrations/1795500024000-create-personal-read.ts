import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whose personal data which member of staff was shown. */
export class CreatePersonalRead1795500024000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Without foreign keys: what was read stays on record, whatever becomes of it.
      CREATE TABLE personal_read (
        id uuid NOT NULL,
        read_at timestamptz NOT NULL DEFAULT now(),
        session_id uuid NOT NULL,
        account_id uuid NOT NULL,
        operation text NOT NULL,
        subject_type text NOT NULL,
        subject_id uuid NOT NULL,
        registration_id uuid,
        CONSTRAINT personal_read_pkey PRIMARY KEY (id)
      );
      CREATE INDEX personal_read_session_id ON personal_read (session_id, read_at);
      CREATE INDEX personal_read_registration_id ON personal_read (registration_id, read_at);

      ALTER TABLE personal_read ENABLE ROW LEVEL SECURITY;
      ALTER TABLE personal_read FORCE ROW LEVEL SECURITY;
      -- Staff write for their own session and read nothing here: who looked at what is for the command line.
      CREATE POLICY personal_read_written_for_own ON personal_read FOR INSERT
        WITH CHECK (current_setting('renkei.actor', true) = 'system'
                    OR current_setting('renkei.actor', true) = 'staff'
                       AND session_id = nullif(current_setting('renkei.session_id', true), '')::uuid);
      CREATE POLICY personal_read_read_by_system ON personal_read FOR SELECT
        USING (current_setting('renkei.actor', true) = 'system');

      GRANT SELECT, INSERT ON personal_read TO renkei_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup to go back.');
  }
}
