import { declareTask } from '../tasks/task-kind.js';

/** Somebody misses a mail: closed by hand, or by sending it again. */
export const undeliverableTask = declareTask('outbox.undeliverable', {
  role: 'reviewer',
  weight: 2,
  label: '届かなかったメールの確認',
  byHand: true,
  personal: true,
});
