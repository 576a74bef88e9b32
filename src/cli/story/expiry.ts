import type { ChangeRequestResponse } from '../../change-requests/change-request.dto.js';
import { type Answer, codeIn, expect, numberIn, type Mail } from './person.js';
import { letDaysPass, mark, say, show, type Stage, step } from './stage.js';
import { otherPhone, readTown, sendChange, type Town, visitTown } from './town.js';

/** What waits for a mailbox that never answers lapses after 14 days; three days before, people are told. */
export async function expiry(stage: Stage): Promise<void> {
  step('A clerk sends a change request with a new mailbox, and nobody types the code');
  const town = await visitTown(stage);
  const newMailbox = `chosei-${mark()}@${town.mailbox.split('@')[1]}`;
  const since = new Date();
  const sent = await sendNewMailbox(town, newMailbox);
  const code = await town.clerk.waitForMail(newMailbox, 'メールアドレスの確認のお願い', since);
  await isWarned(stage, town, sent, newMailbox);
  await lapses(stage, town, sent, code);
  await returnedLapsesToo(stage, town);
}

const sendNewMailbox = (town: Town, email: string): Promise<Answer<ChangeRequestResponse>> =>
  sendChange(town, (sheet) => ({
    ...sheet,
    departments: sheet.departments.map((department) =>
      department.id === sheet.primaryDepartmentId ? { ...department, email } : department,
    ),
  }));

const statusOf = async ({ clerk }: Town, id: string): Promise<string> =>
  (await clerk.must<ChangeRequestResponse>(200, 'GET', `/change-requests/${id}`)).body.status;

async function isWarned(
  stage: Stage,
  town: Town,
  { body: { id, expiresAt } }: Answer<ChangeRequestResponse>,
  newMailbox: string,
): Promise<void> {
  step('Three days before the end, the registered mailbox is told what is missing');
  say(`it would lapse at ${String(expiresAt)}`);
  const since = new Date();
  await letDaysPass(stage, { changeRequestId: id }, 12);
  const mail = await town.clerk.waitForMail(town.mailbox, '変更届の期限が近づいています', since);
  show(mail);
  expect(mail.text.includes(newMailbox), 'the mail names the mailbox that has to answer');
  expect((await statusOf(town, id)) === 'awaiting_verification', 'it can still be verified');
}

async function lapses(
  stage: Stage,
  town: Town,
  { body: { id } }: Answer<ChangeRequestResponse>,
  code: Mail,
): Promise<void> {
  step('Then it lapses; the code comes too late');
  const since = new Date();
  await letDaysPass(stage, { changeRequestId: id }, 3);
  show(await town.clerk.waitForMail(town.mailbox, '変更届が期限切れになりました', since));
  expect((await statusOf(town, id)) === 'expired', 'it has lapsed');
  const late = await town.clerk.must<{ code: string }>(409, 'POST', `/verifications/${numberIn(code)}`, {
    body: { code: codeIn(code) },
  });
  say(`409 ${late.body.code}`);
  const { body: now } = await readTown(town.clerk, town);
  expect(now.version === town.registration.version, 'the registration is as it was');
}

async function returnedLapsesToo(stage: Stage, town: Town): Promise<void> {
  step('The next one is free to be sent. The office gives it back, and the clerk forgets it for 28 days');
  const { reviewer } = stage;
  const sent = await sendChange(town, (sheet) => ({ ...sheet, mainPhone: otherPhone(sheet.mainPhone) }));
  const path = `/change-requests/${sent.body.id}`;
  const returned = await reviewer.must<ChangeRequestResponse>(200, 'POST', `${path}/return`, {
    ifMatch: sent.etag,
    body: { reason: '代表電話が、公式サイトの番号と違うようです。お確かめください。' },
  });
  const since = new Date();
  await letDaysPass(stage, { changeRequestId: sent.body.id }, 28);
  show(await town.clerk.waitForMail(town.mailbox, '変更届の期限が近づいています', since));
  await town.clerk.must(200, 'POST', `${path}/submit`, { ifMatch: returned.etag });
  await letDaysPass(stage, { changeRequestId: sent.body.id }, 30);
  expect((await statusOf(town, sent.body.id)) === 'under_review', 'nothing lapses while the office has it');
  say('sent again in time: nothing lapses while the office has it');
  const { etag } = await town.clerk.must(200, 'GET', path);
  await town.clerk.must(200, 'POST', `${path}/withdraw`, { ifMatch: etag });
}
