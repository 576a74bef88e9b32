import type { ChangeRequestPage, ChangeRequestResponse } from '../../change-requests/change-request.dto.js';
import type { HistoryPage, RegistrationResponse } from '../../registry/registration.dto.js';
import { type Cast, proposal, type Scene } from './main-job-scene.js';
import { type Answer, expect, type Person } from './person.js';
import { say, show, showDiff, step } from './stage.js';

/** The second half of the main job: given back, mended, taken over by one of two who decide at once. */
export async function reviewerReturns(
  { reviewer }: Cast,
  { oldMailbox }: Scene,
  sent: Answer<ChangeRequestResponse>,
): Promise<Answer<ChangeRequestResponse>> {
  step('A reviewer reads the diff and gives it back with a reason');
  const queue = await reviewer.must<ChangeRequestPage>(
    200,
    'GET',
    '/change-requests?status=under_review&limit=200',
  );
  expect(
    queue.body.items.some(({ id }) => id === sent.body.id),
    'it stands in the queue',
  );
  const read = await reviewer.must<ChangeRequestResponse>(200, 'GET', `/change-requests/${sent.body.id}`);
  const since = new Date();
  const body = { reason: '所在地は、日本郵便の表記「元町2」でお願いします。' };
  await reviewer.must(412, 'POST', `/change-requests/${sent.body.id}/return`, { ifMatch: sent.etag, body });
  const returned = await reviewer.must<ChangeRequestResponse>(
    200,
    'POST',
    `/change-requests/${sent.body.id}/return`,
    {
      ifMatch: read.etag,
      body,
    },
  );
  show(await reviewer.waitForMail(oldMailbox, '変更届の差戻しのお知らせ', since));
  return returned;
}

export async function clerkSendsAgain(
  clerk: Person,
  scene: Scene,
  returned: Answer<ChangeRequestResponse>,
): Promise<Answer<ChangeRequestResponse>> {
  step('The clerk mends it and sends it again; the mailbox needs no second code');
  const target = `/change-requests/${returned.body.id}`;
  const edited = await clerk.must<ChangeRequestResponse>(200, 'PUT', target, {
    ifMatch: returned.etag,
    body: proposal(scene, '北海道河東郡音更町元町2'),
  });
  const again = await clerk.must<ChangeRequestResponse>(200, 'POST', `${target}/submit`, {
    ifMatch: edited.etag,
  });
  expect(again.body.status === 'under_review', 'it is under review again');
  showDiff(again.body);
  return again;
}

export async function reviewerApproves(
  { reviewer, secondReviewer }: Cast,
  { newMailbox, oldMailbox }: Scene,
  again: Answer<ChangeRequestResponse>,
): Promise<void> {
  step('Two reviewers decide at once: one wins');
  const since = new Date();
  const path = `/change-requests/${again.body.id}/approve`;
  const answers = await Promise.all(
    [reviewer, secondReviewer].map((person) => person.call('POST', path, { ifMatch: again.etag, body: {} })),
  );
  const statuses = answers.map(({ status }) => status).toSorted((a, b) => a - b);
  expect(statuses.join() === '200,409', `200 and 409, not ${statuses.join()}`);
  const loser = answers.find(({ status }) => status === 409);
  expect(loser?.body['code'] === 'already-decided', 'the other is told that it is decided');
  show(await reviewer.waitForMail(newMailbox, '変更届を登録に反映しました', since));
  const farewell = await reviewer.waitForMail(oldMailbox, 'このアドレスを登録から外しました', since);
  expect(!farewell.text.includes(newMailbox), 'the old mailbox learns only that it was replaced');
  show(farewell);
}

export async function registrationIsTrue(
  { reviewer, clerk }: Cast,
  scene: Scene,
  decided: ChangeRequestResponse,
): Promise<void> {
  step('The registration is true, its history tells how, and access has moved with the mailbox');
  const { id, version } = scene.registration;
  const { body: now } = await reviewer.must<RegistrationResponse>(200, 'GET', `/registrations/${id}`);
  expect(now.version === version + 1, 'the version grew by one');
  expect(
    now.contacts.some(({ name }) => name === '髙﨑 真理'),
    '髙 and 﨑 came back as they went in',
  );
  expect(
    now.departments.some(({ email }) => email === scene.newMailbox),
    'the new mailbox is registered',
  );
  const { body: history } = await reviewer.must<HistoryPage>(200, 'GET', `/registrations/${id}/history`);
  expect(history.items[0]?.version === now.version, 'the history begins with the new version');
  expect(history.items[0].changes.length === decided.changes.length, 'with the changes that were decided');
  await clerk.must(401, 'GET', `/registrations/${id}`);
  say('the session of the old mailbox has ended');
  await clerk.signInByMail(scene.newMailbox);
  await clerk.must(200, 'GET', `/registrations/${id}`);
}
