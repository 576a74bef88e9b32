import { declareMessage } from '../platform/outbox/message.js';
import { renderConfirmed } from './emails/confirmed.js';
import { renderRegistered } from './emails/registered.js';

export const registered = declareMessage('registry.registered', renderRegistered);
export const confirmed = declareMessage('registry.confirmed', renderConfirmed);
