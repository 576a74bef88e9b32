import { declareMessage } from '../platform/outbox/message.js';
import { renderAccountChanged } from './emails/account-changed.js';
import { renderStaffInvitation } from './emails/staff-invitation.js';

export const staffInvitation = declareMessage('staff.staff-invitation', renderStaffInvitation, {
  codePurpose: 'staff-invitation',
  priority: 1,
});
export const accountChanged = declareMessage('staff.account-changed', renderAccountChanged, { priority: 1 });
