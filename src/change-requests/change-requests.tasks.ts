import { declareTask } from '../platform/tasks/task-kind.js';

export const reviewTask = declareTask('change-request.review', {
  role: 'reviewer',
  weight: 2,
  label: '変更届の内容確認',
});
export const lookOverTask = declareTask('change-request.look-over', {
  role: 'reviewer',
  weight: 1,
  label: 'すぐに反映された変更の確認',
});
export const blockedTask = declareTask('change-request.handover-blocked', {
  role: 'reviewer',
  weight: 3,
  label: '予定日に反映できなかった引継ぎの確認',
});
