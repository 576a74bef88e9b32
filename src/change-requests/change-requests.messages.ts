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

export const received = declareMessage('change-request.received', '変更届の受付', renderReceived);
export const verifyAddress = declareMessage(
  'change-request.verify-address',
  '新しいアドレスの確認（変更届）',
  renderVerifyAddress,
  {
    codePurpose: 'verify-address',
    priority: 2,
  },
);
export const addressJoining = declareMessage(
  'change-request.address-joining',
  'アドレスの追加のお知らせ',
  renderAddressJoining,
);
export const addressLeaving = declareMessage(
  'change-request.address-leaving',
  'アドレスの削除の予告',
  renderAddressLeaving,
);
export const approved = declareMessage('change-request.approved', '変更届の反映', renderApproved);
export const addressRemoved = declareMessage(
  'change-request.address-removed',
  'アドレスの削除のお知らせ',
  renderAddressRemoved,
);
export const returned = declareMessage('change-request.returned', '変更届の差戻し', renderReturned);
export const withdrawn = declareMessage('change-request.withdrawn', '変更届の取下げ', renderWithdrawn);
export const partlyApproved = declareMessage(
  'change-request.partly-approved',
  '変更届の一部反映',
  renderPartlyApproved,
);
export const appliedAtOnce = declareMessage(
  'change-request.applied-at-once',
  '確認を省いた変更の反映',
  renderAppliedAtOnce,
);
export const scheduled = declareMessage('change-request.scheduled', '引継ぎの予定', renderScheduled);
export const expiring = declareMessage('change-request.expiring', '変更届の期限の予告', renderExpiring);
export const expired = declareMessage('change-request.expired', '変更届の期限切れ', renderExpired);
export const handoverBlocked = declareMessage(
  'change-request.handover-blocked',
  '引継ぎの保留',
  renderHandoverBlocked,
);
