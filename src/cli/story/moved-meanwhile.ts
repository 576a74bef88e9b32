import type { ChangeRequestResponse, ThreeWayResponse } from '../../change-requests/change-request.dto.js';
import { expect, type Person } from './person.js';
import { inline, letDaysPass, say, show, showDiff, type Stage, step } from './stage.js';
import {
  approve,
  otherExtension,
  otherPhone,
  readTown,
  scheduleHandover,
  sendChange,
  type Town,
  visitTown,
  withContact,
} from './town.js';

type Field = ThreeWayResponse['fields'][number];

/** Somebody whom a change request is about hands over before it is decided: the registration moves under it. */
export async function movedMeanwhile(stage: Stage): Promise<void> {
  const town = await visitTown(stage, ({ contacts }) => contacts.length > 0);
  const first = await openRequestUnderWhichItMoves(stage, town);
  const fields = await reviewerIsShownThreeWays(stage, first);
  await reviewerRebases(stage, town, first, fields);
  const second = await openRequestUnderWhichItMoves(stage, town);
  await clerkRebases(stage, town, second);
}

async function openRequestUnderWhichItMoves(stage: Stage, town: Town): Promise<ChangeRequestResponse> {
  step(
    'A handover waits for its day; meanwhile the clerk sends a change of the same person, and the day comes',
  );
  const { body: before } = await readTown(town.clerk, town);
  const [outgoing] = before.contacts;
  expect(outgoing, 'somebody can hand over');
  const handover = await scheduleHandover(stage, town, outgoing, 3);
  const sent = await sendChange(town, (sheet) => ({
    ...withContact(sheet, outgoing.id, { extension: otherExtension(outgoing.extension) }),
    mainPhone: otherPhone(sheet.mainPhone),
  }));
  showDiff(sent.body);
  const since = new Date();
  await letDaysPass(stage, { changeRequestId: handover.id }, 3);
  await town.clerk.waitForMail(town.mailbox, '変更届を登録に反映しました', since);
  const { body: after } = await readTown(town.clerk, town);
  expect(after.version === before.version + 1, 'the handover is applied');
  say(`the registration moved from version ${before.version} to ${after.version}`);
  return sent.body;
}

async function reviewerIsShownThreeWays(
  { reviewer }: Stage,
  { id }: ChangeRequestResponse,
): Promise<readonly Field[]> {
  step('The reviewer wants to take it over, and is shown what both sides changed');
  const { etag } = await reviewer.must(200, 'GET', `/change-requests/${id}`);
  const moved = await reviewer.must<{ code: string; threeWay: Field[] }>(
    409,
    'POST',
    `/change-requests/${id}/approve`,
    { ifMatch: etag, body: {} },
  );
  expect(moved.body.code === 'registration-moved', 'nothing is overwritten silently');
  showFields(moved.body.threeWay);
  const states = new Set(moved.body.threeWay.map(({ state }) => state));
  expect(
    ['conflict', 'current', 'proposed'].every((state) => states.has(state as Field['state'])),
    'a conflict, and what only one side changed',
  );
  return moved.body.threeWay;
}

const REASON = '引継ぎにより、この方は登録から外れています。';

async function reviewerRebases(
  { reviewer }: Stage,
  town: Town,
  { id }: ChangeRequestResponse,
  fields: readonly Field[],
): Promise<void> {
  step('The reviewer puts it on top of what is registered now: a conflict needs a choice, and a reason');
  const read = await reviewer.must<ChangeRequestResponse>(200, 'GET', `/change-requests/${id}`);
  const { registrationVersion } = read.body;
  const rebase = (
    status: number,
    choices: unknown,
  ): ReturnType<typeof reviewer.must<ChangeRequestResponse>> =>
    reviewer.must(status, 'POST', `/change-requests/${id}/rebase`, {
      ifMatch: read.etag,
      body: { registrationVersion, choices },
    });
  await rebase(422, []);
  const conflicts = fields.filter(({ state }) => state === 'conflict').map(({ pointer }) => pointer);
  await rebase(
    422,
    conflicts.map((pointer) => ({ pointer, take: 'current' })),
  );
  const rebased = await rebase(
    200,
    conflicts.map((pointer) => ({ pointer, take: 'current', reason: REASON })),
  );
  expect(rebased.body.baseVersion === registrationVersion, 'it stands on what is registered now');
  showDiff(rebased.body);
  const since = new Date();
  const decided = await approve(reviewer, id);
  expect(decided.status === 'partly_approved', 'what was given up counts as refused');
  const mail = await reviewer.waitForMail(town.mailbox, '変更届の一部を登録に反映しました', since);
  show(mail);
  expect(mail.text.includes(REASON), 'the mail says why');
  expect(mail.text.includes('いまの登録　（なし）'), 'and what is registered now');
}

async function clerkRebases(stage: Stage, town: Town, { id }: ChangeRequestResponse): Promise<void> {
  step('The next time the clerk does it: what is given up of one’s own needs no reason');
  const { clerk } = town;
  const { body: seen } = await clerk.must<ThreeWayResponse>(200, 'GET', `/change-requests/${id}/three-way`);
  showFields(seen.fields);
  const rebased = await rebaseAs(clerk, id, seen);
  expect(rebased.status === 'under_review', 'it is still under review');
  showDiff(rebased);
  const since = new Date();
  const decided = await approve(stage.secondReviewer, id);
  expect(decided.status === 'approved', 'all of what is left is taken over');
  const mail = await clerk.waitForMail(town.mailbox, '変更届を登録に反映しました', since);
  expect(!mail.text.includes('反映しなかった'), 'nothing was refused');
  show(mail);
  const { body: now } = await readTown(clerk, town);
  expect(
    now.mainPhone === otherPhone(otherPhone(town.registration.mainPhone)),
    'the telephone number of both change requests counts',
  );
}

async function rebaseAs(
  clerk: Person,
  id: string,
  { registrationVersion, fields }: ThreeWayResponse,
): Promise<ChangeRequestResponse> {
  const { etag } = await clerk.must(200, 'GET', `/change-requests/${id}`);
  const choices = fields
    .filter(({ state }) => state === 'conflict')
    .map(({ pointer }) => ({ pointer, take: 'current' }));
  const { body } = await clerk.must<ChangeRequestResponse>(200, 'POST', `/change-requests/${id}/rebase`, {
    ifMatch: etag,
    body: { registrationVersion, choices },
  });
  return body;
}

function showFields(fields: readonly Field[]): void {
  for (const { state, label, baseText, currentText, proposedText } of fields) {
    say(`${state}: ${label}`);
    say(`  base     ${inline(baseText)}`);
    say(`  current  ${inline(currentText)}`);
    say(`  proposed ${inline(proposedText)}`);
  }
}
