import { declareMessage } from '../outbox/message.js';
import { renderHead } from './emails/head.js';

export const head = declareMessage('audit.head', '監査記録の要約', renderHead);
