import type { CampaignPlanDto } from '../../src/campaigns/campaign.dto.js';
import type { PreviewResponse } from '../../src/campaigns/preview.dto.js';
import { arrange, only, on, rowsOf, standingOf } from '../factories/campaign-walk.js';
import { create, plan, reviewer, start, step } from '../factories/campaigns.js';
import { signInMember, type SignedIn } from '../factories/people.js';
import { CODES, createRegistration, type TestRegistration } from '../factories/registrations.js';
import { type ClockedPortal, startPortalWithFakedClock } from '../setup/faked-clock.js';

/** A town in 北海道, a town in 高知県, a village in 奈良県, a city in 群馬県, each with another freshness. */
type Name = keyof typeof CODES;

let portal: ClockedPortal;
let office: SignedIn;
const made = {} as Record<Name, TestRegistration>;
const STEPS = [{ template: 'ask', recipients: 'primary', on: '2027-04-05' }];

beforeAll(async () => {
  portal = await startPortalWithFakedClock();
  await portal.clock.set('2025-01-15T10:00:00+09:00');
  for (const name of Object.keys(CODES) as Name[]) made[name] = await createRegistration(portal, CODES[name]);
  // 音更町 thirteen months before the campaign, 檮原町 eleven; nobody has ever confirmed the others.
  await confirmOn('2026-03-02T10:00:00+09:00', 'otofuke');
  await confirmOn('2026-05-02T10:00:00+09:00', 'yusuhara');
});
afterAll(() => portal.close());
beforeEach(async () => {
  await arrange(
    portal,
    `UPDATE campaign_target SET left_at = now(), left_because = 'closed'
                          WHERE left_at IS NULL AND answered_at IS NULL`,
  );
  await portal.clock.set('2027-04-02T10:00:00+09:00');
  office = await reviewer(portal);
});

async function confirmOn(instant: string, name: Name): Promise<void> {
  await portal.clock.set(instant);
  const { client } = await signInMember(portal, made[name]);
  const { status } = await client.post(`/registrations/${made[name].id}/confirmations`, { ifMatch: 1 });
  if (status !== 201) throw new Error('not confirmed');
}

type Chosen = Partial<
  Record<'prefectures' | 'associations' | 'types' | 'freshness' | 'municipalities', string[]>
>;
const chosen = (filters: Chosen): object => ({ kind: 'chosen', ...filters });

/** Whom an audience means, by name: those that are written down when it starts, and those that the preview showed. */
async function meant(audience: object): Promise<Name[]> {
  const campaign = await create(office.client, { audience, steps: STEPS });
  const preview = await office.client.get<PreviewResponse>(`/campaigns/${campaign.id}/preview`);
  const started = await step(office.client, campaign, 'start');
  if (started.body.code === 'invalid') {
    expect(preview.body.targets).toBe(0);
    expect(started.body.errors).toMatchObject([{ pointer: '/audience', code: 'empty' }]);
    return [];
  }
  const rows = await rowsOf<{ id: string }>(
    portal,
    'SELECT registration_id AS id FROM campaign_target WHERE campaign_id = $1',
    [campaign.id],
  );
  expect(preview.body.targets).toBe(rows.length);
  await step(office.client, started.body, 'close');
  return (Object.keys(CODES) as Name[]).filter((name) => rows.some(({ id }) => id === made[name].id));
}

const associationOf = async (name: Name): Promise<string> => {
  const [row] = await rowsOf<{ id: string }>(
    portal,
    `SELECT s.id FROM municipality m
       JOIN association s ON s.prefecture_code = m.prefecture_code AND m.type = ANY (s.municipality_types)
      WHERE m.code = $1`,
    [CODES[name]],
  );
  return row?.id ?? '';
};

describe('whom a campaign asks', () => {
  it('is everybody, or those of a prefecture, of a type, or picked by hand', async () => {
    expect(await meant({ kind: 'all' })).toEqual(['otofuke', 'yusuhara', 'totsukawa', 'takasaki']);
    expect(await meant(chosen({ prefectures: ['010006', '390003'] }))).toEqual(['otofuke', 'yusuhara']);
    expect(await meant(chosen({ types: ['town'] }))).toEqual(['otofuke', 'yusuhara']);
    expect(await meant(chosen({ types: ['village', 'city'] }))).toEqual(['totsukawa', 'takasaki']);
    expect(await meant(chosen({ municipalities: [CODES.takasaki] }))).toEqual(['takasaki']);
  });

  it('is those of a 市長会・町村会', async () => {
    expect(await meant(chosen({ associations: [await associationOf('otofuke')] }))).toEqual(['otofuke']);
    expect(await meant(chosen({ associations: ['nobody'] }))).toEqual([]);
  });

  it('is those who were confirmed long ago, or never, which is not the same', async () => {
    expect(await meant(chosen({ freshness: ['stale'] }))).toEqual(['otofuke']);
    expect(await meant(chosen({ freshness: ['unknown'] }))).toEqual(['totsukawa', 'takasaki']);
    expect(await meant(chosen({ freshness: ['fresh'] }))).toEqual(['yusuhara']);
    expect(await meant(chosen({ freshness: ['stale', 'unknown'] }))).toEqual([
      'otofuke',
      'totsukawa',
      'takasaki',
    ]);
  });

  it('narrows with each filter, and takes those picked by hand besides', async () => {
    expect(await meant(chosen({ types: ['town'], freshness: ['stale'] }))).toEqual(['otofuke']);
    expect(await meant(chosen({ prefectures: ['390003'], freshness: ['stale'] }))).toEqual([]);
    expect(await meant(chosen({ prefectures: ['390003'], municipalities: [CODES.otofuke] }))).toEqual([
      'otofuke',
      'yusuhara',
    ]);
  });

  it('goes by what the office calls fresh, to the beginning of a day in Japan', async () => {
    const set = (months: number): Promise<void> =>
      arrange(portal, 'UPDATE office_settings SET fresh_months = $1', [months]);
    await set(10);
    expect(await meant(chosen({ freshness: ['stale'] }))).toEqual(['otofuke', 'yusuhara']);
    await set(14);
    expect(await meant(chosen({ freshness: ['fresh'] }))).toEqual(['otofuke', 'yusuhara']);
    await set(12);
    // The very instant from which on it counts, as all lists of the portal have it.
    await arrange(portal, 'UPDATE registration SET last_confirmed_at = fresh_since() WHERE id = $1', [
      made.otofuke.id,
    ]);
    expect(await meant(chosen({ freshness: ['fresh'] }))).toEqual(['otofuke', 'yusuhara']);
    const listed = await office.client.get<{ items: { municipalityCode: string }[] }>(
      '/registrations?freshness=fresh',
    );
    expect(listed.body.items.map(({ municipalityCode }) => municipalityCode)).toEqual([
      CODES.otofuke,
      CODES.yusuhara,
    ]);
    await arrange(
      portal,
      `UPDATE registration SET last_confirmed_at = fresh_since() - interval '1 microsecond' WHERE id = $1`,
      [made.otofuke.id],
    );
    expect(await meant(chosen({ freshness: ['fresh'] }))).toEqual(['yusuhara']);
  });

  it('is nobody who has left', async () => {
    const { registration } = await withdrawnOne();
    expect(await meant(only(registration))).toEqual([]);
  });
});

async function withdrawnOne(): Promise<{ registration: TestRegistration }> {
  const registration = await createRegistration(portal, '016322');
  await office.client.post(`/registrations/${registration.id}/withdraw`, {
    ifMatch: 1,
    body: { reason: '町の方針により、退会します。' },
  });
  return { registration };
}

describe('two campaigns one after another', () => {
  it('ask each municipality once: the second leaves out whom the first still asks', async () => {
    const first = await start(office.client, { audience: only(made.otofuke, made.yusuhara), steps: STEPS });
    const draft = await create(office.client, {
      audience: only(made.yusuhara, made.totsukawa),
      steps: STEPS,
    });
    const preview = await office.client.get<PreviewResponse>(`/campaigns/${draft.id}/preview`);
    expect(preview.body).toMatchObject({
      targets: 1,
      leftOut: [
        { reason: 'asked-already', count: 1, municipalities: [{ registrationId: made.yusuhara.id }] },
      ],
    });
    const second = (await step(office.client, draft, 'start')).body;
    expect(second.progress).toMatchObject({ targets: 1, askedAlready: 1, open: 1, left: 0 });
    expect(await standingOf(portal, second.id, made.yusuhara)).toBe('left asked-already');
    const mails = await on(portal, '2027-04-05T09:00:10+09:00');
    expect(mails.map(({ recipient }) => recipient).toSorted()).toEqual(
      [made.otofuke, made.yusuhara, made.totsukawa].map(({ mailbox }) => mailbox).toSorted(),
    );
    // Once the first asks no longer, a third may.
    office = await reviewer(portal);
    await step(office.client, first, 'close');
    const third = await start(office.client, {
      audience: only(made.yusuhara),
      steps: [{ template: 'ask', recipients: 'primary', on: '2027-04-06' }],
    });
    expect(third.progress).toMatchObject({ targets: 1, open: 1 });
  });

  it('that both ask the same come to nobody for the second', async () => {
    await start(office.client, { audience: only(made.otofuke), steps: STEPS });
    const again = await create(office.client, { audience: only(made.otofuke), steps: STEPS });
    const { status, body } = await step(office.client, again, 'start');
    expect([status, body.errors]).toMatchObject([422, [{ pointer: '/audience', code: 'empty' }]]);
    const rows = await rowsOf(portal, 'SELECT FROM campaign_target WHERE campaign_id = $1', [again.id]);
    expect(rows).toEqual([]);
  });
});

describe('what can’t start', () => {
  const refused = async (changes: Partial<Record<keyof CampaignPlanDto, unknown>>): Promise<string[]> => {
    const draft = await create(office.client, { audience: only(made.otofuke), ...changes });
    const preview = await office.client.get<PreviewResponse>(`/campaigns/${draft.id}/preview`);
    const { status, body } = await step(office.client, draft, 'start');
    expect(status).toBe(422);
    const told = (errors: readonly { pointer: string; code: string }[]): string[] =>
      errors.map(({ pointer, code }) => `${pointer} ${code}`);
    expect(told(preview.body.problems)).toEqual(told(body.errors ?? []));
    return told(body.errors ?? []);
  };

  it('are steps whose time has passed, or out of order, each named', async () => {
    const [reminder, ask] = [
      { template: 'reminder', recipients: 'primary', on: '2027-04-12' },
      { template: 'ask', recipients: 'primary', on: '2027-04-05' },
    ];
    expect(await refused({ steps: [reminder, ask] })).toEqual(['/steps/1/template out-of-order']);
    expect(await refused({ steps: [{ ...ask, on: '2027-04-01' }] })).toEqual(['/steps/0/on in-the-past']);
    expect(await refused({ steps: [{ ...ask, on: '2027-04-02', hour: 10 }] })).toEqual([
      '/steps/0/on in-the-past',
    ]);
    expect(await refused({ steps: [ask, { ...reminder, on: '2027-04-05' }] })).toEqual([
      '/steps/1/on out-of-order',
    ]);
    expect(await refused({ countsFrom: '2027-04-06', deadline: '2027-04-01', steps: [ask] })).toEqual([
      '/countsFrom after-the-ask',
      '/deadline before-last-mail',
    ]);
    expect(await refused({ audience: chosen({}) })).toContain('/audience required');
  });

  it('is what can’t be kept at all: not even as a draft', async () => {
    const kept = async (changes: Parameters<typeof plan>[0]): Promise<string[]> => {
      const { status, body } = await office.client.post('/campaigns', { body: plan(changes) });
      expect(status).toBe(422);
      return (body.errors ?? []).map(({ pointer }) => pointer);
    };
    expect(await kept({ deadline: '2027-02-30' })).toEqual(['/deadline']);
    expect(await kept({ countsFrom: '2199-01-01' })).toEqual(['/countsFrom']);
    expect(await kept({ steps: [] })).toEqual(['/steps']);
    expect(await kept({ steps: Array.from({ length: 13 }, () => STEPS[0]) })).toEqual(['/steps']);
    expect(await kept({ steps: [{ ...STEPS[0], hour: 6 }] })).toEqual(['/steps/0/hour']);
    expect(await kept({ steps: [{ ...STEPS[0], afterDays: 121, on: null }] })).toEqual([
      '/steps/0/afterDays',
    ]);
    expect(await kept({ title: '' })).toEqual(['/title']);
    expect(await kept({ audience: { kind: 'chosen', prefectures: ['1'] } })).toEqual([
      '/audience/prefectures',
    ]);
    expect(await kept({ audience: { kind: 'everybody' } })).toEqual(['/audience/kind']);
  });
});
