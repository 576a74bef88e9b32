import type { ClaimedResponse, RecoveryPage, RecoveryResponse } from '../../recoveries/recovery.dto.js';
import { type Answer, codeIn, expect, type Mail, Person } from './person.js';
import { mark, say, show, showChanges, type Stage, step } from './stage.js';
import { readTown, type Town, typeCode, visitTown } from './town.js';

/** A claim, a call and two members of staff; what the old mailbox had ends. */
export async function recovery(stage: Stage): Promise<void> {
  step('Before: a clerk is signed in, and another has asked for a code');
  const town = await visitTown(stage, ({ contacts }) => contacts.length > 0);
  const late = await askForCode(stage, town);
  const { number, newMailbox } = await newcomerClaims(stage, town);
  const claim = await firstReviewerCalls(stage, town, number);
  await secondReviewerAgrees(stage, town, claim, newMailbox);
  await oldAccessIsDead(town, late);
  await newcomerSignsIn(stage, town, newMailbox);
}

interface Late {
  readonly person: Person;
  readonly challengeId: string;
  readonly mail: Mail;
}

async function askForCode(stage: Stage, { mailbox }: Town): Promise<Late> {
  const person = new Person(stage.base, '前の担当者');
  const since = new Date();
  const { body } = await person.must<{ challengeId: string }>(202, 'POST', '/auth/challenges', {
    body: { email: mailbox },
  });
  const mail = await person.waitForMail(mailbox, 'ログイン用コード', since);
  return { person, challengeId: body.challengeId, mail };
}

async function newcomerClaims(stage: Stage, town: Town): Promise<{ number: string; newMailbox: string }> {
  step(`Somebody says that everyone in ${town.name} has left, and types the code that the new mailbox gets`);
  const newcomer = new Person(stage.base, '大槻 千尋');
  const newMailbox = `seisaku-${mark()}@${town.mailbox.split('@')[1]}`;
  const since = new Date();
  const { body: claimed } = await newcomer.must<ClaimedResponse>(201, 'POST', '/recoveries', {
    body: {
      municipalityCode: town.code,
      kind: 'everyone-left',
      department: { name: '政策推進課', kana: 'せいさくすいしんか', email: newMailbox },
      contact: { name: '大槻 千尋', kana: 'おおつき ちひろ', title: '主査', extension: '221' },
      message: '4月の異動で、前任の者が全員いなくなりました。',
    },
  });
  say(`${claimed.number}: ${claimed.next}`);
  const mail = await newcomer.waitForMail(newMailbox, 'メールアドレスの確認のお願い', since);
  show(mail);
  for (const { name } of town.registration.contacts) {
    expect(!mail.text.includes(name), 'it learns nothing of the registration');
  }
  await typeCode(newcomer, mail);
  step('Now the registered mailbox is told: whoever still reads it can object');
  show(await newcomer.waitForMail(town.mailbox, '連絡先の回復のお申し出がありました', since));
  return { number: claimed.number, newMailbox };
}

async function firstReviewerCalls(
  { reviewer }: Stage,
  town: Town,
  number: string,
): Promise<Answer<RecoveryResponse>> {
  step('A reviewer calls the number on the official site and notes what was said');
  const list = await reviewer.must<RecoveryPage>(200, 'GET', '/recoveries?status=awaiting_call&limit=2000');
  const id = list.body.items.find((item) => item.number === number)?.id;
  expect(id, 'the claim waits for a call');
  const { body: seen } = await reviewer.must<RecoveryResponse>(200, 'GET', `/recoveries/${id}`);
  say(`official site: ${seen.official.website ?? '（なし）'}; registered: ${seen.registeredMainPhone}`);
  showChanges(seen.changes);
  const call = { numberCalled: town.registration.mainPhone, source: 'official-site' };
  await reviewer.must(201, 'POST', `/recoveries/${id}/calls`, { body: { ...call, outcome: 'no-answer' } });
  const noted = await reviewer.must<RecoveryResponse>(201, 'POST', `/recoveries/${id}/calls`, {
    body: { ...call, spokeWith: '総務課　庶務係の方', outcome: 'confirmed', note: '本人と話した。' },
  });
  for (const { outcomeLabel, numberCalled, calledByName } of noted.body.calls) {
    say(`${numberCalled}: ${outcomeLabel}（${calledByName}）`);
  }
  const alone = await reviewer.must<{ code: string }>(403, 'POST', `/recoveries/${id}/agree`, {
    ifMatch: noted.etag,
  });
  expect(alone.body.code === 'second-person-needed', 'one person alone changes nothing');
  return noted;
}

async function secondReviewerAgrees(
  { secondReviewer }: Stage,
  town: Town,
  { body: { id }, etag }: Answer<RecoveryResponse>,
  newMailbox: string,
): Promise<void> {
  step('A second reviewer agrees, and everyone is told');
  const since = new Date();
  const { body: done } = await secondReviewer.must<RecoveryResponse>(200, 'POST', `/recoveries/${id}/agree`, {
    ifMatch: etag,
  });
  expect(done.status === 'done', 'it is carried out');
  show(await secondReviewer.waitForMail(newMailbox, '連絡先の回復の手続きが終わりました', since));
  const farewell = await secondReviewer.waitForMail(town.mailbox, 'このアドレスを登録から外しました', since);
  expect(!farewell.text.includes(newMailbox), 'the old mailbox learns only that it was replaced');
  show(farewell);
}

async function oldAccessIsDead(town: Town, { person, challengeId, mail }: Late): Promise<void> {
  step('What the old mailbox had is dead: the session, and the code that nobody had typed');
  await town.clerk.must(401, 'GET', `/registrations/${town.id}`);
  const typed = { code: codeIn(mail), operatorName: person.name };
  const refused = await person.must<{ code: string }>(401, 'POST', `/auth/challenges/${challengeId}/verify`, {
    body: typed,
  });
  say(`401 for the session, 401 ${refused.body.code} for the code`);
}

async function newcomerSignsIn(stage: Stage, town: Town, newMailbox: string): Promise<void> {
  step('The new clerk signs in and reads the registration');
  const clerk = new Person(stage.base, '大槻 千尋');
  await clerk.signInByMail(newMailbox);
  const { body: now } = await readTown(clerk, town);
  const names = now.contacts.map(({ name }) => name);
  expect(names.join() === '大槻 千尋', 'whoever had left is gone');
  expect(now.freshness['/mainPhone']?.method !== 'phone', 'only what was claimed is fresh by telephone');
  say(`registered: ${names.join('、')}; by telephone: ${now.departments[0]?.name}`);
}
