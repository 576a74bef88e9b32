import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Staff accounts, sessions and mailed codes; the function that every request begins with. */
export class CreateAccounts1795300001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE account (
        id uuid NOT NULL,
        email text NOT NULL,
        email_key text NOT NULL,
        name text NOT NULL,
        roles text[] NOT NULL,
        status text NOT NULL DEFAULT 'invited',
        password_hash text,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT account_pkey PRIMARY KEY (id),
        CONSTRAINT account_active_has_password CHECK (status <> 'active' OR password_hash IS NOT NULL),
        CONSTRAINT account_roles_are_known CHECK (roles <@ ARRAY['reviewer', 'editor', 'admin']::text[] AND cardinality(roles) > 0),
        CONSTRAINT account_status_is_known CHECK (status IN ('invited', 'active', 'disabled'))
      );
      CREATE UNIQUE INDEX account_email_key_is_unique ON account (email_key);

      CREATE TABLE session (
        id uuid NOT NULL,
        token_hash bytea NOT NULL,
        account_id uuid,
        registration_id uuid,
        mailbox text,
        operator_name text,
        created_at timestamptz NOT NULL DEFAULT now(),
        last_seen_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL,
        revoked_at timestamptz,
        CONSTRAINT session_pkey PRIMARY KEY (id),
        CONSTRAINT session_of_member_has_mailbox CHECK (registration_id IS NULL OR mailbox IS NOT NULL),
        CONSTRAINT session_belongs_to_account_or_registration CHECK ((account_id IS NULL) <> (registration_id IS NULL)),
        CONSTRAINT session_of_account FOREIGN KEY (account_id) REFERENCES account(id),
        CONSTRAINT session_of_registration FOREIGN KEY (registration_id) REFERENCES registration(id)
      );
      CREATE UNIQUE INDEX session_token_hash_is_unique ON session (token_hash);
      CREATE INDEX session_registration_id ON session (registration_id);
      CREATE INDEX session_account_id ON session (account_id);

      CREATE TABLE sign_in_challenge (
        id uuid NOT NULL,
        mailbox_key text NOT NULL,
        nonce_hash bytea NOT NULL,
        attempts integer NOT NULL DEFAULT 0,
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL,
        used_at timestamptz,
        mailed_at timestamptz,
        CONSTRAINT sign_in_challenge_pkey PRIMARY KEY (id)
      );
      CREATE INDEX sign_in_challenge_mailbox_key ON sign_in_challenge (mailbox_key, created_at);

      CREATE TABLE staff_invitation (
        id uuid NOT NULL,
        number bigint NOT NULL DEFAULT nextval('typed_number'),
        account_id uuid NOT NULL,
        attempts integer NOT NULL DEFAULT 0,
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL,
        used_at timestamptz,
        CONSTRAINT staff_invitation_pkey PRIMARY KEY (id),
        CONSTRAINT staff_invitation_of_account FOREIGN KEY (account_id) REFERENCES account(id)
      );
      CREATE UNIQUE INDEX staff_invitation_number_is_unique ON staff_invitation (number);
      CREATE INDEX staff_invitation_account_id ON staff_invitation (account_id);

      ALTER TABLE account ENABLE ROW LEVEL SECURITY;
      ALTER TABLE account FORCE ROW LEVEL SECURITY;
      CREATE POLICY account_of_viewer ON account USING (viewer_is_staff()) WITH CHECK (viewer_is_staff());
      ALTER TABLE session ENABLE ROW LEVEL SECURITY;
      ALTER TABLE session FORCE ROW LEVEL SECURITY;
      CREATE POLICY session_of_viewer ON session
        USING (current_setting('renkei.actor', true) = 'system'
               OR id = nullif(current_setting('renkei.session_id', true), '')::uuid)
        WITH CHECK (current_setting('renkei.actor', true) = 'system'
                    OR id = nullif(current_setting('renkei.session_id', true), '')::uuid);
      ALTER TABLE sign_in_challenge ENABLE ROW LEVEL SECURITY;
      ALTER TABLE sign_in_challenge FORCE ROW LEVEL SECURITY;
      CREATE POLICY sign_in_challenge_of_viewer ON sign_in_challenge USING (current_setting('renkei.actor', true) = 'system') WITH CHECK (current_setting('renkei.actor', true) = 'system');
      ALTER TABLE staff_invitation ENABLE ROW LEVEL SECURITY;
      ALTER TABLE staff_invitation FORCE ROW LEVEL SECURITY;
      CREATE POLICY staff_invitation_of_viewer ON staff_invitation USING (viewer_is_staff()) WITH CHECK (viewer_is_staff());

      -- Begins every request of a signed-in person: reads the session, says who it is, and sets what the walls
      -- let them see. No row: the session ended, its account is disabled, or its mailbox is no longer registered.
      CREATE FUNCTION open_session(session_id uuid)
        RETURNS TABLE (kind text, account_id uuid, registration_id uuid, mailbox text, name text, roles text[],
                       "now" timestamptz, today text)
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
      BEGIN
        PERFORM set_config('renkei.actor', 'system', true), set_config('renkei.registration_id', '', true);
        SELECT CASE WHEN a.id IS NULL THEN 'member' ELSE 'staff' END, s.account_id, s.registration_id,
               coalesce(a.email, s.mailbox), coalesce(a.name, s.operator_name),
               coalesce(a.roles, ARRAY['member']), now(), today_in_tokyo()::text
          INTO kind, account_id, registration_id, mailbox, name, roles, "now", today
          FROM session s LEFT JOIN account a ON a.id = s.account_id
         WHERE s.id = open_session.session_id AND s.revoked_at IS NULL
           AND s.expires_at > now() AND s.last_seen_at > now() - interval '1 hour'
           AND CASE WHEN s.account_id IS NOT NULL THEN a.status = 'active'
               ELSE EXISTS (SELECT FROM registered_mailbox m
                             WHERE m.registration_id = s.registration_id AND m.mailbox_key = lower(s.mailbox)) END;
        IF NOT FOUND THEN
          PERFORM set_config('renkei.actor', '', true);
          RETURN;
        END IF;
        PERFORM set_config('renkei.actor', kind, true), set_config('renkei.session_id', session_id::text, true),
                set_config('renkei.registration_id', coalesce(registration_id::text, ''), true);
        RETURN NEXT;
      END $$;

      -- Begins the portal's own work.
      CREATE FUNCTION open_system() RETURNS TABLE ("now" timestamptz, today text)
        LANGUAGE sql AS $$
        SELECT now(), today_in_tokyo()::text
          FROM (SELECT set_config('renkei.actor', 'system', true), set_config('renkei.registration_id', '', true)) s;
      $$;

      GRANT SELECT, INSERT, UPDATE ON account, sign_in_challenge, staff_invitation TO renkei_app;
      -- Whose a session is and when it ends at the latest is settled when it begins.
      GRANT SELECT, INSERT, UPDATE (last_seen_at, revoked_at) ON session TO renkei_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup to go back.');
  }
}
