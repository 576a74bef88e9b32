import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whose sessions one may see and end, and since when somebody has shown their second factor. */
export class LetPeopleSeeTheirSessions1795500002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE session ADD COLUMN stepped_up_at timestamptz;

      -- Set by open_session for the transaction of one person.
      CREATE FUNCTION viewer_account() RETURNS uuid LANGUAGE sql STABLE
        RETURN nullif(current_setting('renkei.account_id', true), '')::uuid;
      CREATE FUNCTION viewer_is_admin() RETURNS boolean LANGUAGE sql STABLE
        RETURN current_setting('renkei.actor', true) = 'staff' AND current_setting('renkei.admin', true) = 'true';

      -- One's own: of the same account, or of the same mailbox of the same registration. Admins see all.
      DROP POLICY session_of_viewer ON session;
      CREATE FUNCTION session_is_seen(account_id uuid, registration_id uuid, mailbox text) RETURNS boolean LANGUAGE sql STABLE
        RETURN current_setting('renkei.actor', true) = 'system' OR viewer_is_admin() OR account_id = viewer_account()
               OR registration_id = nullif(current_setting('renkei.registration_id', true), '')::uuid
                  AND lower(mailbox) = nullif(current_setting('renkei.mailbox_key', true), '');
      CREATE POLICY session_read ON session FOR SELECT USING (session_is_seen(account_id, registration_id, mailbox));
      CREATE POLICY session_updated ON session FOR UPDATE USING (session_is_seen(account_id, registration_id, mailbox));
      -- Only the portal itself, once somebody has proved who they are.
      CREATE POLICY session_begun ON session FOR INSERT WITH CHECK (current_setting('renkei.actor', true) = 'system');

      -- All of the office may read who is in it; admins write, and a person their own row.
      DROP POLICY account_of_viewer ON account;
      CREATE POLICY account_read_by_staff ON account FOR SELECT USING (viewer_is_staff());
      CREATE POLICY account_inserted_by_admin ON account FOR INSERT
        WITH CHECK (current_setting('renkei.actor', true) = 'system' OR viewer_is_admin());
      CREATE POLICY account_updated_by_admin ON account FOR UPDATE
        USING (current_setting('renkei.actor', true) = 'system' OR viewer_is_admin() OR id = viewer_account());
      DROP POLICY staff_invitation_of_viewer ON staff_invitation;
      CREATE POLICY staff_invitation_of_admin ON staff_invitation
        USING (current_setting('renkei.actor', true) = 'system' OR viewer_is_admin())
        WITH CHECK (current_setting('renkei.actor', true) = 'system' OR viewer_is_admin());

      ALTER TABLE staff_factor ENABLE ROW LEVEL SECURITY;
      ALTER TABLE staff_factor FORCE ROW LEVEL SECURITY;
      CREATE POLICY staff_factor_of_viewer ON staff_factor
        USING (current_setting('renkei.actor', true) = 'system' OR account_id = viewer_account())
        WITH CHECK (current_setting('renkei.actor', true) = 'system' OR account_id = viewer_account());
      ALTER TABLE recovery_code ENABLE ROW LEVEL SECURITY;
      ALTER TABLE recovery_code FORCE ROW LEVEL SECURITY;
      CREATE POLICY recovery_code_of_viewer ON recovery_code
        USING (current_setting('renkei.actor', true) = 'system' OR account_id = viewer_account())
        WITH CHECK (current_setting('renkei.actor', true) = 'system' OR account_id = viewer_account());

      DROP FUNCTION open_session(uuid);
      -- Begins every request of a signed-in person: reads the session, says who it is, and sets what the walls
      -- let them see. No row: the session ended, its account is disabled, or its mailbox is no longer registered.
      CREATE FUNCTION open_session(session_id uuid)
        RETURNS TABLE (kind text, account_id uuid, registration_id uuid, mailbox text, name text, roles text[],
                       stepped_up boolean, "now" timestamptz, today text)
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
      BEGIN
        PERFORM set_config('renkei.actor', 'system', true), set_config('renkei.registration_id', '', true);
        SELECT CASE WHEN a.id IS NULL THEN 'member' ELSE 'staff' END, s.account_id, s.registration_id,
               coalesce(a.email, s.mailbox), coalesce(a.name, s.operator_name),
               coalesce(a.roles, ARRAY['member']),
               coalesce(s.stepped_up_at > now() - interval '10 minutes', false), now(), today_in_tokyo()::text
          INTO kind, account_id, registration_id, mailbox, name, roles, stepped_up, "now", today
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
                set_config('renkei.registration_id', coalesce(registration_id::text, ''), true),
                set_config('renkei.account_id', coalesce(account_id::text, ''), true),
                set_config('renkei.mailbox_key', CASE WHEN account_id IS NULL THEN lower(mailbox) ELSE '' END, true),
                set_config('renkei.admin', ('admin' = ANY (roles))::text, true);
        RETURN NEXT;
      END $$;

      -- Begins the portal's own work, which is nobody's.
      CREATE OR REPLACE FUNCTION open_system() RETURNS TABLE ("now" timestamptz, today text)
        LANGUAGE sql AS $$
        SELECT now(), today_in_tokyo()::text
          FROM (SELECT set_config('renkei.actor', 'system', true), set_config('renkei.registration_id', '', true),
                       set_config('renkei.account_id', '', true), set_config('renkei.mailbox_key', '', true),
                       set_config('renkei.admin', '', true)) s;
      $$;

      -- Nobody makes themselves an admin, or opens their own account again: of one's own row, a person changes the
      -- password alone.
      CREATE FUNCTION account_is_administered() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF current_setting('renkei.actor', true) = 'staff' AND NOT viewer_is_admin()
           AND (NEW.roles, NEW.status, NEW.email, NEW.name) IS DISTINCT FROM (OLD.roles, OLD.status, OLD.email, OLD.name) THEN
          RAISE insufficient_privilege USING MESSAGE = 'accounts are changed by admins';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER account_is_administered BEFORE UPDATE ON account
        FOR EACH ROW EXECUTE FUNCTION account_is_administered();

      -- Challenges hold addresses that were only typed, and go a day after their end.
      GRANT DELETE ON sign_in_challenge TO renkei_app;
      -- A step-up gives the session another cookie.
      GRANT UPDATE (token_hash, stepped_up_at) ON session TO renkei_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup to go back.');
  }
}
