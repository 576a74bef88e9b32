import type { HistoryPage, RegistrationResponse, VersionResponse } from '../../registry/registration.dto.js';
import { expect, type Person } from './person.js';
import { inDays, letDaysPass, say, showChanges, type Stage, step } from './stage.js';
import { approve, otherPhone, readTown, scheduleHandover, sendChange, type Town, visitTown } from './town.js';

/** Any date's registration, who changed it and by which way, and how fresh each field is. */
export async function history(stage: Stage): Promise<void> {
  const town = await visitTown(stage, ({ contacts }) => contacts.length > 0);
  await handoverIsWrittenDownLate(stage, town);
  await clerkChangesTheTelephone(stage, town);
  await everybodyReadsTheVersions(stage, town);
  await askForADate(town);
  await freshnessByEachWay(stage, town);
}

async function handoverIsWrittenDownLate(stage: Stage, town: Town): Promise<void> {
  step('A handover was for three days ago, but the portal stood still until today');
  const [outgoing] = town.registration.contacts;
  expect(outgoing, 'somebody can hand over');
  const { id } = await scheduleHandover(stage, town, outgoing, 2);
  const since = new Date();
  await letDaysPass(stage, { changeRequestId: id }, 5);
  await town.clerk.waitForMail(town.mailbox, '変更届を登録に反映しました', since);
}

async function clerkChangesTheTelephone(stage: Stage, town: Town): Promise<void> {
  step('Today the clerk changes the telephone number, and a reviewer takes it over');
  const sent = await sendChange(town, (sheet) => ({ ...sheet, mainPhone: otherPhone(sheet.mainPhone) }));
  await approve(stage.secondReviewer, sent.body.id);
}

const versions = async (person: Person, { id }: Town, query = ''): Promise<VersionResponse[]> =>
  (await person.must<HistoryPage>(200, 'GET', `/registrations/${id}/history${query}`)).body.items;

async function everybodyReadsTheVersions({ reviewer }: Stage, town: Town): Promise<void> {
  step('The versions, newest first: from when, written down when, by which way, by whom, and what changed');
  const items = await versions(reviewer, town);
  for (const item of items) {
    const { version, effectiveOn, recordedAt, cause, proposedBy, decidedBy } = item;
    say(`version ${version}　from ${effectiveOn}, recorded ${String(recordedAt).slice(0, 16)}`);
    say(`  ${cause}　${proposedBy}${decidedBy === null ? '' : `, decided by ${decidedBy}`}`);
    showChanges(item.changes);
  }
  const [change, handover] = items;
  expect(change?.cause === 'change-request' && handover?.cause === 'handover', 'by which way');
  expect(change.decidedBy !== null && change.proposedBy === town.clerk.name, 'and by whom');
  expect(change.changes.length === 1 && handover.changes.length === 2, 'with the changes of each');
  const [asClerk] = await versions(town.clerk, town);
  expect(asClerk?.decidedBy === null, 'the clerk is not told which member of staff it was');
}

async function askForADate(town: Town): Promise<void> {
  step('What was registered on a date means: from when it holds, not when it was written down');
  const [latest, handover, before] = await versions(town.clerk, town);
  expect(latest && handover && before, 'there are three');
  // Where the registration had changed since that day, the handover holds from that change on.
  const expected = [inDays(-3), before.effectiveOn].toSorted().at(-1) ?? '';
  expect(handover.effectiveOn === expected, `the handover holds from ${expected}`);
  const recordedOn = new Date(Date.parse(String(handover.recordedAt)) + 9 * 3_600_000);
  expect(recordedOn.toISOString().slice(0, 10) === inDays(0), 'it was written down today');
  for (const day of [-4, -3, -1, 0]) {
    const [held] = await versions(town.clerk, town, `?asOf=${inDays(day)}`);
    const names = held?.document.contacts.map(({ name }) => name).join('、');
    say(`${inDays(day)}: version ${held?.version}　${names}`);
    const newest = [latest, handover].find(({ effectiveOn }) => effectiveOn <= inDays(day));
    if (newest) expect(held?.version === newest.version, 'the newest that held on that day');
    else expect((held?.version ?? 0) <= before.version, 'one from before the handover');
  }
  expect((await versions(town.clerk, town, '?asOf=1999-04-01')).length === 0, 'before all of it, nothing');
}

async function freshnessByEachWay({ reviewer }: Stage, town: Town): Promise<void> {
  step('How fresh each field is: by a change, by "変更はありません", by telephone');
  const { clerk, id } = town;
  const first = await readTown(clerk, town);
  tally('after the changes', first.body);
  expect(
    first.body.freshness['/mainPhone']?.method === 'change',
    'the telephone number is fresh by a change',
  );
  await clerk.must(201, 'POST', `/registrations/${id}/confirmations`, { ifMatch: first.etag });
  const confirmed = await readTown(clerk, town);
  tally('the clerk says that nothing has changed', confirmed.body);
  expect(methods(confirmed.body).join() === 'confirmation', 'every field is fresh by confirmation');
  const sent = await sendChange(town, (sheet) => ({ ...sheet, mainPhone: otherPhone(sheet.mainPhone) }));
  await approve(reviewer, sent.body.id);
  const changed = await readTown(clerk, town);
  tally('one more change', changed.body);
  expect(methods(changed.body).join() === 'change,confirmation', 'each field has a way of its own');
  await reviewer.must(201, 'POST', `/registrations/${id}/confirmations`, { ifMatch: changed.etag });
  const called = await readTown(clerk, town);
  tally('staff heard on the telephone that all is right', called.body);
  expect(methods(called.body).join() === 'phone', 'every field is fresh by telephone');
  expect(called.body.version === changed.body.version, 'a confirmation is no new version');
}

const methods = ({ freshness }: RegistrationResponse): string[] =>
  [...new Set(Object.values(freshness).map(({ method }) => method))].toSorted();

function tally(what: string, { freshness }: RegistrationResponse): void {
  const entries = Object.values(freshness);
  const counts = [...new Set(entries.map(({ method, by }) => `${method} (${by})`))].map(
    (way) => `${way} ${entries.filter(({ method, by }) => `${method} (${by})` === way).length}`,
  );
  say(`${what}: ${counts.join(', ') || 'unknown'}`);
}
