import { declareTask } from '../platform/tasks/task-kind.js';

export const callTask = declareTask('campaign.calls', {
  role: 'reviewer',
  weight: 2,
  label: '電話リストの確認',
});

export const overtakenTask = declareTask('campaign.overtaken', {
  role: 'reviewer',
  weight: 2,
  label: '送らなかった段階の確認',
  byHand: true,
});

export const guessingTask = declareTask('campaign.guessing', {
  role: 'admin',
  weight: 3,
  label: '確認コードの試しすぎの確認',
  byHand: true,
});
