import type { ChangeRequestPage, ChangeRequestResponse } from '../../change-requests/change-request.dto.js';
import type { AssociationList, MunicipalityPage } from '../../registry/municipality.dto.js';
import type { RegistrationPage, RegistrationResponse } from '../../registry/registration.dto.js';
import {
  clerkSendsAgain,
  registrationIsTrue,
  reviewerApproves,
  reviewerReturns,
} from './main-job-decision.js';
import { type Cast, MUNICIPALITY, proposal, type Scene } from './main-job-scene.js';
import { type Answer, codeIn, expect, Person } from './person.js';
import { say, show, showDiff, type Stage, step } from './stage.js';

/**
 * The main job over HTTP, as people do it: a clerk of 音更町 corrects the registration, the new mailbox answers,
 * one reviewer gives it back, the clerk sends it again, another reviewer takes it over. Can be told again and again.
 */
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
  const { body: associations } = await reviewer.must<AssociationList>(200, 'GET', '/associations');
  expect(associations.items.length === 13, '13 associations');
  const covered = associations.items.reduce((sum, { registered }) => sum + registered, 0);
  expect(covered === 372, `372 registrations of those that they cover, not ${covered}`);
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
  await takeBackWhatBrokeOff(clerk);
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

/** A telling that was stopped in the middle stands in nobody's way. */
async function takeBackWhatBrokeOff(clerk: Person): Promise<void> {
  for (const status of ['awaiting_verification', 'under_review', 'returned']) {
    const { body } = await clerk.must<ChangeRequestPage>(200, 'GET', `/change-requests?status=${status}`);
    for (const { id, number } of body.items) {
      const { etag } = await clerk.must(200, 'GET', `/change-requests/${id}`);
      await clerk.must(200, 'POST', `/change-requests/${id}/withdraw`, { ifMatch: etag });
      say(`(${number} was left open: it is taken back)`);
    }
  }
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
