import { declareMessage } from '../platform/outbox/message.js';
import { renderAccountChanged } from './emails/account-changed.js';
import { renderStaffInvitation } from './emails/staff-invitation.js';

export const staffInvitation = declareMessage('staff.staff-invitation', '職員の招待', renderStaffInvitation, {
  codePurpose: 'staff-invitation',
  priority: 1,
});
export const accountChanged = declareMessage(
  'staff.account-changed',
  '職員のアカウントの変更のお知らせ',
  renderAccountChanged,
  { priority: 1 },
);
