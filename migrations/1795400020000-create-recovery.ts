import type { MigrationInterface, QueryRunner } from 'typeorm';

/** 連絡先の回復: claims of those whom no registered mailbox reaches any more, and the calls that check them. */
export class CreateRecovery1795400020000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The serial part of 受付番号: R8-K012.
      CREATE SEQUENCE recovery_serial START 1;

      CREATE TABLE recovery (
        id uuid NOT NULL,
        number text NOT NULL,
        registration_id uuid NOT NULL,
        kind text NOT NULL,
        status text NOT NULL DEFAULT 'awaiting_verification',
        version integer NOT NULL DEFAULT 1,
        base_version integer NOT NULL,
        department jsonb NOT NULL,
        contact jsonb NOT NULL,
        message text,
        claimed_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz,
        verified_at timestamptz,
        confirmed_by_account_id uuid,
        decided_by_account_id uuid,
        decided_at timestamptz,
        decision_reason text,
        CONSTRAINT recovery_pkey PRIMARY KEY (id),
        CONSTRAINT recovery_kind_is_known CHECK (kind IN ('lost-address', 'everyone-left')),
        CONSTRAINT recovery_status_is_known CHECK (status IN ('awaiting_verification', 'awaiting_call', 'awaiting_agreement', 'done', 'declined', 'expired')),
        CONSTRAINT recovery_version_is_positive CHECK (version > 0),
        CONSTRAINT recovery_lapses_only_unverified CHECK ((status IN ('awaiting_verification', 'expired')) = (expires_at IS NOT NULL)),
        CONSTRAINT recovery_goes_on_verified CHECK (status IN ('awaiting_verification', 'expired') OR verified_at IS NOT NULL),
        CONSTRAINT recovery_decision_has_person_and_time CHECK ((status IN ('done', 'declined')) = (decided_at IS NOT NULL AND decided_by_account_id IS NOT NULL)),
        CONSTRAINT recovery_agreement_follows_call CHECK (status NOT IN ('awaiting_agreement', 'done') OR confirmed_by_account_id IS NOT NULL),
        CONSTRAINT recovery_takes_two_people CHECK (status <> 'done' OR confirmed_by_account_id <> decided_by_account_id),
        CONSTRAINT recovery_of_registration FOREIGN KEY (registration_id) REFERENCES registration(id),
        CONSTRAINT recovery_confirmed_by_account FOREIGN KEY (confirmed_by_account_id) REFERENCES account(id),
        CONSTRAINT recovery_decided_by_account FOREIGN KEY (decided_by_account_id) REFERENCES account(id)
      );
      CREATE UNIQUE INDEX recovery_number_is_unique ON recovery (number);
      CREATE INDEX recovery_queue ON recovery (status, claimed_at, id);
      CREATE INDEX recovery_registration_id ON recovery (registration_id, claimed_at);

      CREATE TABLE recovery_call (
        id uuid NOT NULL,
        recovery_id uuid NOT NULL,
        number_called text NOT NULL,
        source text NOT NULL,
        spoke_with text,
        outcome text NOT NULL,
        note text,
        called_by_account_id uuid NOT NULL,
        called_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT recovery_call_pkey PRIMARY KEY (id),
        CONSTRAINT recovery_call_source_is_known CHECK (source IN ('official-site')),
        CONSTRAINT recovery_call_outcome_is_known CHECK (outcome IN ('confirmed', 'denied', 'no-answer')),
        CONSTRAINT recovery_call_answered_names_person CHECK (outcome = 'no-answer' OR spoke_with IS NOT NULL),
        CONSTRAINT recovery_call_of_recovery FOREIGN KEY (recovery_id) REFERENCES recovery(id),
        CONSTRAINT recovery_call_by_account FOREIGN KEY (called_by_account_id) REFERENCES account(id)
      );
      CREATE INDEX recovery_call_recovery_id ON recovery_call (recovery_id, called_at);

      -- For the office alone: whoever signs in for the municipality may be the one the claim is about.
      ALTER TABLE recovery ENABLE ROW LEVEL SECURITY;
      ALTER TABLE recovery FORCE ROW LEVEL SECURITY;
      CREATE POLICY recovery_of_viewer ON recovery USING (viewer_is_staff()) WITH CHECK (viewer_is_staff());
      ALTER TABLE recovery_call ENABLE ROW LEVEL SECURITY;
      ALTER TABLE recovery_call FORCE ROW LEVEL SECURITY;
      CREATE POLICY recovery_call_of_viewer ON recovery_call USING (viewer_is_staff()) WITH CHECK (viewer_is_staff());

      -- A call that was made stays as it was noted.
      GRANT SELECT, INSERT, UPDATE ON recovery TO renkei_app;
      GRANT SELECT, INSERT ON recovery_call TO renkei_app;
      GRANT USAGE ON SEQUENCE recovery_serial TO renkei_app;

      -- Ends every session of a registration and every sign-in code of its mailboxes. Nobody but the portal may see
      -- these rows, so staff may only have them ended, all at once, and learn how many there were.
      CREATE FUNCTION revoke_access_of(registration uuid) RETURNS TABLE (sessions integer, codes integer)
        LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
      DECLARE
        viewer text := current_setting('renkei.actor', true);
      BEGIN
        IF NOT viewer_is_staff() THEN
          RAISE insufficient_privilege USING MESSAGE = 'only staff and the portal itself revoke access';
        END IF;
        PERFORM set_config('renkei.actor', 'system', true);
        UPDATE session s SET revoked_at = now()
         WHERE s.registration_id = registration AND s.revoked_at IS NULL AND s.expires_at > now();
        GET DIAGNOSTICS sessions = ROW_COUNT;
        UPDATE sign_in_challenge c SET used_at = now()
         WHERE c.used_at IS NULL AND c.expires_at > now()
           AND c.mailbox_key IN (SELECT m.mailbox_key FROM registered_mailbox m WHERE m.registration_id = registration);
        GET DIAGNOSTICS codes = ROW_COUNT;
        -- What the last clerks had typed is nothing for those who come.
        DELETE FROM registration_draft d WHERE d.registration_id = registration;
        PERFORM set_config('renkei.actor', viewer, true);
        RETURN NEXT;
      END $$;

      -- The same for mailboxes that leave a registration whose others stay.
      CREATE FUNCTION revoke_access_of_mailboxes(registration uuid, mailboxes text[]) RETURNS integer
        LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
      DECLARE
        viewer text := current_setting('renkei.actor', true);
        sessions integer;
      BEGIN
        IF NOT viewer_is_staff() THEN
          RAISE insufficient_privilege USING MESSAGE = 'only staff and the portal itself revoke access';
        END IF;
        PERFORM set_config('renkei.actor', 'system', true);
        UPDATE session s SET revoked_at = now()
         WHERE s.registration_id = registration AND lower(s.mailbox) = ANY (mailboxes)
           AND s.revoked_at IS NULL AND s.expires_at > now();
        GET DIAGNOSTICS sessions = ROW_COUNT;
        UPDATE sign_in_challenge c SET used_at = now()
         WHERE c.used_at IS NULL AND c.expires_at > now() AND c.mailbox_key = ANY (mailboxes);
        PERFORM set_config('renkei.actor', viewer, true);
        RETURN sessions;
      END $$;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup to go back.');
  }
}
