import { declareMessage } from '../platform/outbox/message.js';
import { renderSignInCode } from './emails/sign-in-code.js';

/** Sign-in codes go first: somebody is waiting in front of the screen. */
export const signInCode = declareMessage('sign-in.sign-in-code', 'ログイン用コード', renderSignInCode, {
  codePurpose: 'sign-in',
  priority: 0,
});
