import type { MigrationInterface, QueryRunner } from 'typeorm';

/** 変更届 and the verification of new mailboxes. */
export class CreateChangeRequests1795300002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The serial part of 受付番号; the fiscal year stands before it.
      CREATE SEQUENCE change_request_serial START 1;

      CREATE TABLE change_request (
        id uuid NOT NULL,
        number text NOT NULL,
        registration_id uuid NOT NULL,
        status text NOT NULL,
        version integer NOT NULL DEFAULT 1,
        base_version integer NOT NULL,
        base jsonb NOT NULL,
        proposed jsonb NOT NULL,
        changes jsonb NOT NULL,
        comment text,
        proposed_by_session_id uuid NOT NULL,
        proposed_by_account_id uuid,
        proposed_by_mailbox text NOT NULL,
        proposed_by_name text NOT NULL,
        submitted_at timestamptz NOT NULL,
        decided_by_account_id uuid,
        decided_at timestamptz,
        decision_reason text,
        effective_on date,
        expires_at timestamptz,
        CONSTRAINT change_request_pkey PRIMARY KEY (id),
        CONSTRAINT change_request_version_is_positive CHECK (version > 0),
        CONSTRAINT change_request_return_has_reason CHECK (status <> 'returned' OR decision_reason IS NOT NULL),
        CONSTRAINT change_request_decision_has_time CHECK (status NOT IN ('approved', 'partly_approved', 'returned') OR decided_at IS NOT NULL),
        CONSTRAINT change_request_status_is_known CHECK (status IN ('awaiting_verification', 'under_review', 'approved', 'partly_approved', 'returned', 'withdrawn', 'expired')),
        CONSTRAINT change_request_of_registration FOREIGN KEY (registration_id) REFERENCES registration(id),
        CONSTRAINT change_request_proposed_by_account FOREIGN KEY (proposed_by_account_id) REFERENCES account(id),
        CONSTRAINT change_request_decided_by_account FOREIGN KEY (decided_by_account_id) REFERENCES account(id)
      );
      CREATE UNIQUE INDEX change_request_number_is_unique ON change_request (number);
      CREATE INDEX change_request_queue ON change_request (status, submitted_at, id);
      CREATE INDEX change_request_registration_id ON change_request (registration_id, submitted_at);
      CREATE UNIQUE INDEX change_request_one_open_per_registration ON change_request (registration_id) WHERE status IN ('awaiting_verification', 'under_review', 'returned');

      CREATE TABLE address_verification (
        id uuid NOT NULL,
        number bigint NOT NULL DEFAULT nextval('typed_number'),
        change_request_id uuid NOT NULL,
        registration_id uuid NOT NULL,
        email text NOT NULL,
        attempts integer NOT NULL DEFAULT 0,
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL,
        verified_at timestamptz,
        CONSTRAINT address_verification_pkey PRIMARY KEY (id),
        CONSTRAINT address_verification_of_change_request FOREIGN KEY (change_request_id) REFERENCES change_request(id),
        CONSTRAINT address_verification_of_registration FOREIGN KEY (registration_id) REFERENCES registration(id)
      );
      CREATE UNIQUE INDEX address_verification_number_is_unique ON address_verification (number);
      CREATE INDEX address_verification_change_request_id ON address_verification (change_request_id);

      ALTER TABLE change_request ENABLE ROW LEVEL SECURITY;
      ALTER TABLE change_request FORCE ROW LEVEL SECURITY;
      CREATE POLICY change_request_of_viewer ON change_request USING (viewer_may_see(registration_id)) WITH CHECK (viewer_may_see(registration_id));
      ALTER TABLE address_verification ENABLE ROW LEVEL SECURITY;
      ALTER TABLE address_verification FORCE ROW LEVEL SECURITY;
      CREATE POLICY address_verification_of_viewer ON address_verification USING (viewer_may_see(registration_id)) WITH CHECK (viewer_may_see(registration_id));

      GRANT SELECT, INSERT, UPDATE ON change_request, address_verification TO renkei_app;
      GRANT USAGE ON SEQUENCE change_request_serial TO renkei_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup to go back.');
  }
}
