import type { Actor } from '../platform/access/viewer.js';
import type { ChangeRequestResponse, ChangeRequestSummaryResponse } from './change-request.dto.js';
import { STATUS_LABELS } from './change-request.state.js';
import type { ChangeRequestRow, ChangeRequestSummaryRow } from './change-requests.repository.js';

/** A request as the reader may see it: who on the staff decided is the staff's own business. */
export function toResponse(row: ChangeRequestRow, actor: Actor): ChangeRequestResponse {
  const { base: _base, proposedByAccountId, changes, proposed, ...rest } = row;
  return {
    ...rest,
    proposed: proposed as ChangeRequestResponse['proposed'],
    statusLabel: STATUS_LABELS[row.status],
    changes: changes.map((change) => ({ ...change, rule: 'review' })),
    proposedByStaff: proposedByAccountId !== null,
    decidedByName: actor.kind === 'staff' ? row.decidedByName : null,
  };
}

export function toSummary({
  sortKey: _sortKey,
  ...row
}: ChangeRequestSummaryRow): ChangeRequestSummaryResponse {
  return { ...row, statusLabel: STATUS_LABELS[row.status] };
}
