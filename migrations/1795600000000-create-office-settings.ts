import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the office sets for its daily work: texts to begin a reason from, and how long a review usually takes. */
export class CreateOfficeSettings1795600000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE office_settings (
        id uuid NOT NULL,
        version integer NOT NULL DEFAULT 1,
        return_reasons text[] NOT NULL,
        refusal_reasons text[] NOT NULL,
        review_business_days smallint NOT NULL,
        changed_at timestamptz NOT NULL DEFAULT now(),
        changed_by_account_id uuid,
        CONSTRAINT office_settings_pkey PRIMARY KEY (id),
        CONSTRAINT office_settings_changed_by_account FOREIGN KEY (changed_by_account_id) REFERENCES account(id),
        -- There is one row, this one.
        CONSTRAINT office_settings_is_one CHECK (id = '019b3a5c-0c00-7000-8000-000000000001'::uuid),
        CONSTRAINT office_settings_version_is_positive CHECK (version > 0),
        CONSTRAINT office_settings_few_templates CHECK (cardinality(return_reasons) <= 30 AND cardinality(refusal_reasons) <= 30),
        CONSTRAINT office_settings_review_days_in_range CHECK (review_business_days BETWEEN 1 AND 20)
      );

      INSERT INTO office_settings (id, return_reasons, refusal_reasons, review_business_days) VALUES (
        '019b3a5c-0c00-7000-8000-000000000001',
        ARRAY['所属アドレスが個人のもののようです。部署で共有するアドレスをお知らせください。',
              '部署名が略称のようです。正式な名称をお知らせください。',
              '担当の期間が重なっているようです。お確かめください。',
              'お電話番号がつながらないようです。お確かめください。',
              'お名前と読み仮名が合わないようです。お確かめください。'],
        ARRAY['所在地は、日本郵便の表記のままとします。',
              '部署名は、組織図の正式な名称のままとします。',
              '代表電話は、公式サイトの番号のままとします。'],
        3);

      ALTER TABLE office_settings ENABLE ROW LEVEL SECURITY;
      ALTER TABLE office_settings FORCE ROW LEVEL SECURITY;
      -- How long a review usually takes is told to members, too; admins alone write.
      CREATE POLICY office_settings_read_by_all ON office_settings FOR SELECT USING (viewer_is_known());
      CREATE POLICY office_settings_updated_by_admin ON office_settings FOR UPDATE
        USING (current_setting('renkei.actor', true) = 'system' OR viewer_is_admin());

      GRANT SELECT, UPDATE ON office_settings TO renkei_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup to go back.');
  }
}
