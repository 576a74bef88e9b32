import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How fresh the registrations were on each day: numbers alone, nothing of a municipality. */
export class CreateFreshnessSnapshot1795800001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE freshness_snapshot (
        taken_on date NOT NULL,
        scope text NOT NULL,
        key text NOT NULL,
        fresh_months smallint NOT NULL,
        total integer NOT NULL,
        fresh integer NOT NULL,
        stale integer NOT NULL,
        unknown integer NOT NULL,
        -- In the order in which a course is read.
        CONSTRAINT freshness_snapshot_pkey PRIMARY KEY (scope, key, taken_on),
        CONSTRAINT freshness_snapshot_scope_is_known CHECK (scope IN ('all', 'prefecture', 'association', 'field')),
        CONSTRAINT freshness_snapshot_adds_up CHECK (total = fresh + stale + unknown AND fresh >= 0 AND stale >= 0 AND unknown >= 0)
      );

      ALTER TABLE freshness_snapshot ENABLE ROW LEVEL SECURITY;
      ALTER TABLE freshness_snapshot FORCE ROW LEVEL SECURITY;
      CREATE POLICY freshness_snapshot_read_by_staff ON freshness_snapshot FOR SELECT USING (viewer_is_staff());
      CREATE POLICY freshness_snapshot_taken_by_system ON freshness_snapshot FOR INSERT
        WITH CHECK (coalesce(current_setting('renkei.actor', true) = 'system', false));

      -- Written once: what a day was like is never altered.
      GRANT SELECT, INSERT ON freshness_snapshot TO renkei_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup to go back.');
  }
}
