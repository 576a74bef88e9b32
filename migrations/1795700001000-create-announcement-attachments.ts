import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files that go with an announcement, in pieces, so that neither side ever holds a whole one. */
export class CreateAnnouncementAttachments1795700001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE announcement_attachment (
        id uuid NOT NULL,
        announcement_id uuid NOT NULL,
        name text NOT NULL,
        media_type text,
        bytes integer,
        sha256 bytea,
        begun_at timestamptz NOT NULL DEFAULT now(),
        added_at timestamptz,
        added_by_account_id uuid,
        removed_at timestamptz,
        CONSTRAINT announcement_attachment_pkey PRIMARY KEY (id),
        CONSTRAINT announcement_attachment_of_announcement FOREIGN KEY (announcement_id) REFERENCES announcement(id),
        CONSTRAINT announcement_attachment_added_by_account FOREIGN KEY (added_by_account_id) REFERENCES account(id),
        CONSTRAINT announcement_attachment_added_in_full CHECK ((added_at IS NULL) = (media_type IS NULL) AND (added_at IS NULL) = (bytes IS NULL) AND (added_at IS NULL) = (sha256 IS NULL)),
        CONSTRAINT announcement_attachment_holds_something CHECK (bytes > 0),
        CONSTRAINT announcement_attachment_removed_after_adding CHECK (removed_at IS NULL OR added_at IS NOT NULL)
      );
      CREATE INDEX announcement_attachment_announcement_id ON announcement_attachment (announcement_id, id);

      CREATE TABLE announcement_attachment_chunk (
        attachment_id uuid NOT NULL,
        position integer NOT NULL,
        content bytea NOT NULL,
        CONSTRAINT announcement_attachment_chunk_pkey PRIMARY KEY (attachment_id, position),
        CONSTRAINT announcement_attachment_chunk_of_attachment FOREIGN KEY (attachment_id) REFERENCES announcement_attachment(id) ON DELETE CASCADE
      );
      -- What comes is compressed already (PDF, Office, pictures).
      ALTER TABLE announcement_attachment_chunk ALTER COLUMN content SET STORAGE EXTERNAL;

      ALTER TABLE announcement_attachment ENABLE ROW LEVEL SECURITY;
      ALTER TABLE announcement_attachment FORCE ROW LEVEL SECURITY;
      -- Whoever may read the announcement; one that is on its way up or was taken off, editors alone.
      CREATE POLICY announcement_attachment_read ON announcement_attachment FOR SELECT
        USING ((SELECT viewer_is_editor())
          OR (added_at IS NOT NULL AND removed_at IS NULL AND EXISTS (SELECT FROM announcement a WHERE a.id = announcement_id)));
      CREATE POLICY announcement_attachment_inserted_by_editor ON announcement_attachment FOR INSERT WITH CHECK ((SELECT viewer_is_editor()));
      CREATE POLICY announcement_attachment_updated_by_editor ON announcement_attachment FOR UPDATE USING ((SELECT viewer_is_editor()));
      -- What broke off on its way up, and what goes with a draft; what was out once is kept.
      CREATE POLICY announcement_attachment_deleted_by_editor ON announcement_attachment FOR DELETE
        USING ((SELECT viewer_is_editor())
          AND (added_at IS NULL
               OR EXISTS (SELECT FROM announcement a WHERE a.id = announcement_id AND a.revision = 0)));

      ALTER TABLE announcement_attachment_chunk ENABLE ROW LEVEL SECURITY;
      ALTER TABLE announcement_attachment_chunk FORCE ROW LEVEL SECURITY;
      CREATE POLICY announcement_attachment_chunk_read ON announcement_attachment_chunk FOR SELECT
        USING (EXISTS (SELECT FROM announcement_attachment a WHERE a.id = attachment_id));
      CREATE POLICY announcement_attachment_chunk_inserted_by_editor ON announcement_attachment_chunk FOR INSERT WITH CHECK ((SELECT viewer_is_editor()));

      GRANT SELECT, INSERT, UPDATE, DELETE ON announcement_attachment TO renkei_app;
      GRANT SELECT, INSERT ON announcement_attachment_chunk TO renkei_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup to go back.');
  }
}
