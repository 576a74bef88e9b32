import type { ApplicationResponse, ApplicationSummaryResponse } from './application.dto.js';
import { STATUS_LABELS } from './application.state.js';
import type { ApplicationRow, ApplicationSummaryRow } from './applications.repository.js';

export const toResponse = ({ proposed, ...row }: ApplicationRow): ApplicationResponse => ({
  ...row,
  proposed: proposed as ApplicationResponse['proposed'],
  statusLabel: STATUS_LABELS[row.status],
});

export const toSummary = ({
  sortKey: _sortKey,
  ...row
}: ApplicationSummaryRow): ApplicationSummaryResponse => ({
  ...row,
  statusLabel: STATUS_LABELS[row.status],
});
