import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which fields may change at once, as two admins agreed. The first version lets nothing pass without a look. */
export class CreateReviewPolicy1795400041000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE review_policy (
        id uuid NOT NULL,
        version integer NOT NULL,
        status text NOT NULL,
        at_once text[] NOT NULL,
        reason text,
        proposed_by_account_id uuid,
        proposed_at timestamptz NOT NULL DEFAULT now(),
        decided_by_account_id uuid,
        decided_at timestamptz,
        CONSTRAINT review_policy_pkey PRIMARY KEY (id),
        CONSTRAINT review_policy_version_is_unique UNIQUE (version),
        CONSTRAINT review_policy_status_is_known CHECK (status IN ('proposed', 'in_force', 'superseded', 'declined')),
        CONSTRAINT review_policy_fields_are_low_risk CHECK (at_once <@ ARRAY['name', 'kana', 'title', 'extension']::text[]),
        CONSTRAINT review_policy_agreed_by_another CHECK (status NOT IN ('in_force', 'superseded') OR proposed_by_account_id IS NULL OR decided_by_account_id <> proposed_by_account_id),
        CONSTRAINT review_policy_proposed_by_account FOREIGN KEY (proposed_by_account_id) REFERENCES account(id),
        CONSTRAINT review_policy_decided_by_account FOREIGN KEY (decided_by_account_id) REFERENCES account(id)
      );
      CREATE UNIQUE INDEX review_policy_one_in_force ON review_policy (status) WHERE status = 'in_force';
      CREATE UNIQUE INDEX review_policy_one_proposed ON review_policy (status) WHERE status = 'proposed';
      INSERT INTO review_policy (id, version, status, at_once, decided_at) VALUES (gen_random_uuid(), 1, 'in_force', '{}', now());

      -- No word of a member stands here: clerks' own changes are judged by it.
      GRANT SELECT, INSERT, UPDATE ON review_policy TO renkei_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup to go back.');
  }
}
