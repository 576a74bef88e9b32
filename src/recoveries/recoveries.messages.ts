import { declareMessage } from '../platform/outbox/message.js';
import { renderAddressReplaced } from './emails/address-replaced.js';
import { renderCarriedOut } from './emails/carried-out.js';
import { renderClaimed } from './emails/claimed.js';
import { renderDeclined } from './emails/declined.js';
import { renderVerifyAddress } from './emails/verify-address.js';

export const verifyAddress = declareMessage(
  'recovery.verify-address',
  'アドレスの確認（連絡先の回復）',
  renderVerifyAddress,
  {
    codePurpose: 'verify-address',
    priority: 2,
  },
);
export const claimed = declareMessage('recovery.claimed', '連絡先の回復の申出のお知らせ', renderClaimed);
export const carriedOut = declareMessage('recovery.carried-out', '連絡先の回復の完了', renderCarriedOut);
export const addressReplaced = declareMessage(
  'recovery.address-replaced',
  'アドレスの差替えのお知らせ',
  renderAddressReplaced,
);
export const declined = declareMessage('recovery.declined', '連絡先の回復の終了', renderDeclined);
