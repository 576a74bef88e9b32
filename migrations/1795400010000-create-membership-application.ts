import type { MigrationInterface, QueryRunner } from 'typeorm';

/** 登録の申込み: a municipality asks to join. */
export class CreateMembershipApplication1795400010000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The serial part of 受付番号, as R8-A012.
      CREATE SEQUENCE membership_application_serial START 1;

      CREATE TABLE membership_application (
        id uuid NOT NULL,
        number text NOT NULL,
        municipality_code text NOT NULL,
        status text NOT NULL,
        version integer NOT NULL DEFAULT 1,
        proposed jsonb NOT NULL,
        applicant_name text NOT NULL,
        applicant_mailbox text NOT NULL,
        comment text,
        submitted_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz,
        decided_at timestamptz,
        decided_by_account_id uuid,
        decision_reason text,
        registration_id uuid,
        CONSTRAINT membership_application_pkey PRIMARY KEY (id),
        CONSTRAINT membership_application_status_is_known CHECK (status IN ('awaiting_verification', 'under_review', 'accepted', 'declined', 'expired')),
        CONSTRAINT membership_application_version_is_positive CHECK (version > 0),
        CONSTRAINT membership_application_awaiting_has_end CHECK (status <> 'awaiting_verification' OR expires_at IS NOT NULL),
        CONSTRAINT membership_application_decision_has_time_and_account CHECK ((status IN ('accepted', 'declined')) = (decided_at IS NOT NULL AND decided_by_account_id IS NOT NULL)),
        CONSTRAINT membership_application_decline_has_reason CHECK (status <> 'declined' OR decision_reason IS NOT NULL),
        CONSTRAINT membership_application_accepted_has_registration CHECK ((status = 'accepted') = (registration_id IS NOT NULL)),
        CONSTRAINT membership_application_of_municipality FOREIGN KEY (municipality_code) REFERENCES municipality(code),
        CONSTRAINT membership_application_decided_by_account FOREIGN KEY (decided_by_account_id) REFERENCES account(id),
        CONSTRAINT membership_application_became_registration FOREIGN KEY (registration_id) REFERENCES registration(id)
      );
      CREATE UNIQUE INDEX membership_application_number_is_unique ON membership_application (number);
      CREATE UNIQUE INDEX membership_application_one_under_review_per_municipality ON membership_application (municipality_code) WHERE status = 'under_review';
      CREATE INDEX membership_application_queue ON membership_application (status, submitted_at, id);
      CREATE INDEX membership_application_municipality_code ON membership_application (municipality_code, submitted_at);

      -- Staff and the portal itself: who applies is no member yet.
      ALTER TABLE membership_application ENABLE ROW LEVEL SECURITY;
      ALTER TABLE membership_application FORCE ROW LEVEL SECURITY;
      CREATE POLICY membership_application_of_viewer ON membership_application USING (viewer_is_staff()) WITH CHECK (viewer_is_staff());

      GRANT SELECT, INSERT, UPDATE ON membership_application TO renkei_app;
      GRANT USAGE ON SEQUENCE membership_application_serial TO renkei_app;

      -- How often a mailbox was mailed a code is asked on a route that is open to everybody.
      CREATE INDEX address_verification_of_mailbox ON address_verification (lower(email), created_at);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup to go back.');
  }
}
