import { type Actor, OFFICE } from '../platform/access/viewer.js';
import type { ChangeRequestResponse, ChangeRequestSummaryResponse } from './change-request.dto.js';
import { mayDecide } from './change-request.policy.js';
import { STATUS_LABELS } from './change-request.state.js';
import type { ChangeRequestRow, ChangeRequestSummaryRow } from './change-requests.repository.js';

/** A request as the reader may see it: who on the staff proposed or decided is the staff's own business. */
export function toResponse(row: ChangeRequestRow, actor: Actor): ChangeRequestResponse {
  const { base: _base, proposedByAccountId, changes, proposed, ...rest } = row;
  const byStaff = proposedByAccountId !== null;
  const refused = new Set(row.refused.map(({ pointer }) => pointer));
  const decided = row.status === 'scheduled' || row.appliedAt !== null;
  const decision = (pointer: string): 'accepted' | 'refused' | null =>
    decided ? (refused.has(pointer) ? 'refused' : 'accepted') : null;
  return {
    ...rest,
    proposed: proposed as ChangeRequestResponse['proposed'],
    statusLabel: STATUS_LABELS[row.status],
    changes: changes.map((change) => ({
      ...change,
      rule: row.decidedByRule === null ? 'review' : 'at-once',
      decision: decision(change.pointer),
    })),
    proposedByStaff: byStaff,
    proposedByName: nameFor(actor, row.proposedByName, byStaff),
    proposedByMailbox: byStaff && actor.kind === 'member' ? null : row.proposedByMailbox,
    decidedByName: actor.kind === 'staff' ? row.decidedByName : null,
  };
}

export function toSummary(
  { sortKey: _sortKey, proposedByAccountId, ...row }: ChangeRequestSummaryRow,
  actor: Actor,
): ChangeRequestSummaryResponse {
  const proposedByStaff = proposedByAccountId !== null;
  return {
    ...row,
    statusLabel: STATUS_LABELS[row.status],
    proposedByStaff,
    proposedByName: nameFor(actor, row.proposedByName, proposedByStaff),
    mayDecide: mayDecide(actor, { ...row, proposedByAccountId }),
  };
}

/** A municipality reads of staff as of the office. */
const nameFor = (actor: Actor, name: string, isStaff: boolean): string =>
  isStaff && actor.kind === 'member' ? OFFICE : name;
