import { declareMessage } from '../platform/outbox/message.js';
import { renderCredentialsChanged } from './emails/credentials-changed.js';
import { renderPasswordKnown } from './emails/password-known.js';

export type { CredentialsChange } from './emails/credentials-changed.js';

/** To a member of staff: what proves who they are was changed. */
export const credentialsChanged = declareMessage(
  'credentials.credentials-changed',
  'ログイン方法の変更のお知らせ',
  renderCredentialsChanged,
  {
    priority: 1,
  },
);

/** To a member of staff: somebody has their password and tries codes. */
export const passwordKnown = declareMessage(
  'credentials.password-known',
  'パスワードについての注意',
  renderPasswordKnown,
  {
    priority: 1,
  },
);
