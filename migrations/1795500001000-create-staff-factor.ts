import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Second factors of staff, and administration of their accounts by admins. */
export class CreateStaffFactor1795500001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Neither holds a secret: both are derived from the id and the keys file.
      CREATE TABLE staff_factor (
        id uuid NOT NULL,
        account_id uuid NOT NULL,
        name text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        confirmed_at timestamptz,
        last_step bigint,
        last_used_at timestamptz,
        removed_at timestamptz,
        CONSTRAINT staff_factor_pkey PRIMARY KEY (id),
        CONSTRAINT staff_factor_of_account FOREIGN KEY (account_id) REFERENCES account(id)
      );
      CREATE INDEX staff_factor_account_id ON staff_factor (account_id);

      CREATE TABLE recovery_code (
        id uuid NOT NULL,
        account_id uuid NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        used_at timestamptz,
        removed_at timestamptz,
        CONSTRAINT recovery_code_pkey PRIMARY KEY (id),
        CONSTRAINT recovery_code_of_account FOREIGN KEY (account_id) REFERENCES account(id)
      );
      CREATE INDEX recovery_code_account_id ON recovery_code (account_id);

      ALTER TABLE account ADD COLUMN version integer NOT NULL DEFAULT 1;
      ALTER TABLE account ADD COLUMN last_sign_in_at timestamptz;
      ALTER TABLE account ADD CONSTRAINT account_version_is_positive CHECK (version > 0);

      -- However many admins act at once, and whoever acts: the second waits for the first and then counts again.
      CREATE FUNCTION account_keeps_an_admin() RETURNS trigger
        LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
      DECLARE
        viewer text := current_setting('renkei.actor', true);
        remains boolean;
      BEGIN
        PERFORM pg_advisory_xact_lock(7205759411);
        PERFORM set_config('renkei.actor', 'system', true);
        remains := EXISTS (SELECT FROM account WHERE status = 'active' AND 'admin' = ANY (roles));
        PERFORM set_config('renkei.actor', coalesce(viewer, ''), true);
        IF NOT remains THEN
          RAISE check_violation USING MESSAGE = 'one active admin has to remain', CONSTRAINT = 'account_keeps_an_admin';
        END IF;
        RETURN NULL;
      END $$;
      CREATE TRIGGER account_keeps_an_admin AFTER UPDATE ON account FOR EACH ROW
        WHEN (OLD.status = 'active' AND 'admin' = ANY (OLD.roles)
              AND NOT (NEW.status = 'active' AND 'admin' = ANY (NEW.roles)))
        EXECUTE FUNCTION account_keeps_an_admin();

      GRANT SELECT, INSERT, UPDATE ON staff_factor, recovery_code TO renkei_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup to go back.');
  }
}
