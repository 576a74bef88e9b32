import type { AnnouncementSettingsResponse } from '../../src/announcements/announcement-settings.dto.js';
import { FreshnessRepository } from '../../src/freshness/freshness.repository.js';
import { Database } from '../../src/platform/database/database.service.js';
import type { ReviewPolicyResponse } from '../../src/review-policy/review-policy.dto.js';
import { call, type Things } from '../factories/calls.js';
import { create as createCampaign } from '../factories/campaigns.js';
import type { SettingsResponse } from '../../src/settings/settings.dto.js';
import { type MarkedMunicipality, markMunicipality } from '../factories/marked-municipality.js';
import { signInMember, signInStaff, type SignedIn } from '../factories/people.js';
import { CODES, createRegistration } from '../factories/registrations.js';
import { rowsOf } from '../factories/trail.js';
import { callRow, type Hidden, TOLD } from '../setup/access-matrix.js';
import { answerSchemas, type Operation, OPERATIONS } from '../setup/openapi.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';
import { type Role, ROLES, STAFF_ROLES } from '../../src/platform/access/permission.js';

/** Every reading operation, as every role that has it, on rows of every kind: what is told, and what isn't. */
let portal: TestPortal;
let ours: MarkedMunicipality;
/** A campaign that is still planned; `ours` has one that runs. */
let draft: string;
const people = new Map<Role, SignedIn>();
const accounts = new Map<Role, string>();

/** `reviewer ChangeRequestResponse decidedByName`, where the answer held something. */
const read = new Set<string>();

beforeAll(async () => {
  portal = await startTestPortal();
  ours = await markMunicipality(portal, CODES.otofuke, 'marka', '0155-11');
  people.set('member', await signInMember(portal, ours.registration));
  for (const role of STAFF_ROLES) {
    const somebody = await signInStaff(portal, [role]);
    people.set(role, somebody);
    accounts.set(role, somebody.person.accountId);
  }
  await proposeOtherRules();
  await setOtherLimits();
  draft = await planAnother();
  await askOthers();
  await closeForADay();
  await recordFreshness();
});
afterAll(() => portal.close());

async function proposeOtherRules(): Promise<void> {
  const { client } = people.get('admin') as SignedIn;
  const { version } = (await client.get<ReviewPolicyResponse>('/review-policy')).body;
  const body = { atOnce: ['kana'], reason: '読み仮名は、確認しなくてもよいため。' };
  expect((await client.put('/review-policy', { ifMatch: version, body })).status).toBe(200);
}

async function setOtherLimits(): Promise<void> {
  const { client } = people.get('editor') as SignedIn;
  const { body: settings } = await client.get<AnnouncementSettingsResponse>('/announcement-settings');
  const { version, categories, attachmentMaxBytes, digestHour } = settings;
  const body = { categories, attachmentMaxBytes, digestHour, attachmentMaxCount: 5 };
  expect((await client.put('/announcement-settings', { ifMatch: version, body })).status).toBe(200);
}

/** With a day that has passed, and ours among those who have said something since. */
async function planAnother(): Promise<string> {
  const { client } = people.get('reviewer') as SignedIn;
  await createRegistration(portal, CODES.takasaki);
  const steps = [{ template: 'ask', recipients: 'primary', on: '2026-04-06' }];
  return (await createCampaign(client, { countsFrom: '2026-04-01', steps })).id;
}

/** In the campaign that runs: one that has answered, one that is to be called; and what ours is asked counts from now. */
async function askOthers(): Promise<void> {
  const answered = await createRegistration(portal, CODES.totsukawa);
  const called = await createRegistration(portal, CODES.yusuhara);
  await rowsOf(
    portal,
    `WITH others AS (
       INSERT INTO campaign_target (campaign_id, registration_id, counts_from, answered_at, answer, to_call_at)
       VALUES ($1, $2, now(), now(), 'unchanged', NULL), ($1, $3, now(), NULL, NULL, now())),
     mailed AS (
       INSERT INTO campaign_reminder (campaign_id, registration_id, step_id, mailbox_key, mail_id)
       SELECT $1, $3, step_id, mailbox_key, mail_id FROM campaign_reminder WHERE campaign_id = $1),
     called AS (
       INSERT INTO campaign_call (id, campaign_id, registration_id, way, outcome, account_id)
       SELECT gen_random_uuid(), $1, $3, way, outcome, account_id FROM campaign_call WHERE campaign_id = $1)
     UPDATE campaign_target SET counts_from = now() WHERE campaign_id = $1 AND registration_id = $4`,
    [ours.things.campaign, answered.id, called.id, ours.registration.id],
  );
}

async function closeForADay(): Promise<void> {
  const { client } = people.get('admin') as SignedIn;
  const { body: settings } = await client.get<SettingsResponse>('/settings');
  const { version, changedAt: _at, changedByName: _by, ...body } = settings;
  const closedDays = [{ date: '2027-05-06', note: '事務所の移転' }];
  expect((await client.put('/settings', { ifMatch: version, body: { ...body, closedDays } })).status).toBe(
    200,
  );
}

const recordFreshness = (): Promise<void> =>
  portal.app.get(Database).asSystem('test', (tx) => portal.app.get(FreshnessRepository).takeSnapshot(tx));

interface Flaw {
  readonly field: string;
  readonly is: string;
}

/** @returns what an answer holds that the matrix doesn't know, or that it hides from the role */
function flawsIn(role: Role, schema: string, value: unknown, holder: unknown = null): Flaw[] {
  if (Array.isArray(value)) return value.flatMap((item) => flawsIn(role, schema, item, holder));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, held]) => {
    const row = TOLD.find(
      (known) => known.schema === schema && known.field.replace(/(\[\]|\/\*)$/, '') === name,
    );
    const field = `${schema} ${name}`;
    if (!row) return [{ field, is: 'unknown' }];
    if (held !== null) read.add(`${role} ${field}`);
    const hidden = row.hidden.find((rule) => rule.role === role);
    if (hidden && !isHidden(hidden, held, value)) return [{ field, is: `told: ${JSON.stringify(held)}` }];
    return flawsWithin(role, row.holds, held);
  });
}

/** Where a field may hold one of several, it has to be right as one of them. */
function flawsWithin(role: Role, holds: readonly string[], held: unknown): Flaw[] {
  const tries = holds.map((inner) => flawsIn(role, inner, held));
  return tries.find((flaws) => flaws.length === 0) ?? tries[0] ?? [];
}

function isHidden({ as, ofStaffOnly }: Hidden, held: unknown, holder: object): boolean {
  if (ofStaffOnly && (holder as { proposedByStaff?: boolean }).proposedByStaff !== true) return true;
  return held === (as === 'null' ? null : as);
}

const READING = OPERATIONS.filter(({ method }) => method === 'GET');

async function readAs(role: Role, operation: Operation, others: Things): Promise<unknown> {
  const account = accounts.get(role);
  const things = { ...ours.things, ...others, ...(account !== undefined && { account }) };
  const answer = await call((people.get(role) as SignedIn).client, operation, { things });
  expect([role, answer.status]).toEqual([role, 200]);
  return answer.body;
}

describe.each(ROLES)('to a %s', (role) => {
  it.each(READING.filter(({ id }) => callRow(id).marks[role] !== '–'))(
    '$id tells what the matrix says, and hides what it hides',
    async (operation) => {
      for (const others of [
        {},
        { changeRequest: ours.ofStaff, campaign: draft },
        { changeRequest: ours.scheduled },
      ]) {
        const body = await readAs(role, operation, others);
        expect(flawsIn(role, operation.answer ?? '', body)).toEqual([]);
      }
    },
  );
});

describe('the walk', () => {
  it('has read something of every schema that reading answers hold', () => {
    const schemas = new Set([...read].map((entry) => entry.split(' ')[1]));
    expect(answerSchemas(READING).filter((schema) => !schemas.has(schema))).toEqual([]);
  });

  it.each(TOLD.filter(({ hidden }) => hidden.length > 0))(
    'has read what others are told in $field of $schema',
    ({ schema, field, hidden }) => {
      const blind = new Set(hidden.map((rule) => rule.role));
      for (const role of STAFF_ROLES.filter((name) => !blind.has(name)))
        expect(read).toContain(`${role} ${schema} ${field}`);
    },
  );
});
