import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a municipality's clerks have typed and not sent yet. */
export class CreateRegistrationDraft1795400030000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- One line of versions for all drafts: one that is begun anew never has a version that somebody still holds
      -- of the one before.
      CREATE SEQUENCE registration_draft_version START 1;

      CREATE TABLE registration_draft (
        registration_id uuid NOT NULL,
        version integer NOT NULL,
        base_version integer NOT NULL,
        content jsonb NOT NULL,
        saved_at timestamptz NOT NULL DEFAULT now(),
        saved_by text NOT NULL,
        saved_by_mailbox text NOT NULL,
        CONSTRAINT registration_draft_pkey PRIMARY KEY (registration_id),
        CONSTRAINT registration_draft_version_is_positive CHECK (version > 0),
        CONSTRAINT registration_draft_base_version_is_positive CHECK (base_version > 0),
        CONSTRAINT registration_draft_content_is_object CHECK (jsonb_typeof(content) = 'object'),
        CONSTRAINT registration_draft_of_registration FOREIGN KEY (registration_id) REFERENCES registration(id)
      );

      ALTER TABLE registration_draft ENABLE ROW LEVEL SECURITY;
      ALTER TABLE registration_draft FORCE ROW LEVEL SECURITY;
      -- Not viewer_may_see(): what isn't sent is none of the office's business.
      CREATE POLICY registration_draft_of_member ON registration_draft
        USING (current_setting('renkei.actor', true) = 'system'
               OR registration_id = nullif(current_setting('renkei.registration_id', true), '')::uuid)
        WITH CHECK (current_setting('renkei.actor', true) = 'system'
                    OR registration_id = nullif(current_setting('renkei.registration_id', true), '')::uuid);

      -- Nothing was decided by it, so nothing of it is kept.
      GRANT SELECT, INSERT, UPDATE, DELETE ON registration_draft TO renkei_app;
      GRANT USAGE ON SEQUENCE registration_draft_version TO renkei_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup to go back.');
  }
}
