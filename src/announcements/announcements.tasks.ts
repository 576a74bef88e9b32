import { declareTask } from '../platform/tasks/task-kind.js';

export const missedTask = declareTask('announcement.missed', {
  role: 'editor',
  weight: 2,
  label: '公開できなかったお知らせの確認',
  byHand: true,
});
