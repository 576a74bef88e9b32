import { declareMessage } from '../platform/outbox/message.js';
import { renderConfirmed } from './emails/confirmed.js';
import { renderRegistered } from './emails/registered.js';

export const registered = declareMessage('registry.registered', '登録のご案内', renderRegistered);
export const confirmed = declareMessage('registry.confirmed', '「変更はありません」の控え', renderConfirmed);
