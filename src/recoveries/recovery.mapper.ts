import { diffRegistrations } from '../registry/registration-diff.js';
import type { RegistrationDocument } from '../registry/registration-document.js';
import { recoveredDocument } from './recovery-document.js';
import type { RecoveryResponse, RecoverySummaryResponse } from './recovery.dto.js';
import { isClosed, OUTCOME_LABELS, STATUS_LABELS } from './recovery.state.js';
import type { RecoveryRow, RecoverySummaryRow } from './recoveries.repository.js';

/** @param registered what is registered now */
export function toResponse(row: RecoveryRow, registered: RegistrationDocument): RecoveryResponse {
  const { website, officePostalCode, officeAddress, calls, ...rest } = row;
  return {
    ...rest,
    statusLabel: STATUS_LABELS[row.status],
    registrationMoved: row.registrationVersion !== row.baseVersion,
    official: { website, officePostalCode, officeAddress },
    registeredMainPhone: registered.mainPhone,
    changes: isClosed(row.status)
      ? []
      : diffRegistrations(registered, recoveredDocument(registered, row, row.id)),
    calls: calls.map((call) => ({ ...call, outcomeLabel: OUTCOME_LABELS[call.outcome] })),
  };
}

export const toSummary = ({ sortKey: _sortKey, ...row }: RecoverySummaryRow): RecoverySummaryResponse => ({
  ...row,
  statusLabel: STATUS_LABELS[row.status],
});
