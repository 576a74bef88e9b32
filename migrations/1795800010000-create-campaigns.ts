import type { MigrationInterface, QueryRunner } from 'typeorm';

/** 年度確認: who is asked, by which steps, what was mailed, what they answered, and whom the office calls. */
export class CreateCampaigns1795800010000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(FUNCTIONS);
    await runner.query(WALLS);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup to go back.');
  }
}

const TABLES = `
  CREATE TABLE campaign_settings (
    id uuid NOT NULL,
    version integer NOT NULL DEFAULT 1,
    standing_rule boolean NOT NULL DEFAULT true,
    changed_at timestamptz NOT NULL DEFAULT now(),
    changed_by_account_id uuid,
    CONSTRAINT campaign_settings_pkey PRIMARY KEY (id),
    CONSTRAINT campaign_settings_changed_by_account FOREIGN KEY (changed_by_account_id) REFERENCES account(id),
    CONSTRAINT campaign_settings_is_one CHECK (id = '019b3a5c-0c00-7000-8000-000000000003'::uuid),
    CONSTRAINT campaign_settings_version_is_positive CHECK (version > 0)
  );
  INSERT INTO campaign_settings (id) VALUES ('019b3a5c-0c00-7000-8000-000000000003');

  CREATE TABLE campaign (
    id uuid NOT NULL,
    version integer NOT NULL DEFAULT 1,
    kind text NOT NULL,
    state text NOT NULL DEFAULT 'draft',
    title text NOT NULL,
    audience jsonb NOT NULL,
    counts_from date NOT NULL,
    deadline date NOT NULL,
    standing_month date,
    created_at timestamptz NOT NULL DEFAULT now(),
    created_by_account_id uuid,
    started_at timestamptz,
    paused_at timestamptz,
    closed_at timestamptz,
    CONSTRAINT campaign_pkey PRIMARY KEY (id),
    CONSTRAINT campaign_created_by_account FOREIGN KEY (created_by_account_id) REFERENCES account(id),
    CONSTRAINT campaign_version_is_positive CHECK (version > 0),
    CONSTRAINT campaign_kind_is_known CHECK (kind IN ('office', 'standing')),
    CONSTRAINT campaign_state_is_known CHECK (state IN ('draft', 'running', 'paused', 'closed')),
    CONSTRAINT campaign_standing_has_month CHECK ((kind = 'standing') = (standing_month IS NOT NULL)),
    CONSTRAINT campaign_draft_not_started CHECK ((state = 'draft') = (started_at IS NULL)),
    CONSTRAINT campaign_paused_has_time CHECK ((state = 'paused') = (paused_at IS NOT NULL)),
    CONSTRAINT campaign_closed_has_time CHECK ((state = 'closed') = (closed_at IS NOT NULL)),
    CONSTRAINT campaign_audience_is_object CHECK (jsonb_typeof(audience) = 'object')
  );
  CREATE UNIQUE INDEX campaign_one_standing_per_month ON campaign (standing_month);
  CREATE INDEX campaign_started ON campaign (id) WHERE state IN ('running', 'paused');

  CREATE TABLE campaign_step (
    id uuid NOT NULL,
    campaign_id uuid NOT NULL,
    position smallint NOT NULL,
    template text NOT NULL,
    recipients text,
    on_date date,
    after_days smallint,
    hour smallint NOT NULL,
    opening text,
    due_at timestamptz NOT NULL,
    done_at timestamptz,
    overtaken_at timestamptz,
    CONSTRAINT campaign_step_pkey PRIMARY KEY (id),
    CONSTRAINT campaign_step_id_within_campaign UNIQUE (id, campaign_id),
    CONSTRAINT campaign_step_of_campaign FOREIGN KEY (campaign_id) REFERENCES campaign(id),
    CONSTRAINT campaign_step_position_is_unique UNIQUE (campaign_id, position) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT campaign_step_template_is_known CHECK (template IN ('pre-notice', 'ask', 'reminder', 'final', 'phone', 'letter')),
    CONSTRAINT campaign_step_recipients_are_known CHECK (recipients IN ('primary', 'deputy', 'department', 'everyone')),
    CONSTRAINT campaign_step_mails_somebody CHECK ((template IN ('phone', 'letter')) = (recipients IS NULL)),
    CONSTRAINT campaign_step_has_one_day CHECK ((on_date IS NULL) <> (after_days IS NULL)),
    CONSTRAINT campaign_step_after_days_in_range CHECK (after_days BETWEEN 1 AND 120),
    CONSTRAINT campaign_step_hour_is_hour CHECK (hour BETWEEN 0 AND 23),
    CONSTRAINT campaign_step_ends_once CHECK (done_at IS NULL OR overtaken_at IS NULL)
  );

  -- One row for each municipality that is asked. What it answered is written by a trigger, by whatever way it comes.
  CREATE TABLE campaign_target (
    campaign_id uuid NOT NULL,
    registration_id uuid NOT NULL,
    number bigint NOT NULL DEFAULT drawn_number(),
    added_at timestamptz NOT NULL DEFAULT now(),
    counts_from timestamptz NOT NULL,
    answered_at timestamptz,
    answer text,
    left_at timestamptz,
    left_because text,
    to_call_at timestamptz,
    to_write_at timestamptz,
    owner_account_id uuid,
    next_on date,
    CONSTRAINT campaign_target_pkey PRIMARY KEY (campaign_id, registration_id),
    CONSTRAINT campaign_target_of_campaign FOREIGN KEY (campaign_id) REFERENCES campaign(id),
    CONSTRAINT campaign_target_of_registration FOREIGN KEY (registration_id) REFERENCES registration(id),
    CONSTRAINT campaign_target_owned_by_account FOREIGN KEY (owner_account_id) REFERENCES account(id),
    CONSTRAINT campaign_target_answer_is_known CHECK (answer IN ('unchanged', 'changed', 'phone', 'before')),
    CONSTRAINT campaign_target_answered_in_full CHECK ((answered_at IS NULL) = (answer IS NULL)),
    CONSTRAINT campaign_target_left_because_is_known CHECK (left_because IN ('withdrawn', 'municipality-ended', 'asked-already', 'taken-over', 'closed')),
    CONSTRAINT campaign_target_left_in_full CHECK ((left_at IS NULL) = (left_because IS NULL)),
    CONSTRAINT campaign_target_ends_once CHECK (answered_at IS NULL OR left_at IS NULL)
  );
  CREATE UNIQUE INDEX campaign_target_number_is_unique ON campaign_target (number);
  -- Whoever is asked by one campaign isn't asked by another at the same time.
  CREATE UNIQUE INDEX campaign_target_asked_once ON campaign_target (registration_id)
    WHERE answered_at IS NULL AND left_at IS NULL;
  CREATE INDEX campaign_target_registration_id ON campaign_target (registration_id);

  -- One version of a registration that somebody was asked about: its id makes the mailed code.
  CREATE TABLE campaign_question (
    id uuid NOT NULL,
    campaign_id uuid NOT NULL,
    registration_id uuid NOT NULL,
    version integer NOT NULL,
    asked_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT campaign_question_pkey PRIMARY KEY (id),
    CONSTRAINT campaign_question_of_target FOREIGN KEY (campaign_id, registration_id) REFERENCES campaign_target(campaign_id, registration_id),
    CONSTRAINT campaign_question_once_per_version UNIQUE (campaign_id, registration_id, version)
  );

  -- The ledger: a step goes to a mailbox about a registration once, whichever process sends it and however often.
  CREATE TABLE campaign_reminder (
    campaign_id uuid NOT NULL,
    registration_id uuid NOT NULL,
    step_id uuid NOT NULL,
    mailbox_key text NOT NULL,
    mail_id uuid NOT NULL,
    queued_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT campaign_reminder_pkey PRIMARY KEY (campaign_id, registration_id, step_id, mailbox_key),
    CONSTRAINT campaign_reminder_of_target FOREIGN KEY (campaign_id, registration_id) REFERENCES campaign_target(campaign_id, registration_id),
    CONSTRAINT campaign_reminder_of_step FOREIGN KEY (step_id, campaign_id) REFERENCES campaign_step(id, campaign_id)
  );
  CREATE INDEX campaign_reminder_mail_id ON campaign_reminder (mail_id);
  CREATE INDEX campaign_reminder_queued_at ON campaign_reminder (queued_at);

  -- What came of a call or a letter. Written once.
  CREATE TABLE campaign_call (
    id uuid NOT NULL,
    campaign_id uuid NOT NULL,
    registration_id uuid NOT NULL,
    way text NOT NULL,
    outcome text NOT NULL,
    note text,
    next_on date,
    called_at timestamptz NOT NULL DEFAULT now(),
    account_id uuid NOT NULL,
    CONSTRAINT campaign_call_pkey PRIMARY KEY (id),
    CONSTRAINT campaign_call_of_target FOREIGN KEY (campaign_id, registration_id) REFERENCES campaign_target(campaign_id, registration_id),
    CONSTRAINT campaign_call_by_account FOREIGN KEY (account_id) REFERENCES account(id),
    CONSTRAINT campaign_call_way_is_known CHECK (way IN ('phone', 'letter')),
    CONSTRAINT campaign_call_outcome_is_known CHECK (outcome IN ('confirmed', 'partly-confirmed', 'has-changes', 'will-answer', 'absent', 'wrong-number', 'sent'))
  );
  CREATE INDEX campaign_call_of_target_in_order ON campaign_call (campaign_id, registration_id, id);
`;

const FUNCTIONS = `
  -- Filters narrow each other down, municipalities picked by hand are added; nothing chosen is nobody.
  CREATE FUNCTION campaign_is_meant_for(audience jsonb, prefecture text, type text, association text, code text, freshness text)
    RETURNS boolean LANGUAGE sql IMMUTABLE
    RETURN audience->>'kind' = 'all' OR audience->'municipalities' ? code
      OR ((audience->'prefectures' <> '[]' OR audience->'types' <> '[]' OR audience->'associations' <> '[]' OR audience->'freshness' <> '[]')
          AND (audience->'prefectures' = '[]' OR audience->'prefectures' ? prefecture)
          AND (audience->'types' = '[]' OR audience->'types' ? type)
          AND (audience->'freshness' = '[]' OR audience->'freshness' ? freshness)
          AND (audience->'associations' = '[]' OR coalesce(audience->'associations' ? association, false)));

  -- A question ends when the registration is confirmed or changed, or its membership ends, by whatever way: here and
  -- nowhere else, in the transaction of what ends it. What was said before the campaign counts from is no answer to it.
  CREATE FUNCTION campaign_target_ends() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF NEW.status <> 'active' THEN
      UPDATE campaign_target SET left_at = now(), left_because = 'withdrawn', next_on = NULL
       WHERE registration_id = NEW.id AND answered_at IS NULL AND left_at IS NULL;
    ELSE
      UPDATE campaign_target
         SET answered_at = now(), next_on = NULL,
             answer = CASE WHEN NEW.version <> OLD.version THEN 'changed'
                           WHEN current_setting('renkei.actor', true) = 'staff' THEN 'phone'
                           ELSE 'unchanged' END
       WHERE registration_id = NEW.id AND answered_at IS NULL AND left_at IS NULL AND counts_from <= now();
    END IF;
    RETURN NULL;
  END $$;
  CREATE TRIGGER registration_ends_campaign_target AFTER UPDATE OF version, last_confirmed_at, status ON registration
    FOR EACH ROW WHEN (NEW.version <> OLD.version OR NEW.status <> OLD.status
                       OR NEW.last_confirmed_at IS DISTINCT FROM OLD.last_confirmed_at)
    EXECUTE FUNCTION campaign_target_ends();
`;

const WALLS = `
  ALTER TABLE campaign_settings ENABLE ROW LEVEL SECURITY;
  ALTER TABLE campaign_settings FORCE ROW LEVEL SECURITY;
  CREATE POLICY campaign_settings_of_staff ON campaign_settings USING ((SELECT viewer_is_staff()));

  ALTER TABLE campaign_target ENABLE ROW LEVEL SECURITY;
  ALTER TABLE campaign_target FORCE ROW LEVEL SECURITY;
  CREATE POLICY campaign_target_read ON campaign_target FOR SELECT USING (viewer_may_see(registration_id));
  CREATE POLICY campaign_target_inserted_by_staff ON campaign_target FOR INSERT WITH CHECK ((SELECT viewer_is_staff()));
  -- A member's own: what they confirm or change ends their question, by the trigger.
  CREATE POLICY campaign_target_updated ON campaign_target FOR UPDATE USING (viewer_may_see(registration_id));

  -- A member sees the campaign that asks them, and nothing else of it.
  ALTER TABLE campaign ENABLE ROW LEVEL SECURITY;
  ALTER TABLE campaign FORCE ROW LEVEL SECURITY;
  CREATE POLICY campaign_read ON campaign FOR SELECT
    USING ((SELECT viewer_is_staff()) OR EXISTS (
      SELECT FROM campaign_target t WHERE t.campaign_id = campaign.id AND t.registration_id = (SELECT viewer_registration())));
  CREATE POLICY campaign_inserted_by_staff ON campaign FOR INSERT WITH CHECK ((SELECT viewer_is_staff()));
  CREATE POLICY campaign_updated_by_staff ON campaign FOR UPDATE USING ((SELECT viewer_is_staff()));
  CREATE POLICY campaign_draft_deleted_by_staff ON campaign FOR DELETE USING ((SELECT viewer_is_staff()) AND state = 'draft');

  ALTER TABLE campaign_step ENABLE ROW LEVEL SECURITY;
  ALTER TABLE campaign_step FORCE ROW LEVEL SECURITY;
  CREATE POLICY campaign_step_read_by_staff ON campaign_step FOR SELECT USING ((SELECT viewer_is_staff()));
  CREATE POLICY campaign_step_inserted_by_staff ON campaign_step FOR INSERT WITH CHECK ((SELECT viewer_is_staff()));
  CREATE POLICY campaign_step_updated_by_staff ON campaign_step FOR UPDATE USING ((SELECT viewer_is_staff()));
  -- What has gone is what it is.
  CREATE POLICY campaign_step_deleted_before_it_goes ON campaign_step FOR DELETE
    USING ((SELECT viewer_is_staff()) AND done_at IS NULL AND overtaken_at IS NULL);
  ALTER TABLE campaign_question ENABLE ROW LEVEL SECURITY;
  ALTER TABLE campaign_question FORCE ROW LEVEL SECURITY;
  CREATE POLICY campaign_question_of_staff ON campaign_question USING ((SELECT viewer_is_staff())) WITH CHECK ((SELECT viewer_is_staff()));
  ALTER TABLE campaign_reminder ENABLE ROW LEVEL SECURITY;
  ALTER TABLE campaign_reminder FORCE ROW LEVEL SECURITY;
  CREATE POLICY campaign_reminder_of_staff ON campaign_reminder USING ((SELECT viewer_is_staff())) WITH CHECK ((SELECT viewer_is_staff()));
  ALTER TABLE campaign_call ENABLE ROW LEVEL SECURITY;
  ALTER TABLE campaign_call FORCE ROW LEVEL SECURITY;
  CREATE POLICY campaign_call_of_staff ON campaign_call USING ((SELECT viewer_is_staff())) WITH CHECK ((SELECT viewer_is_staff()));

  GRANT SELECT, UPDATE ON campaign_settings TO renkei_app;
  GRANT SELECT, INSERT, UPDATE, DELETE ON campaign, campaign_step TO renkei_app;
  GRANT SELECT, INSERT, UPDATE ON campaign_target TO renkei_app;
  -- Written once: no UPDATE, no DELETE.
  GRANT SELECT, INSERT ON campaign_question, campaign_reminder, campaign_call TO renkei_app;
`;
