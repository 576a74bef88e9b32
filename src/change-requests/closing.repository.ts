import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { type ChangeRequestStatus, OPEN_STATUSES } from './change-request.state.js';

/** A change request that isn't part of the registration yet. */
export interface PendingRequest {
  readonly id: string;
  readonly number: string;
  readonly status: ChangeRequestStatus;
}

/** Row-level security keeps every statement here within what the viewer may see. */
@Injectable()
export class ClosingRepository {
  /**
   * The open one and the handovers that wait for their date, locked until the transaction ends. One that was decided
   * while this waited isn't given.
   */
  lockPending(tx: Tx, registrationId: string): Promise<PendingRequest[]> {
    return tx.query<PendingRequest>(
      `SELECT id, number, status FROM change_request WHERE registration_id = $1 AND status = ANY ($2)
        ORDER BY submitted_at, id FOR UPDATE`,
      [registrationId, [...OPEN_STATUSES, 'scheduled']],
    );
  }

  /** What somebody had decided and said before stays; the reason comes below it. */
  async close(
    tx: Tx,
    id: string,
    closed: { status: ChangeRequestStatus; accountId: string | null; reason: string },
  ): Promise<void> {
    await tx.execute(
      `UPDATE change_request
          SET status = $2, version = version + 1, expires_at = NULL, blocked_at = NULL,
              decided_at = coalesce(decided_at, now()), decided_by_account_id = coalesce(decided_by_account_id, $3),
              decision_reason = concat_ws(E'\n', decision_reason, $4::text)
        WHERE id = $1`,
      [id, closed.status, closed.accountId, closed.reason],
    );
  }
}
