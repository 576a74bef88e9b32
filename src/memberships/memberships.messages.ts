import { declareMessage } from '../platform/outbox/message.js';
import { renderDeclined } from './emails/declined.js';
import { renderExpired } from './emails/expired.js';
import { renderReceived } from './emails/received.js';
import { renderVerifyAddress } from './emails/verify-address.js';
import { renderWithdrawn } from './emails/withdrawn.js';

export const verifyAddress = declareMessage(
  'membership.verify-address',
  'アドレスの確認（登録の申込み）',
  renderVerifyAddress,
  {
    codePurpose: 'verify-address',
    priority: 2,
  },
);
export const received = declareMessage('membership.received', '登録の申込みの受付', renderReceived);
export const declined = declareMessage('membership.declined', '登録の見送り', renderDeclined);
export const expired = declareMessage('membership.expired', '登録の申込みの期限切れ', renderExpired);
export const withdrawn = declareMessage('membership.withdrawn', '退会のお知らせ', renderWithdrawn);
