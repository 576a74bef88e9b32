import type { ChangeRequestResponse } from '../../change-requests/change-request.dto.js';
import type { ContactDto, HistoryPage } from '../../registry/registration.dto.js';
import { expect, Person } from './person.js';
import { inDays, letDaysPass, mark, say, show, showDiff, type Stage, step } from './stage.js';
import { approve, readTown, type Town, typeCode, visitTown } from './town.js';

/** 引継ぎ: looked at now, waits for its day; then it is applied, and access moves. */
export async function handover(stage: Stage): Promise<void> {
  step('Somebody with a mailbox of their own will go in 30 days');
  const town = await visitTown(stage, ({ contacts }) => contacts.some(({ email }) => email !== null));
  const outgoing = town.registration.contacts.find(({ email }) => email !== null);
  expect(outgoing?.email, 'they have one');
  const leaver = new Person(stage.base, outgoing.name);
  await leaver.signInByMail(outgoing.email, town.id);
  const coming = `saegusa-${mark()}@${town.mailbox.split('@')[1]}`;
  const sent = await clerkHandsOver(town, outgoing, coming);
  await reviewerLooksAtIt(stage, town, sent);
  await untilTheDay(stage, town, sent, leaver);
  await onItsDay(stage, town, sent, { leaver, left: outgoing.email, coming });
}

async function clerkHandsOver(
  town: Town,
  outgoing: ContactDto,
  coming: string,
): Promise<ChangeRequestResponse> {
  step('The clerk hands over to somebody with a new mailbox, which answers first');
  const since = new Date();
  const { etag } = await readTown(town.clerk, town);
  const { body: sent } = await town.clerk.must<ChangeRequestResponse>(
    201,
    'POST',
    `/registrations/${town.id}/handovers`,
    {
      ifMatch: etag,
      body: {
        outgoingContactId: outgoing.id,
        incoming: { name: '三枝 千紘', kana: 'さえぐさ ちひろ', title: '主事', email: coming },
        effectiveOn: inDays(30),
        comment: '人事異動によるものです。',
      },
    },
  );
  showDiff(sent);
  const receipt = await town.clerk.waitForMail(town.mailbox, '】変更届を受け付けました', since);
  expect(receipt.text.includes('引継ぎの日'), 'the receipt tells the date, for the clerk to check');
  show(receipt);
  show(await town.clerk.waitForMail(outgoing.email ?? '', 'このアドレスを登録から外す変更届', since));
  await typeCode(town.clerk, await town.clerk.waitForMail(coming, 'メールアドレスの確認のお願い', since));
  return sent;
}

async function reviewerLooksAtIt(
  { reviewer }: Stage,
  town: Town,
  { id }: ChangeRequestResponse,
): Promise<void> {
  step('A reviewer looks at it now; it waits');
  const since = new Date();
  const decided = await approve(reviewer, id);
  expect(decided.status === 'scheduled' && decided.appliedAt === null, 'it waits for its day');
  say(`${decided.statusLabel}　${decided.effectiveOn}`);
  show(await reviewer.waitForMail(town.mailbox, '引継ぎの届出を確認しました', since));
  const { body: now } = await readTown(reviewer, town);
  expect(now.version === town.registration.version, 'nothing has changed yet');
}

async function untilTheDay(
  stage: Stage,
  town: Town,
  { id, number }: ChangeRequestResponse,
  leaver: Person,
): Promise<void> {
  step('The day before, whoever goes can still sign in');
  await letDaysPass(stage, { changeRequestId: id }, 29);
  const { body: now } = await readTown(leaver, town);
  expect(now.version === town.registration.version, `${number} still waits`);
}

async function onItsDay(
  stage: Stage,
  town: Town,
  { id, number }: ChangeRequestResponse,
  { leaver, left, coming }: { leaver: Person; left: string; coming: string },
): Promise<void> {
  step('On its day it is applied, and access moves');
  const since = new Date();
  await letDaysPass(stage, { changeRequestId: id }, 1);
  show(await town.clerk.waitForMail(coming, '変更届を登録に反映しました', since));
  show(await town.clerk.waitForMail(left, 'このアドレスを登録から外しました', since));
  await leaver.must(401, 'GET', `/registrations/${town.id}`);
  say('the session of whoever has gone has ended');
  const successor = new Person(stage.base, '三枝 千紘');
  await successor.signInByMail(coming);
  const { body: now } = await readTown(successor, town);
  expect(
    now.contacts.some(({ email }) => email === coming) && !now.contacts.some(({ email }) => email === left),
    'one has come, the other has gone',
  );
  const path = `/registrations/${town.id}/history`;
  const { body: history } = await successor.must<HistoryPage>(200, 'GET', path);
  const [latest] = history.items;
  expect(latest?.cause === 'handover' && latest.effectiveOn === inDays(0), 'by a handover, from today');
  say(`version ${latest.version}　${latest.effectiveOn}　${latest.cause}　${number}`);
}
