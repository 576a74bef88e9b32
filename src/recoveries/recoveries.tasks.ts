import { declareTask } from '../platform/tasks/task-kind.js';

/** Both are pressing: a municipality is cut off until they are done. */
export const callTask = declareTask('recovery.call', {
  role: 'reviewer',
  weight: 3,
  label: '連絡先の回復：公式サイトの番号へのお電話',
});
export const agreeTask = declareTask('recovery.agree', {
  role: 'reviewer',
  weight: 3,
  label: '連絡先の回復：2人目の確認と反映',
});

/** What the office's list of tasks says of a claim. */
export const taskOf = (recovery: {
  readonly id: string;
  readonly registrationId: string;
  readonly municipality: string;
  readonly number: string;
}): { subjectId: string; registrationId: string; title: string } => ({
  subjectId: recovery.id,
  registrationId: recovery.registrationId,
  title: `${recovery.municipality}　連絡先の回復 ${recovery.number}`,
});
