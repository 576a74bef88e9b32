import { declareMessage } from '../platform/outbox/message.js';
import { renderAddressJoining } from './emails/address-joining.js';
import { renderAddressLeaving } from './emails/address-leaving.js';
import { renderAddressRemoved } from './emails/address-removed.js';
import { renderApproved } from './emails/approved.js';
import { renderReceived } from './emails/received.js';
import { renderReturned } from './emails/returned.js';
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
