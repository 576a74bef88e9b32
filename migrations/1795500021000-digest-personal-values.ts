import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The personal values of events that were written before there were digests. */
export class DigestPersonalValues1795500021000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- No policy lets anybody change an event, the owner included: this one holds for this transaction alone.
      CREATE POLICY audit_event_digested ON audit_event FOR UPDATE
        USING (current_setting('renkei.actor', true) = 'system');
      UPDATE audit_personal SET salt = uuid_send(gen_random_uuid()) WHERE salt IS NULL AND data IS NOT NULL;
      UPDATE audit_event e SET personal_digest = sha256(p.salt || convert_to(p.data::text, 'UTF8'))
        FROM audit_personal p WHERE p.event_id = e.id AND e.personal_digest IS NULL;
      DROP POLICY audit_event_digested ON audit_event;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup to go back.');
  }
}
