import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A mail to a mailbox that serves several municipalities is about each of them. */
export class NoteWhatSharedMailsAreAbout1795800020000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE outbox_message_about (
        message_id uuid NOT NULL,
        registration_id uuid NOT NULL,
        CONSTRAINT outbox_message_about_pkey PRIMARY KEY (message_id, registration_id),
        CONSTRAINT outbox_message_about_of_message FOREIGN KEY (message_id) REFERENCES outbox_message(id) ON DELETE CASCADE
      );
      CREATE INDEX outbox_message_about_registration_id ON outbox_message_about (registration_id);

      ALTER TABLE outbox_message_about ENABLE ROW LEVEL SECURITY;
      ALTER TABLE outbox_message_about FORCE ROW LEVEL SECURITY;
      CREATE POLICY outbox_message_about_of_staff ON outbox_message_about
        USING ((SELECT viewer_is_staff())) WITH CHECK ((SELECT viewer_is_staff()));
      GRANT SELECT, INSERT ON outbox_message_about TO renkei_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup to go back.');
  }
}
