import type { ChangeRequestResponse } from '../../change-requests/change-request.dto.js';
import type { DraftResponse } from '../../drafts/draft.dto.js';
import type { ProposedRegistrationDto } from '../../registry/registration.dto.js';
import { expect, Person } from './person.js';
import { mark, say, showDiff, type Stage, step } from './stage.js';
import { approve, otherPhone, readTown, sheetOf, type Town, visitTown } from './town.js';

/** What one clerk types another goes on with; what is sent twice arrives once. */
export async function draft(stage: Stage): Promise<void> {
  step('A clerk types half of it and saves; the telephone rings');
  const town = await visitTown(stage);
  const colleague = new Person(stage.base, '三枝 千紘');
  await colleague.signInByMail(town.mailbox);
  const half = await clerkSavesHalf(town);
  await colleagueGoesOn(stage, town, colleague, half);
  const sent = await colleagueSendsTwice(town, colleague);
  await nothingIsLeftOfIt(stage, town, colleague, sent);
}

const pathOf = ({ id }: Town): string => `/registrations/${id}/draft`;

async function clerkSavesHalf(town: Town): Promise<string | null> {
  const { clerk, registration } = town;
  const old = await clerk.call('GET', pathOf(town));
  if (old.status === 200) {
    say('(somebody had left a draft: it is thrown away)');
    await clerk.must(204, 'DELETE', pathOf(town), { ifMatch: old.etag });
  }
  const body = { baseVersion: registration.version, content: { mainPhone: '0155-00-', step: 1 } };
  const saved = await clerk.must<DraftResponse>(200, 'PUT', pathOf(town), { body });
  say(`saved by ${saved.body.savedBy}: ${JSON.stringify(saved.body.content)}`);
  return saved.etag;
}

async function colleagueGoesOn(
  { reviewer }: Stage,
  town: Town,
  colleague: Person,
  seenByClerk: string | null,
): Promise<void> {
  step(
    'A colleague reads it and goes on; the first clerk, who comes back to an old page, writes over nothing',
  );
  const { clerk, registration } = town;
  const read = await colleague.must<DraftResponse>(200, 'GET', pathOf(town));
  expect(read.body.savedBy === clerk.name, 'it says whose it is');
  const { mainPhone } = nextSheet(town);
  const body = { baseVersion: registration.version, content: { mainPhone, step: 2 } };
  await colleague.must(428, 'PUT', pathOf(town), { body });
  await colleague.must<DraftResponse>(200, 'PUT', pathOf(town), { body, ifMatch: read.etag });
  const stale = await clerk.must<{ title: string; savedBy: string }>(412, 'PUT', pathOf(town), {
    body,
    ifMatch: seenByClerk,
  });
  expect(stale.body.savedBy === colleague.name, 'the clerk is told who has saved meanwhile');
  say(`412 ${stale.body.title}（${stale.body.savedBy}）`);
  await reviewer.must(403, 'GET', pathOf(town));
  say("a draft is none of the office's business: 403");
}

const nextSheet = ({ registration }: Town): ProposedRegistrationDto => ({
  ...sheetOf(registration),
  mainPhone: otherPhone(registration.mainPhone),
});

async function colleagueSendsTwice(town: Town, colleague: Person): Promise<ChangeRequestResponse> {
  step('The colleague sends it, the connection breaks, and the page sends it once more with the same key');
  const { etag } = await readTown(colleague, town);
  const path = `/registrations/${town.id}/change-requests`;
  const request = {
    ifMatch: etag,
    idempotencyKey: `story-${mark()}`,
    body: { proposed: nextSheet(town), comment: null as string | null },
  };
  const first = await colleague.must<ChangeRequestResponse>(201, 'POST', path, request);
  const again = await colleague.must<ChangeRequestResponse>(201, 'POST', path, request);
  expect(JSON.stringify(again.body) === JSON.stringify(first.body), 'the same answer, word for word');
  expect(again.etag === first.etag, 'and the same ETag');
  showDiff(first.body);
  const other = { ...request, body: { ...request.body, comment: '別の届出です。' } };
  const refused = await colleague.must<{ code: string }>(409, 'POST', path, other);
  expect(refused.body.code === 'idempotency-key-reused', 'one key is for one thing');
  say(`409 ${refused.body.code} for another body with this key`);
  return first.body;
}

async function nothingIsLeftOfIt(
  { reviewer }: Stage,
  town: Town,
  colleague: Person,
  { id, number }: ChangeRequestResponse,
): Promise<void> {
  step('What is sent is no draft any more, and there is one change request');
  for (const person of [town.clerk, colleague]) await person.must(404, 'GET', pathOf(town));
  const { body } = await colleague.must<{ total: number; items: { id: string }[] }>(
    200,
    'GET',
    '/change-requests?status=under_review',
  );
  expect(body.total === 1 && body.items[0]?.id === id, 'one change request');
  const since = new Date();
  await approve(reviewer, id);
  await colleague.waitForMail(town.mailbox, '変更届を登録に反映しました', since);
  say(`${number} is taken over`);
}
