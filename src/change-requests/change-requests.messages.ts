import { declareMessage } from '../platform/outbox/message.js';
import { renderAddressJoining } from './emails/address-joining.js';
import { renderAddressLeaving } from './emails/address-leaving.js';
import { renderAddressRemoved } from './emails/address-removed.js';
import { renderAppliedAtOnce } from './emails/applied-at-once.js';
import { renderApproved } from './emails/approved.js';
import { renderExpired } from './emails/expired.js';
import { renderExpiring } from './emails/expiring.js';
import { renderHandoverBlocked } from './emails/handover-blocked.js';
import { renderPartlyApproved } from './emails/partly-approved.js';
import { renderReceived } from './emails/received.js';
import { renderReturned } from './emails/returned.js';
import { renderScheduled } from './emails/scheduled.js';
import { renderVerifyAddress } from './emails/verify-address.js';
import { renderWithdrawn } from './emails/withdrawn.js';

export const received = declareMessage('change-request.received', renderReceived);
export const verifyAddress = declareMessage('change-request.verify-address', renderVerifyAddress, {
  codePurpose: 'verify-address',
  priority: 2,
});
export const addressJoining = declareMessage('change-request.address-joining', renderAddressJoining);
export const addressLeaving = declareMessage('change-request.address-leaving', renderAddressLeaving);
export const approved = declareMessage('change-request.approved', renderApproved);
export const addressRemoved = declareMessage('change-request.address-removed', renderAddressRemoved);
export const returned = declareMessage('change-request.returned', renderReturned);
export const withdrawn = declareMessage('change-request.withdrawn', renderWithdrawn);
export const partlyApproved = declareMessage('change-request.partly-approved', renderPartlyApproved);
export const appliedAtOnce = declareMessage('change-request.applied-at-once', renderAppliedAtOnce);
export const scheduled = declareMessage('change-request.scheduled', renderScheduled);
export const expiring = declareMessage('change-request.expiring', renderExpiring);
export const expired = declareMessage('change-request.expired', renderExpired);
export const handoverBlocked = declareMessage('change-request.handover-blocked', renderHandoverBlocked);
