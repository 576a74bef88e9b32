import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { type ChangeRequestStatus, OPEN_STATUSES } from './change-request.state.js';

export interface ClosedRequest {
  readonly id: string;
  readonly number: string;
  readonly status: ChangeRequestStatus;
}

/** Row-level security keeps every statement here within what the viewer may see. */
@Injectable()
export class ClosingRepository {
  /** Withdraws whatever is open for a registration. @returns what that was */
  close(tx: Tx, registrationId: string, reason: string): Promise<ClosedRequest[]> {
    return tx.query<ClosedRequest>(
      `UPDATE change_request
          SET status = 'withdrawn', version = version + 1, expires_at = NULL, decision_reason = $3
        WHERE registration_id = $1 AND status = ANY ($2)
        RETURNING id, number, status`,
      [registrationId, OPEN_STATUSES, reason],
    );
  }
}
