import type { ChangeRequestResponse } from '../../change-requests/change-request.dto.js';
import type { TaskPage, TaskResponse } from '../../platform/tasks/task.dto.js';
import type { RecoveryPage } from '../../recoveries/recovery.dto.js';
import { expect, Person } from './person.js';
import { mark, say, show, type Stage, step } from './stage.js';
import { approve, otherPhone, sendChange, type Town, typeCode, visitTown } from './town.js';

/** One list of everything that waits for the office: it grows with what comes in and shrinks as it is done. */
export async function tasks(stage: Stage): Promise<void> {
  step('What waits for a reviewer now');
  const before = await list(stage.reviewer);
  for (const { label, title, weight } of before.items.slice(0, 5)) say(`${weight}　${label}　${title}`);
  say(`${before.total} in all`);
  const town = await visitTown(stage);
  const sent = await sendChange(town, (sheet) => ({ ...sheet, mainPhone: otherPhone(sheet.mainPhone) }));
  const claimNumber = await strangerClaims(stage, town);
  const { review, call } = await listHasGrown(stage, before.total, sent.body, claimNumber);
  await takenOnAndGivenBack(stage, review);
  await doneByWhatHappens(stage, town, { review, call }, before.total);
}

const list = async (person: Person, query = ''): Promise<TaskPage> =>
  (await person.must<TaskPage>(200, 'GET', `/tasks?limit=2000${query}`)).body;

async function strangerClaims(stage: Stage, town: Town): Promise<string> {
  const stranger = new Person(stage.base, '見知らぬ人');
  const email = `renraku-${mark()}@elsewhere.example`;
  const since = new Date();
  const { body } = await stranger.must<{ number: string }>(201, 'POST', '/recoveries', {
    body: {
      municipalityCode: town.code,
      kind: 'lost-address',
      department: { name: '企画課', email },
      contact: { name: '仮野 太郎' },
    },
  });
  await typeCode(stranger, await stranger.waitForMail(email, 'メールアドレスの確認のお願い', since));
  return body.number;
}

interface Two {
  readonly review: TaskResponse;
  readonly call: TaskResponse;
}

async function listHasGrown(
  { reviewer, admin }: Stage,
  before: number,
  { id, number }: ChangeRequestResponse,
  claimNumber: string,
): Promise<Two> {
  step('A change request and a claim have come in: the list has grown by two, the more pressing first');
  const now = await list(reviewer);
  expect(now.total === before + 2, `${before + 2} tasks, not ${now.total}`);
  const claim = (await reviewer.must<RecoveryPage>(200, 'GET', '/recoveries?limit=2000')).body.items.find(
    (item) => item.number === claimNumber,
  );
  const at = (subjectId: string | undefined): number =>
    now.items.findIndex((task) => task.subjectId === subjectId);
  const [review, call] = [now.items[at(id)], now.items[at(claim?.id)]];
  expect(review && call, `${number} and ${claimNumber} are there`);
  expect(at(claim?.id) < at(id), 'a municipality that is cut off comes first');
  for (const { label, title, weight } of [call, review]) say(`${weight}　${label}　${title}`);
  expect(
    (await list(admin)).items.every(({ id: other }) => other !== review.id),
    "it is no admin's task",
  );
  await reviewer.must(409, 'POST', `/tasks/${review.id}/done`);
  return { review, call };
}

async function takenOnAndGivenBack(
  { reviewer, secondReviewer, admin }: Stage,
  { id }: TaskResponse,
): Promise<void> {
  step('One reviewer takes it on, the other sees who has it; given back, it is anybody’s again');
  await reviewer.must(200, 'POST', `/tasks/${id}/take`);
  expect(
    (await list(reviewer, '&mine=true')).items.some((task) => task.id === id),
    'it is one’s own',
  );
  expect(!(await list(secondReviewer, '&mine=true')).items.some((task) => task.id === id), 'not the other’s');
  const seen = (await list(secondReviewer)).items.find((task) => task.id === id);
  expect(seen?.ownerName, 'the other sees by whom');
  say(`${seen.title}: ${seen.ownerName}`);
  await admin.must(404, 'POST', `/tasks/${id}/take`);
  const { body } = await reviewer.must<TaskResponse>(200, 'POST', `/tasks/${id}/release`);
  expect(body.ownerName === null, 'nobody has it');
}

async function doneByWhatHappens(
  { reviewer, secondReviewer }: Stage,
  town: Town,
  { review, call }: Two,
  before: number,
): Promise<void> {
  step(
    'Each is done by what happens to it: the change request is taken over, the claim denied on the telephone',
  );
  await approve(secondReviewer, review.subjectId);
  expect((await list(reviewer)).total === before + 1, 'one less');
  const since = new Date();
  await reviewer.must(201, 'POST', `/recoveries/${call.subjectId}/calls`, {
    body: {
      numberCalled: town.registration.mainPhone,
      source: 'official-site',
      spokeWith: '企画課の担当の方',
      outcome: 'denied',
    },
  });
  expect((await list(reviewer)).total === before, 'and as many as at first');
  show(await reviewer.waitForMail(town.mailbox, '連絡先の回復のお申し出の結果', since));
  await town.clerk.must(200, 'GET', '/me');
  say('the clerk of the municipality is still signed in');
}
