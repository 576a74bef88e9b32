import { declareTask } from '../platform/tasks/task-kind.js';

export const reviewTask = declareTask('change-request.review', {
  role: 'reviewer',
  weight: 2,
  label: '変更届の内容確認',
});
