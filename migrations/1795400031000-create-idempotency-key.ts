import type { MigrationInterface, QueryRunner } from 'typeorm';

/** First answers, kept for whoever sends the same once more. */
export class CreateIdempotencyKey1795400031000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Who acts, however often they sign in: a member of staff, or whoever reads a municipality's mailbox.
      -- Null for the portal itself, which needs no keys.
      CREATE FUNCTION viewer_identity() RETURNS text LANGUAGE sql STABLE
        RETURN (SELECT coalesce('account:' || s.account_id, 'mailbox:' || s.registration_id || ':' || lower(s.mailbox))
                  FROM session s WHERE s.id = nullif(current_setting('renkei.session_id', true), '')::uuid);

      CREATE TABLE idempotency_key (
        scope text NOT NULL,
        key text NOT NULL,
        fingerprint bytea NOT NULL,
        -- json and not jsonb: an answer is told again in the very same words, its members in the same order.
        response json,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT idempotency_key_pkey PRIMARY KEY (scope, key),
        CONSTRAINT idempotency_key_fingerprint_is_sha256 CHECK (octet_length(fingerprint) = 32)
      );
      CREATE INDEX idempotency_key_created_at ON idempotency_key (created_at);

      ALTER TABLE idempotency_key ENABLE ROW LEVEL SECURITY;
      ALTER TABLE idempotency_key FORCE ROW LEVEL SECURITY;
      -- Answers hold what their first reader might see: nobody else reads them, staff no more than members.
      CREATE POLICY idempotency_key_of_viewer ON idempotency_key
        USING (current_setting('renkei.actor', true) = 'system' OR scope = viewer_identity())
        WITH CHECK (current_setting('renkei.actor', true) = 'system' OR scope = viewer_identity());

      -- Whose a key is, and for what, is settled when it is first used. Gone after a day.
      GRANT SELECT, INSERT, UPDATE (response), DELETE ON idempotency_key TO renkei_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup to go back.');
  }
}
