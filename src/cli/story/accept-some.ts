import type { ChangeRequestResponse } from '../../change-requests/change-request.dto.js';
import { type Answer, expect } from './person.js';
import { inline, say, show, showDiff, type Stage, step } from './stage.js';
import {
  officeContact,
  otherExtension,
  otherPhone,
  readTown,
  sendChange,
  type Town,
  visitTown,
  withContact,
} from './town.js';

const REASON = '内線番号の桁数が、ほかの方と違うようです。お確かめください。';

/** A clerk sends three changes; the reviewer takes two over and refuses one with a reason. */
export async function acceptSome(stage: Stage): Promise<void> {
  step('A clerk sends three changes at once');
  const town = await visitTown(stage, (registration) => officeContact(registration) !== undefined);
  const contact = officeContact(town.registration);
  expect(contact, 'there is somebody to change');
  const sent = await sendChange(town, (sheet) => ({
    ...withContact(sheet, contact.id, { extension: otherExtension(contact.extension) }),
    mainPhone: otherPhone(sheet.mainPhone),
    departments: sheet.departments.map((department) =>
      department.id === sheet.primaryDepartmentId
        ? { ...department, fax: otherPhone(department.fax) }
        : department,
    ),
  }));
  expect(sent.body.changes.length === 3, 'three changes');
  showDiff(sent.body);
  const decided = await reviewerDivides(stage, town, sent, `/contacts/${contact.id}/extension`);
  await bothSeeWhatCounts(stage, town, decided, contact.extension);
}

async function reviewerDivides(
  { reviewer }: Stage,
  town: Town,
  sent: Answer<ChangeRequestResponse>,
  refusedPointer: string,
): Promise<ChangeRequestResponse> {
  step('The reviewer takes two over and refuses one; a change that is forgotten is asked for by name');
  const path = `/change-requests/${sent.body.id}/approve`;
  const accept = sent.body.changes
    .map(({ pointer }) => pointer)
    .filter((pointer) => pointer !== refusedPointer);
  const forgotten = await reviewer.must<{ errors: { message: string }[] }>(422, 'POST', path, {
    ifMatch: sent.etag,
    body: { accept },
  });
  say(`422 ${forgotten.body.errors[0]?.message}`);
  const since = new Date();
  const refusals = [{ pointer: refusedPointer, reason: REASON }];
  const { body: decided } = await reviewer.must<ChangeRequestResponse>(200, 'POST', path, {
    ifMatch: sent.etag,
    body: { accept, refusals },
  });
  expect(decided.status === 'partly_approved', 'it is taken over in part');
  for (const { label, decision } of decided.changes) say(`${decision}: ${label}`);
  const mail = await reviewer.waitForMail(town.mailbox, '変更届の一部を登録に反映しました', since);
  show(mail);
  for (const { label } of decided.changes)
    expect(mail.text.replaceAll('\n', '').includes(label), `the mail names ${label}`);
  expect(mail.text.includes('反映しなかった内容と理由'), 'the mail says what was not taken over');
  expect(mail.text.replaceAll(/\s/gu, '').includes(REASON), 'and why');
  return decided;
}

async function bothSeeWhatCounts(
  { reviewer }: Stage,
  town: Town,
  decided: ChangeRequestResponse,
  extension: string | null,
): Promise<void> {
  step('Clerk and reviewer see the same: two are registered, one stays as it was');
  for (const person of [town.clerk, reviewer]) {
    const { body: now } = await readTown(person, town);
    expect(now.version === town.registration.version + 1, 'the version grew by one');
    expect(now.mainPhone === otherPhone(town.registration.mainPhone), 'the telephone number has changed');
    const [{ pointer } = { pointer: '' }] = decided.refused;
    const id = pointer.split('/')[2];
    expect(now.contacts.find((contact) => contact.id === id)?.extension === extension, 'the extension stays');
  }
  const { body } = await town.clerk.must<ChangeRequestResponse>(200, 'GET', `/change-requests/${decided.id}`);
  expect(body.decidedByName === null, 'the municipality is not told which member of staff it was');
  for (const { label, afterText, reason } of body.refused) say(`${label} ${inline(afterText)}: ${reason}`);
}
