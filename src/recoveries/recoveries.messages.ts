import { declareMessage } from '../platform/outbox/message.js';
import { renderAddressReplaced } from './emails/address-replaced.js';
import { renderCarriedOut } from './emails/carried-out.js';
import { renderClaimed } from './emails/claimed.js';
import { renderDeclined } from './emails/declined.js';
import { renderVerifyAddress } from './emails/verify-address.js';

export const verifyAddress = declareMessage('recovery.verify-address', renderVerifyAddress, {
  codePurpose: 'verify-address',
  priority: 2,
});
export const claimed = declareMessage('recovery.claimed', renderClaimed);
export const carriedOut = declareMessage('recovery.carried-out', renderCarriedOut);
export const addressReplaced = declareMessage('recovery.address-replaced', renderAddressReplaced);
export const declined = declareMessage('recovery.declined', renderDeclined);
