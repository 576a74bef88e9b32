import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Limits that all processes share: one row for whoever has asked lately. */
export class CreateRateLimit1795500000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The key is a keyed hash: whose address or mailbox it stands for is nowhere in the database.
      CREATE TABLE rate_limit (
        key bytea NOT NULL,
        free_at timestamptz NOT NULL,
        CONSTRAINT rate_limit_pkey PRIMARY KEY (key)
      );
      CREATE INDEX rate_limit_free_at ON rate_limit (free_at);

      ALTER TABLE rate_limit ENABLE ROW LEVEL SECURITY;
      ALTER TABLE rate_limit FORCE ROW LEVEL SECURITY;
      CREATE POLICY rate_limit_of_portal ON rate_limit USING (current_setting('renkei.actor', true) = 'system')
        WITH CHECK (current_setting('renkei.actor', true) = 'system');

      GRANT SELECT, INSERT, UPDATE, DELETE ON rate_limit TO renkei_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup to go back.');
  }
}
