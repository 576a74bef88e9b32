import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Refused parts, handovers that wait for their date, changes applied at once by rule, warnings before expiry. */
export class DecideChangeRequestsInFull1795400040000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // What is there is read again, and mended, by the two migrations that follow.
    await runner.query(`
      ALTER TABLE change_request
        ADD COLUMN kind text NOT NULL DEFAULT 'change',
        ADD COLUMN refused jsonb NOT NULL DEFAULT '[]',
        ADD COLUMN applied_at timestamptz,
        ADD COLUMN blocked_at timestamptz,
        ADD COLUMN decided_by_rule integer,
        ADD COLUMN looked_over_at timestamptz,
        ADD COLUMN looked_over_by_account_id uuid,
        ADD COLUMN undoes_id uuid,
        ADD COLUMN warned_at timestamptz,
        ADD CONSTRAINT change_request_kind_is_known CHECK (kind IN ('change', 'handover')),
        ADD CONSTRAINT change_request_handover_has_date CHECK (kind <> 'handover' OR effective_on IS NOT NULL),
        ADD CONSTRAINT change_request_looked_over_by_account FOREIGN KEY (looked_over_by_account_id) REFERENCES account(id),
        ADD CONSTRAINT change_request_undoes_change_request FOREIGN KEY (undoes_id) REFERENCES change_request(id),
        DROP CONSTRAINT change_request_status_is_known,
        DROP CONSTRAINT change_request_decision_has_time,
        ADD CONSTRAINT change_request_status_is_known CHECK (status IN ('awaiting_verification', 'under_review', 'scheduled', 'approved', 'partly_approved', 'returned', 'withdrawn', 'expired')) NOT VALID,
        ADD CONSTRAINT change_request_decision_has_time CHECK (status NOT IN ('scheduled', 'approved', 'partly_approved', 'returned') OR decided_at IS NOT NULL) NOT VALID,
        ADD CONSTRAINT change_request_applied_has_time CHECK ((status IN ('approved', 'partly_approved')) = (applied_at IS NOT NULL)) NOT VALID,
        ADD CONSTRAINT change_request_partly_approved_has_refused CHECK (status <> 'partly_approved' OR refused <> '[]') NOT VALID;
      -- What the calendar brings: handovers of the day, and what lapses.
      CREATE INDEX change_request_scheduled ON change_request (effective_on) WHERE status = 'scheduled';
      CREATE INDEX change_request_lapsing ON change_request (expires_at) WHERE status IN ('awaiting_verification', 'returned');
      CREATE INDEX change_request_to_look_over ON change_request (submitted_at) WHERE decided_by_rule IS NOT NULL AND looked_over_at IS NULL;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup to go back.');
  }
}
