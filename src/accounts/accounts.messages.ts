import { declareMessage } from '../platform/outbox/message.js';
import { renderSignInCode } from './emails/sign-in-code.js';
import { renderStaffInvitation } from './emails/staff-invitation.js';

/** Sign-in codes go first: somebody is waiting in front of the screen. */
export const signInCode = declareMessage('accounts.sign-in-code', renderSignInCode, {
  codePurpose: 'sign-in',
  priority: 0,
});
export const staffInvitation = declareMessage('accounts.staff-invitation', renderStaffInvitation, {
  codePurpose: 'staff-invitation',
  priority: 1,
});
