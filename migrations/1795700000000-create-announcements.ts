import type { MigrationInterface, QueryRunner } from 'typeorm';

/** お知らせ: written by editors, meant for some municipalities or all, read and acknowledged by those alone. */
export class CreateAnnouncements1795700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Role by role where a wall asks for one; the account's row says it, so a role that was taken is gone at once.
      CREATE FUNCTION viewer_is_editor() RETURNS boolean LANGUAGE sql STABLE
        RETURN current_setting('renkei.actor', true) = 'system'
          OR EXISTS (SELECT FROM account WHERE id = viewer_account() AND 'editor' = ANY (roles));
      CREATE FUNCTION viewer_registration() RETURNS uuid LANGUAGE sql STABLE
        RETURN nullif(current_setting('renkei.registration_id', true), '')::uuid;

      CREATE TABLE announcement_settings (
        id uuid NOT NULL,
        version integer NOT NULL DEFAULT 1,
        attachment_max_bytes integer NOT NULL,
        attachment_max_count smallint NOT NULL,
        digest_hour smallint NOT NULL,
        changed_at timestamptz NOT NULL DEFAULT now(),
        changed_by_account_id uuid,
        CONSTRAINT announcement_settings_pkey PRIMARY KEY (id),
        CONSTRAINT announcement_settings_changed_by_account FOREIGN KEY (changed_by_account_id) REFERENCES account(id),
        CONSTRAINT announcement_settings_is_one CHECK (id = '019b3a5c-0c00-7000-8000-000000000002'::uuid),
        CONSTRAINT announcement_settings_version_is_positive CHECK (version > 0),
        CONSTRAINT announcement_settings_attachments_bounded CHECK (attachment_max_bytes BETWEEN 1 AND 52428800 AND attachment_max_count BETWEEN 0 AND 30),
        CONSTRAINT announcement_settings_digest_hour_is_hour CHECK (digest_hour BETWEEN 0 AND 23)
      );
      INSERT INTO announcement_settings (id, attachment_max_bytes, attachment_max_count, digest_hour)
        VALUES ('019b3a5c-0c00-7000-8000-000000000002', 20 * 1024 * 1024, 10, 8);

      CREATE TABLE announcement_category (
        id uuid NOT NULL,
        name text NOT NULL,
        position integer NOT NULL,
        retired_at timestamptz,
        CONSTRAINT announcement_category_pkey PRIMARY KEY (id)
      );
      CREATE UNIQUE INDEX announcement_category_one_name_in_use ON announcement_category (name) WHERE retired_at IS NULL;
      INSERT INTO announcement_category (id, name, position)
        SELECT uuidv7(), name, position
          FROM unnest(ARRAY['お知らせ', 'イベント', '講演会', '連携協定', '被災地支援', '登録について'])
               WITH ORDINALITY AS c (name, position);

      CREATE TABLE announcement (
        id uuid NOT NULL,
        version integer NOT NULL DEFAULT 1,
        state text NOT NULL DEFAULT 'draft',
        title text NOT NULL,
        summary text NOT NULL,
        body text NOT NULL,
        category_id uuid NOT NULL,
        audience jsonb NOT NULL,
        pinned boolean NOT NULL DEFAULT false,
        publish_at timestamptz,
        published_at timestamptz,
        expires_at timestamptz,
        archived_at timestamptz,
        revision integer NOT NULL DEFAULT 0,
        acknowledge_from integer NOT NULL DEFAULT 1,
        search_text text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        created_by_account_id uuid,
        changed_at timestamptz NOT NULL DEFAULT now(),
        changed_by_account_id uuid,
        CONSTRAINT announcement_pkey PRIMARY KEY (id),
        CONSTRAINT announcement_of_category FOREIGN KEY (category_id) REFERENCES announcement_category(id),
        CONSTRAINT announcement_created_by_account FOREIGN KEY (created_by_account_id) REFERENCES account(id),
        CONSTRAINT announcement_changed_by_account FOREIGN KEY (changed_by_account_id) REFERENCES account(id),
        CONSTRAINT announcement_version_is_positive CHECK (version > 0),
        CONSTRAINT announcement_state_is_known CHECK (state IN ('draft', 'scheduled', 'published', 'archived')),
        CONSTRAINT announcement_scheduled_has_time CHECK ((state = 'scheduled') = (publish_at IS NOT NULL)),
        CONSTRAINT announcement_published_has_time CHECK ((state IN ('published', 'archived')) = (published_at IS NOT NULL)),
        CONSTRAINT announcement_archived_has_time CHECK ((state = 'archived') = (archived_at IS NOT NULL)),
        CONSTRAINT announcement_published_has_revision CHECK ((published_at IS NOT NULL) = (revision > 0)),
        CONSTRAINT announcement_expires_after_publication CHECK (expires_at > coalesce(published_at, publish_at)),
        CONSTRAINT announcement_audience_is_object CHECK (jsonb_typeof(audience) = 'object')
      );
      CREATE INDEX announcement_published_at ON announcement (published_at, id) WHERE state = 'published';
      CREATE INDEX announcement_changed_at ON announcement (changed_at, id);
      CREATE INDEX announcement_due ON announcement (publish_at) WHERE state = 'scheduled';
      CREATE INDEX announcement_ending ON announcement (expires_at) WHERE state = 'published';

      -- What it said at publication, and after each correction. Written once.
      CREATE TABLE announcement_revision (
        announcement_id uuid NOT NULL,
        revision integer NOT NULL,
        title text NOT NULL,
        summary text NOT NULL,
        body text NOT NULL,
        category text NOT NULL,
        audience jsonb NOT NULL,
        attachments jsonb NOT NULL,
        note text,
        recorded_at timestamptz NOT NULL DEFAULT now(),
        account_id uuid,
        CONSTRAINT announcement_revision_pkey PRIMARY KEY (announcement_id, revision),
        CONSTRAINT announcement_revision_of_announcement FOREIGN KEY (announcement_id) REFERENCES announcement(id),
        CONSTRAINT announcement_revision_by_account FOREIGN KEY (account_id) REFERENCES account(id),
        CONSTRAINT announcement_revision_is_positive CHECK (revision > 0),
        CONSTRAINT announcement_revision_correction_has_note CHECK ((revision > 1) = (note IS NOT NULL))
      );

      -- Whom it was meant for when it was published, and who joined or left since. The wall reads it.
      CREATE TABLE announcement_recipient (
        registration_id uuid NOT NULL,
        announcement_id uuid NOT NULL,
        added_at timestamptz NOT NULL DEFAULT now(),
        removed_at timestamptz,
        delivery text,
        mailed_at timestamptz,
        acknowledged_at timestamptz,
        acknowledged_by text,
        acknowledged_mailbox text,
        acknowledged_revision integer,
        followed_up_at timestamptz,
        followed_up_revision integer,
        CONSTRAINT announcement_recipient_pkey PRIMARY KEY (registration_id, announcement_id),
        CONSTRAINT announcement_recipient_of_registration FOREIGN KEY (registration_id) REFERENCES registration(id),
        CONSTRAINT announcement_recipient_of_announcement FOREIGN KEY (announcement_id) REFERENCES announcement(id),
        CONSTRAINT announcement_recipient_delivery_is_known CHECK (delivery IN ('at-once', 'digest')),
        CONSTRAINT announcement_recipient_acknowledged_in_full CHECK ((acknowledged_at IS NULL) = (acknowledged_by IS NULL) AND (acknowledged_at IS NULL) = (acknowledged_mailbox IS NULL) AND (acknowledged_at IS NULL) = (acknowledged_revision IS NULL)),
        CONSTRAINT announcement_recipient_followed_up_in_full CHECK ((followed_up_at IS NULL) = (followed_up_revision IS NULL))
      );
      CREATE INDEX announcement_recipient_announcement_id ON announcement_recipient (announcement_id);
      CREATE INDEX announcement_recipient_digest ON announcement_recipient (registration_id) WHERE delivery = 'digest' AND mailed_at IS NULL;

      -- Which of them somebody who reads a mailbox has opened: their own mark, and no measure of the office's.
      CREATE TABLE announcement_reading (
        registration_id uuid NOT NULL,
        mailbox_key text NOT NULL,
        announcement_id uuid NOT NULL,
        read_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT announcement_reading_pkey PRIMARY KEY (registration_id, mailbox_key, announcement_id),
        CONSTRAINT announcement_reading_of_registration FOREIGN KEY (registration_id) REFERENCES registration(id),
        CONSTRAINT announcement_reading_of_announcement FOREIGN KEY (announcement_id) REFERENCES announcement(id)
      );

      -- How a municipality wants to be told; also, up to when it has been given what is meant for all of its kind.
      CREATE TABLE announcement_delivery (
        registration_id uuid NOT NULL,
        version integer NOT NULL DEFAULT 1,
        delivery text NOT NULL DEFAULT 'at-once',
        caught_up_at timestamptz NOT NULL DEFAULT now(),
        changed_at timestamptz,
        changed_by text,
        CONSTRAINT announcement_delivery_pkey PRIMARY KEY (registration_id),
        CONSTRAINT announcement_delivery_of_registration FOREIGN KEY (registration_id) REFERENCES registration(id),
        CONSTRAINT announcement_delivery_version_is_positive CHECK (version > 0),
        CONSTRAINT announcement_delivery_is_known CHECK (delivery IN ('at-once', 'digest')),
        CONSTRAINT announcement_delivery_changed_by_somebody CHECK ((changed_at IS NULL) = (changed_by IS NULL))
      );

      -- Filters narrow each other down, municipalities picked by hand are added; nothing chosen is nobody.
      CREATE FUNCTION announcement_is_meant_for(audience jsonb, prefecture text, type text, association text, code text)
        RETURNS boolean LANGUAGE sql IMMUTABLE
        RETURN audience->>'kind' = 'all' OR audience->'municipalities' ? code
          OR ((audience->'prefectures' <> '[]' OR audience->'types' <> '[]' OR audience->'associations' <> '[]')
              AND (audience->'prefectures' = '[]' OR audience->'prefectures' ? prefecture)
              AND (audience->'types' = '[]' OR audience->'types' ? type)
              AND (audience->'associations' = '[]' OR coalesce(audience->'associations' ? association, false)));

      ALTER TABLE announcement_settings ENABLE ROW LEVEL SECURITY;
      ALTER TABLE announcement_settings FORCE ROW LEVEL SECURITY;
      CREATE POLICY announcement_settings_read_by_all ON announcement_settings FOR SELECT USING (viewer_is_known());
      CREATE POLICY announcement_settings_updated_by_editor ON announcement_settings FOR UPDATE USING ((SELECT viewer_is_editor()));
      ALTER TABLE announcement_category ENABLE ROW LEVEL SECURITY;
      ALTER TABLE announcement_category FORCE ROW LEVEL SECURITY;
      CREATE POLICY announcement_category_read_by_all ON announcement_category FOR SELECT USING (viewer_is_known());
      CREATE POLICY announcement_category_inserted_by_editor ON announcement_category FOR INSERT WITH CHECK ((SELECT viewer_is_editor()));
      CREATE POLICY announcement_category_updated_by_editor ON announcement_category FOR UPDATE USING ((SELECT viewer_is_editor()));

      ALTER TABLE announcement_recipient ENABLE ROW LEVEL SECURITY;
      ALTER TABLE announcement_recipient FORCE ROW LEVEL SECURITY;
      CREATE POLICY announcement_recipient_read ON announcement_recipient FOR SELECT
        USING ((SELECT viewer_is_staff()) OR registration_id = (SELECT viewer_registration()));
      CREATE POLICY announcement_recipient_inserted_by_editor ON announcement_recipient FOR INSERT WITH CHECK ((SELECT viewer_is_editor()));
      -- Whoever was taken out doesn't take themselves in again.
      CREATE POLICY announcement_recipient_updated ON announcement_recipient FOR UPDATE
        USING ((SELECT viewer_is_editor()) OR (registration_id = (SELECT viewer_registration()) AND removed_at IS NULL));

      ALTER TABLE announcement ENABLE ROW LEVEL SECURITY;
      ALTER TABLE announcement FORCE ROW LEVEL SECURITY;
      -- Editors see all, the rest of the office what is or was out, and a member what is out and meant for them.
      CREATE POLICY announcement_read ON announcement FOR SELECT
        USING ((SELECT viewer_is_editor())
          OR ((SELECT viewer_is_staff()) AND published_at IS NOT NULL)
          OR (state = 'published' AND (expires_at IS NULL OR expires_at > now())
              AND EXISTS (SELECT FROM announcement_recipient r
                           WHERE r.announcement_id = announcement.id AND r.removed_at IS NULL
                             AND r.registration_id = (SELECT viewer_registration()))));
      CREATE POLICY announcement_inserted_by_editor ON announcement FOR INSERT WITH CHECK ((SELECT viewer_is_editor()));
      CREATE POLICY announcement_updated_by_editor ON announcement FOR UPDATE USING ((SELECT viewer_is_editor()));
      CREATE POLICY announcement_draft_deleted_by_editor ON announcement FOR DELETE
        USING ((SELECT viewer_is_editor()) AND state = 'draft' AND revision = 0);

      ALTER TABLE announcement_revision ENABLE ROW LEVEL SECURITY;
      ALTER TABLE announcement_revision FORCE ROW LEVEL SECURITY;
      CREATE POLICY announcement_revision_read ON announcement_revision FOR SELECT
        USING (EXISTS (SELECT FROM announcement a WHERE a.id = announcement_id));
      CREATE POLICY announcement_revision_inserted_by_editor ON announcement_revision FOR INSERT WITH CHECK ((SELECT viewer_is_editor()));

      ALTER TABLE announcement_reading ENABLE ROW LEVEL SECURITY;
      ALTER TABLE announcement_reading FORCE ROW LEVEL SECURITY;
      CREATE POLICY announcement_reading_of_member ON announcement_reading
        USING (registration_id = (SELECT viewer_registration())) WITH CHECK (registration_id = (SELECT viewer_registration()));

      ALTER TABLE announcement_delivery ENABLE ROW LEVEL SECURITY;
      ALTER TABLE announcement_delivery FORCE ROW LEVEL SECURITY;
      CREATE POLICY announcement_delivery_of_viewer ON announcement_delivery
        USING (viewer_may_see(registration_id)) WITH CHECK (viewer_may_see(registration_id));

      GRANT SELECT, UPDATE ON announcement_settings TO renkei_app;
      GRANT SELECT, INSERT, UPDATE ON announcement_category, announcement_recipient, announcement_delivery TO renkei_app;
      -- Only a draft can go: the wall says so.
      GRANT SELECT, INSERT, UPDATE, DELETE ON announcement TO renkei_app;
      GRANT SELECT, INSERT ON announcement_revision, announcement_reading TO renkei_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup to go back.');
  }
}
