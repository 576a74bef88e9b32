import type { MigrationInterface, QueryRunner } from 'typeorm';

/** For how long a confirmation counts as fresh, and on which further days the office is closed. */
export class SetWhatCountsAsFresh1795800000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- One row: that it is held for a moment holds up nobody.
      ALTER TABLE office_settings
        ADD COLUMN fresh_months smallint NOT NULL DEFAULT 12,
        ADD COLUMN closed_days jsonb NOT NULL DEFAULT '[]',
        ADD CONSTRAINT office_settings_fresh_months_in_range CHECK (fresh_months BETWEEN 1 AND 36),
        ADD CONSTRAINT office_settings_closed_days_are_list CHECK (jsonb_typeof(closed_days) = 'array'),
        ADD CONSTRAINT office_settings_few_closed_days CHECK (jsonb_array_length(closed_days) <= 100);
      -- There will never be another row that could leave them out.
      ALTER TABLE office_settings ALTER COLUMN fresh_months DROP DEFAULT, ALTER COLUMN closed_days DROP DEFAULT;

      -- What any room may ask without knowing the settings; null for whoever is nobody.
      CREATE FUNCTION fresh_months() RETURNS integer LANGUAGE sql STABLE
        RETURN (SELECT s.fresh_months::integer FROM office_settings s);
      -- The beginning of a day in Tokyo: what was confirmed on a day counts as long, whatever the hour, and the
      -- answer stays the same until midnight.
      CREATE FUNCTION fresh_since() RETURNS timestamptz LANGUAGE sql STABLE
        RETURN (today_in_tokyo() - make_interval(months => fresh_months())) AT TIME ZONE 'Asia/Tokyo';
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup to go back.');
  }
}
