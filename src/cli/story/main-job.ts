import type { ChangeRequestPage, ChangeRequestResponse } from '../../change-requests/change-request.dto.js';
import type { MunicipalityPage } from '../../registry/municipality.dto.js';
import type { HistoryPage, RegistrationPage, RegistrationResponse } from '../../registry/registration.dto.js';
import { type Answer, codeIn, expect, Person } from './person.js';
import { say, show, showDiff, type Stage, step } from './stage.js';

/**
 * The main job over HTTP, as people do it: a clerk of 音更町 corrects the registration, the new mailbox answers,
 * one reviewer gives it back, the clerk sends it again, another reviewer takes it over. Can be told again and again.
 */
const MUNICIPALITY = '016314';

interface Cast {
  readonly reviewer: Person;
  readonly secondReviewer: Person;
  readonly clerk: Person;
  readonly stranger: Person;
}

interface Scene {
  readonly registration: RegistrationResponse;
  readonly etag: string | null;
  readonly oldMailbox: string;
  readonly newMailbox: string;
}

export async function mainJob(stage: Stage): Promise<void> {
  const cast: Cast = {
    reviewer: stage.reviewer,
    secondReviewer: stage.secondReviewer,
    clerk: new Person(stage.base, '小野寺 真理'),
    stranger: new Person(stage.base, 'ほかの町の担当者'),
  };
  const { registrationId, mailbox } = await countTheDemo(cast.reviewer);
  const scene = await clerkSignsInAndConfirms(cast.clerk, registrationId, mailbox);
  const sent = await clerkSends(cast.clerk, scene);
  await strangerSeesNothing(cast.stranger, stage, scene, sent);
  await newMailboxAnswers(cast.clerk, scene, sent);
  const returned = await reviewerReturns(cast, scene, sent);
  const again = await clerkSendsAgain(cast.clerk, scene, returned);
  await reviewerApproves(cast, scene, again);
  await registrationIsTrue(cast, scene, again.body);
}

async function countTheDemo(reviewer: Person): Promise<{ registrationId: string; mailbox: string }> {
  step('The master and the registrations are there');
  const municipalities = await reviewer.must<MunicipalityPage>(200, 'GET', '/municipalities?limit=1');
  expect(municipalities.body.total === 1741, `1,741 municipalities, not ${municipalities.body.total}`);
  const yusuhara = await reviewer.must<MunicipalityPage>(
    200,
    'GET',
    `/municipalities?q=${encodeURIComponent('ﾕｽﾊﾗ')}`,
  );
  expect(
    yusuhara.body.items[0]?.name === '檮原町',
    '檮原町 is found by half-width kana and keeps its character',
  );
  const registrations = await reviewer.must<RegistrationPage>(200, 'GET', '/registrations?limit=1');
  expect(registrations.body.total === 372, `372 registrations, not ${registrations.body.total}`);
  const associations = await reviewer.must<{ total: number }>(200, 'GET', '/associations');
  expect(associations.body.total === 13, '13 associations');
  say('1,741 municipalities, 13 associations, 372 registrations');
  const found = await reviewer.must<RegistrationPage>(200, 'GET', `/registrations?q=${MUNICIPALITY}`);
  const [item] = found.body.items;
  expect(item, '音更町 is registered');
  return { registrationId: item.id, mailbox: item.primaryMailbox };
}

async function clerkSignsInAndConfirms(
  clerk: Person,
  registrationId: string,
  oldMailbox: string,
): Promise<Scene> {
  step(`A clerk of 音更町 signs in with a code mailed to ${oldMailbox}`);
  await clerk.signInByMail(oldMailbox);
  const read = await clerk.must<RegistrationResponse>(200, 'GET', `/registrations/${registrationId}`);
  say(`version ${read.body.version}, last confirmed ${String(read.body.lastConfirmedAt ?? 'never')}`);

  step('First, "変更はありません"');
  const since = new Date();
  await clerk.must(201, 'POST', `/registrations/${registrationId}/confirmations`, { ifMatch: read.etag });
  show(await clerk.waitForMail(oldMailbox, '登録内容の確認を受け付けました', since));
  const { body: registration } = await clerk.must<RegistrationResponse>(
    200,
    'GET',
    `/registrations/${registrationId}`,
  );
  expect(
    registration.freshness['/mainPhone']?.method === 'confirmation',
    'each field is fresh by confirmation',
  );
  const [, domain] = oldMailbox.split('@');
  const newMailbox = `chosei-${Date.now().toString(36)}@${domain}`;
  return { registration, etag: read.etag, oldMailbox, newMailbox };
}

/** What the clerk types: another mailbox, another person, another extension. */
function proposal({ registration, newMailbox }: Scene, address: string): unknown {
  const { mainPhone, primaryDepartmentId, departments, contacts } = registration;
  const [firstContact, ...otherContacts] = contacts;
  return {
    proposed: {
      mainPhone,
      primaryDepartmentId,
      departments: departments.map((department) =>
        department.id === primaryDepartmentId ? { ...department, email: newMailbox, address } : department,
      ),
      contacts: [
        {
          ...(firstContact ?? { id: 'new-1', departmentId: primaryDepartmentId, email: null }),
          role: 'primary',
          name: '髙﨑 真理',
          kana: 'たかさき まり',
          title: `主査（${newMailbox.split('@', 1)[0]}）`,
          extension: '534',
        },
        ...otherContacts,
      ],
    },
    comment: '人事異動によるものです。',
  };
}

async function clerkSends(clerk: Person, scene: Scene): Promise<Answer<ChangeRequestResponse>> {
  step(`The clerk sends a change request with the new mailbox ${scene.newMailbox}`);
  const since = new Date();
  const target = `/registrations/${scene.registration.id}/change-requests`;
  const body = proposal(scene, '北海道河東郡音更町元町2番地');
  await clerk.must(428, 'POST', target, { body });
  const sent = await clerk.must<ChangeRequestResponse>(201, 'POST', target, { body, ifMatch: scene.etag });
  expect(sent.body.status === 'awaiting_verification', 'it waits for the new mailbox');
  showDiff(sent.body);
  const second = await clerk.must<{ changeRequest: { number: string } }>(409, 'POST', target, {
    body,
    ifMatch: scene.etag,
  });
  expect(second.body.changeRequest.number === sent.body.number, 'a second one names the first');
  show(await clerk.waitForMail(scene.oldMailbox, '】変更届を受け付けました', since));
  show(await clerk.waitForMail(scene.oldMailbox, 'このアドレスを登録から外す変更届', since));
  return sent;
}

async function strangerSeesNothing(
  stranger: Person,
  { accounts }: Stage,
  { registration }: Scene,
  sent: Answer<ChangeRequestResponse>,
): Promise<void> {
  step('A member of another municipality sees nothing of it');
  const other = accounts.find(
    ({ role, municipalityCode }) => role === 'member' && municipalityCode !== MUNICIPALITY,
  );
  expect(other, 'the demo has a second member');
  await stranger.signInByMail(other.email, other.registrationId);
  await stranger.must(404, 'GET', `/registrations/${registration.id}`);
  await stranger.must(404, 'GET', `/change-requests/${sent.body.id}`);
  await stranger.must(403, 'POST', `/change-requests/${sent.body.id}/approve`, {
    ifMatch: sent.etag,
    body: {},
  });
}

async function newMailboxAnswers(
  clerk: Person,
  { newMailbox }: Scene,
  sent: Answer<ChangeRequestResponse>,
): Promise<void> {
  step('The new mailbox gets a code, which is typed in without signing in');
  const mail = await clerk.waitForMail(
    newMailbox,
    'メールアドレスの確認のお願い',
    new Date(sent.body.submittedAt),
  );
  show(mail);
  expect(!mail.text.includes('髙﨑'), 'an unverified mailbox learns nothing of the registration');
  const [verification] = sent.body.verifications;
  expect(verification, 'there is a verification');
  await clerk.must(422, 'POST', `/verifications/${verification.number}`, { body: { code: '0000 0000' } });
  const verified = await clerk.must<{ status: string }>(
    200,
    'POST',
    `/verifications/${verification.number}`,
    {
      body: { code: codeIn(mail) },
    },
  );
  expect(verified.body.status === 'under_review', 'now it is under review');
}

async function reviewerReturns(
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

async function clerkSendsAgain(
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

async function reviewerApproves(
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

async function registrationIsTrue(
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
