import { declareTask } from '../platform/tasks/task-kind.js';

export const reviewTask = declareTask('application.review', {
  role: 'reviewer',
  weight: 2,
  label: '登録の申込みの内容確認',
});
