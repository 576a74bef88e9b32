import type { ChangeRequestPage, ChangeRequestResponse } from '../../change-requests/change-request.dto.js';
import type { TaskPage } from '../../platform/tasks/task.dto.js';
import type { ReviewPolicyResponse } from '../../review-policy/review-policy.dto.js';
import { expect, type Person } from './person.js';
import { say, show, showDiff, type Stage, step } from './stage.js';
import {
  approve,
  officeContact,
  otherExtension,
  readTown,
  sendChange,
  type Town,
  visitTown,
  withContact,
} from './town.js';

const MIXED_UP = '同姓の方と取り違えたとのご連絡がありました。';

/** Small things count at once, are looked over afterwards, and can be taken back. */
export async function rules(stage: Stage): Promise<void> {
  const { body: before } = await stage.admin.must<ReviewPolicyResponse>(200, 'GET', '/review-policy');
  const usual = fieldsAtOnce(before).filter((field) => field !== 'extension');
  await twoAdminsChangeTheRules(stage, [...usual, 'extension']);
  try {
    const town = await visitTown(stage, (registration) => officeContact(registration) !== undefined);
    const applied = await clerkChangesAnExtension(town);
    const back = await reviewerTakesItBack(stage, applied);
    await otherReviewerDecides(stage, town, back);
    await reviewerHasLookedOver(stage, applied);
  } finally {
    step('The admins put the rules back');
    await changeRules(stage, usual, '試行が終わったためです。');
  }
}

async function twoAdminsChangeTheRules(stage: Stage, fields: readonly string[]): Promise<void> {
  step('One admin proposes that extensions count at once; alone that changes nothing');
  const { secondAdmin, reviewer } = stage;
  await changeRules(stage, fields, '内線の変更が多いためです。');
  const { body: now } = await reviewer.must<ReviewPolicyResponse>(200, 'GET', '/review-policy');
  expect(fieldsAtOnce(now).includes('extension'), 'the rule is in force');
  for (const { label, rule } of now.rules) say(`${label}: ${rule}`);
  await secondAdmin.must(409, 'POST', '/review-policy/agree', { ifMatch: `"${now.version}"` });
}

async function changeRules(
  { admin, secondAdmin }: Stage,
  atOnce: readonly string[],
  reason: string,
): Promise<void> {
  const { etag } = await admin.must(200, 'GET', '/review-policy');
  const proposed = await admin.must<ReviewPolicyResponse>(200, 'PUT', '/review-policy', {
    ifMatch: etag,
    body: { atOnce, reason },
  });
  await admin.must(403, 'POST', '/review-policy/agree', { ifMatch: proposed.etag });
  const waiting = await secondAdmin.must<TaskPage>(200, 'GET', '/tasks?kind=review-policy.agree');
  const [task] = waiting.body.items;
  expect(task, 'the second admin finds it among the tasks');
  say(`task: ${task.label}　${task.title}`);
  await secondAdmin.must(200, 'POST', '/review-policy/agree', { ifMatch: proposed.etag });
  say('the second admin agrees');
}

const fieldsAtOnce = ({ rules: all }: ReviewPolicyResponse): string[] =>
  all.filter(({ rule }) => rule === 'at-once').map(({ field }) => field);

async function clerkChangesAnExtension(town: Town): Promise<ChangeRequestResponse> {
  step("A clerk's change of an extension counts at once");
  const contact = officeContact(town.registration);
  expect(contact, 'there is somebody to change');
  const since = new Date();
  const extension = otherExtension(contact.extension);
  const { body: sent } = await sendChange(town, (sheet) => withContact(sheet, contact.id, { extension }));
  expect(sent.status === 'approved' && sent.decidedByRule !== null, 'a rule decided');
  showDiff(sent);
  const { body: now } = await readTown(town.clerk, town);
  expect(now.contacts.find(({ id }) => id === contact.id)?.extension === extension, 'it is registered');
  show(await town.clerk.waitForMail(town.mailbox, '変更届を受け付け、登録に反映しました', since));
  return sent;
}

const toLookOver = async (reviewer: Person): Promise<ChangeRequestPage['items']> =>
  (await reviewer.must<ChangeRequestPage>(200, 'GET', '/change-requests?toLookOver=true&limit=2000')).body
    .items;

async function reviewerTakesItBack(
  { reviewer }: Stage,
  applied: ChangeRequestResponse,
): Promise<ChangeRequestResponse> {
  step('A reviewer finds it in the list to look over, and takes it back by a new change');
  const found = (await toLookOver(reviewer)).find(({ id }) => id === applied.id);
  expect(found, 'it stands in the list to look over');
  say(`${found.municipality}　${found.number}　${found.labels.join('、')}`);
  const { body: back } = await reviewer.must<ChangeRequestResponse>(
    201,
    'POST',
    `/change-requests/${applied.id}/undo`,
    { body: { reason: MIXED_UP } },
  );
  expect(back.undoesId === applied.id && back.proposedByStaff, 'the new one says what it takes back');
  showDiff(back);
  const own = await reviewer.must<{ code: string }>(403, 'POST', `/change-requests/${back.id}/approve`, {
    ifMatch: `"${back.version}"`,
    body: {},
  });
  expect(own.body.code === 'own-proposal', 'nobody decides on what they proposed');
  return back;
}

async function otherReviewerDecides(
  { secondReviewer }: Stage,
  town: Town,
  back: ChangeRequestResponse,
): Promise<void> {
  step('The other reviewer decides, and the extension is what it was');
  const since = new Date();
  await approve(secondReviewer, back.id);
  const mail = await secondReviewer.waitForMail(town.mailbox, '変更届を登録に反映しました', since);
  expect(mail.text.includes(MIXED_UP), 'the municipality is told why');
  show(mail);
  const { body: now } = await readTown(town.clerk, town);
  expect(now.version === town.registration.version + 2, 'history only grows');
  const before = JSON.stringify(town.registration.contacts);
  expect(JSON.stringify(now.contacts) === before, 'everybody is registered as before');
}

async function reviewerHasLookedOver({ reviewer }: Stage, applied: ChangeRequestResponse): Promise<void> {
  step('The reviewer has looked it over, and the list is without it');
  await reviewer.must(200, 'POST', `/change-requests/${applied.id}/look-over`);
  expect(!(await toLookOver(reviewer)).some(({ id }) => id === applied.id), 'nobody has to look at it again');
}
