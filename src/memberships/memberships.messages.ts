import { declareMessage } from '../platform/outbox/message.js';
import { renderDeclined } from './emails/declined.js';
import { renderExpired } from './emails/expired.js';
import { renderReceived } from './emails/received.js';
import { renderVerifyAddress } from './emails/verify-address.js';
import { renderWithdrawn } from './emails/withdrawn.js';

export const verifyAddress = declareMessage('membership.verify-address', renderVerifyAddress, {
  codePurpose: 'verify-address',
  priority: 2,
});
export const received = declareMessage('membership.received', renderReceived);
export const declined = declareMessage('membership.declined', renderDeclined);
export const expired = declareMessage('membership.expired', renderExpired);
export const withdrawn = declareMessage('membership.withdrawn', renderWithdrawn);
