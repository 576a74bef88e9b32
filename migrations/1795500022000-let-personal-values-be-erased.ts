import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Personal values of the trail may go, once, and may never become others. */
export class LetPersonalValuesBeErased1795500022000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE audit_personal
        ADD CONSTRAINT audit_personal_erased_has_no_data CHECK ((data IS NULL) = (erased_at IS NOT NULL)) NOT VALID,
        ADD CONSTRAINT audit_personal_erased_has_no_salt CHECK ((salt IS NULL) = (erased_at IS NOT NULL)) NOT VALID;

      -- What was written between the backfill and the lock that is held now.
      CREATE POLICY audit_event_digested ON audit_event FOR UPDATE
        USING (current_setting('renkei.actor', true) = 'system');
      UPDATE audit_personal SET salt = uuid_send(gen_random_uuid()) WHERE salt IS NULL AND data IS NOT NULL;
      UPDATE audit_event e SET personal_digest = sha256(p.salt || convert_to(p.data::text, 'UTF8'))
        FROM audit_personal p WHERE p.event_id = e.id AND e.personal_digest IS NULL;
      DROP POLICY audit_event_digested ON audit_event;

      CREATE FUNCTION audit_personal_only_erases() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL AND NEW.data IS NULL AND NEW.salt IS NULL
           AND NEW.event_id = OLD.event_id THEN
          RETURN NEW;
        END IF;
        RAISE EXCEPTION 'personal values of the trail are erased or left as they are'
          USING ERRCODE = 'restrict_violation';
      END $$;
      CREATE TRIGGER audit_personal_only_erases BEFORE UPDATE ON audit_personal
        FOR EACH ROW EXECUTE FUNCTION audit_personal_only_erases();

      GRANT UPDATE (data, salt, erased_at) ON audit_personal TO renkei_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup to go back.');
  }
}
