import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Mails that are owed and the trail of what happened. */
export class CreateOutboxAndAudit1795300003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE outbox_message (
        id uuid NOT NULL,
        kind text NOT NULL,
        dedupe_key text NOT NULL,
        message_id text NOT NULL,
        recipient text NOT NULL,
        subject text NOT NULL,
        body text NOT NULL,
        code_purpose text,
        code_challenge_id uuid,
        registration_id uuid,
        priority smallint NOT NULL DEFAULT 5,
        queued_at timestamptz NOT NULL DEFAULT now(),
        not_before timestamptz NOT NULL DEFAULT now(),
        useless_after timestamptz,
        attempts integer NOT NULL DEFAULT 0,
        leased_until timestamptz,
        sent_at timestamptz,
        bounced_at timestamptz,
        failed_at timestamptz,
        last_error text,
        CONSTRAINT outbox_message_pkey PRIMARY KEY (id),
        CONSTRAINT outbox_message_ends_once CHECK (sent_at IS NULL OR failed_at IS NULL),
        CONSTRAINT outbox_message_code_has_challenge CHECK ((code_purpose IS NULL) = (code_challenge_id IS NULL))
      );
      CREATE UNIQUE INDEX outbox_message_dedupe_key_is_unique ON outbox_message (dedupe_key);
      CREATE UNIQUE INDEX outbox_message_message_id_is_unique ON outbox_message (message_id);
      CREATE INDEX outbox_message_queued_at ON outbox_message (queued_at, id);
      CREATE INDEX outbox_message_registration_id ON outbox_message (registration_id, queued_at);
      CREATE INDEX outbox_message_due ON outbox_message (priority, not_before) WHERE sent_at IS NULL AND failed_at IS NULL;

      CREATE TABLE outbox_attempt (
        message_id uuid NOT NULL,
        attempt integer NOT NULL,
        started_at timestamptz NOT NULL DEFAULT now(),
        ended_at timestamptz,
        outcome text,
        response text,
        CONSTRAINT outbox_attempt_pkey PRIMARY KEY (message_id, attempt),
        CONSTRAINT outbox_attempt_ended_has_outcome CHECK ((ended_at IS NULL) = (outcome IS NULL)),
        CONSTRAINT outbox_attempt_outcome_is_known CHECK (outcome IN ('sent', 'deferred', 'failed')),
        CONSTRAINT outbox_attempt_of_message FOREIGN KEY (message_id) REFERENCES outbox_message(id)
      );

      CREATE TABLE audit_event (
        id uuid NOT NULL,
        occurred_at timestamptz NOT NULL DEFAULT now(),
        type text NOT NULL,
        actor_kind text NOT NULL,
        actor_account_id uuid,
        session_id uuid,
        subject_type text NOT NULL,
        subject_id text NOT NULL,
        registration_id uuid,
        details jsonb NOT NULL,
        CONSTRAINT audit_event_pkey PRIMARY KEY (id),
        CONSTRAINT audit_event_actor_kind_is_known CHECK (actor_kind IN ('member', 'staff', 'system'))
      );
      CREATE INDEX audit_event_registration_id ON audit_event (registration_id, occurred_at);
      CREATE INDEX audit_event_subject ON audit_event (subject_type, subject_id);
      CREATE INDEX audit_event_occurred_at ON audit_event (occurred_at, id);

      CREATE TABLE audit_personal (
        event_id uuid NOT NULL,
        data jsonb NOT NULL,
        CONSTRAINT audit_personal_pkey PRIMARY KEY (event_id),
        CONSTRAINT audit_personal_of_event FOREIGN KEY (event_id) REFERENCES audit_event(id)
      );

      -- Whoever acts leaves a trail and owes mails, for their own registration; only staff and the portal itself
      -- read them.
      CREATE FUNCTION viewer_is_known() RETURNS boolean LANGUAGE sql STABLE
        RETURN coalesce(current_setting('renkei.actor', true), '') <> '';

      ALTER TABLE outbox_message ENABLE ROW LEVEL SECURITY;
      ALTER TABLE outbox_message FORCE ROW LEVEL SECURITY;
      CREATE POLICY outbox_message_written_for_own ON outbox_message FOR INSERT WITH CHECK (viewer_may_see(registration_id));
      CREATE POLICY outbox_message_read_by_staff ON outbox_message FOR SELECT USING (viewer_is_staff());
      CREATE POLICY outbox_message_updated_by_staff ON outbox_message FOR UPDATE USING (viewer_is_staff());
      ALTER TABLE outbox_attempt ENABLE ROW LEVEL SECURITY;
      ALTER TABLE outbox_attempt FORCE ROW LEVEL SECURITY;
      CREATE POLICY outbox_attempt_written_for_own ON outbox_attempt FOR INSERT WITH CHECK (viewer_is_staff());
      CREATE POLICY outbox_attempt_read_by_staff ON outbox_attempt FOR SELECT USING (viewer_is_staff());
      CREATE POLICY outbox_attempt_updated_by_staff ON outbox_attempt FOR UPDATE USING (viewer_is_staff());
      ALTER TABLE audit_event ENABLE ROW LEVEL SECURITY;
      ALTER TABLE audit_event FORCE ROW LEVEL SECURITY;
      CREATE POLICY audit_event_written_for_own ON audit_event FOR INSERT WITH CHECK (viewer_may_see(registration_id));
      CREATE POLICY audit_event_read_by_staff ON audit_event FOR SELECT USING (viewer_is_staff());
      ALTER TABLE audit_personal ENABLE ROW LEVEL SECURITY;
      ALTER TABLE audit_personal FORCE ROW LEVEL SECURITY;
      CREATE POLICY audit_personal_written_for_own ON audit_personal FOR INSERT WITH CHECK (viewer_is_known());
      CREATE POLICY audit_personal_read_by_staff ON audit_personal FOR SELECT USING (viewer_is_staff());

      GRANT SELECT, INSERT, UPDATE ON outbox_message, outbox_attempt TO renkei_app;
      -- The trail only grows.
      GRANT SELECT, INSERT ON audit_event, audit_personal TO renkei_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup to go back.');
  }
}
