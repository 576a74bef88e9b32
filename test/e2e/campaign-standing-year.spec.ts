import type { CampaignPage, CampaignResponse } from '../../src/campaigns/campaign.dto.js';
import type { PreviewResponse } from '../../src/campaigns/preview.dto.js';
import { Database } from '../../src/platform/database/database.service.js';
import { create, reviewer, start, step, targetsOf } from '../factories/campaigns.js';
import { runJobs } from '../factories/clock.js';
import { signInMember } from '../factories/people.js';
import { CODES, createRegistration, type TestRegistration } from '../factories/registrations.js';
import { type ClockedPortal, startPortalWithFakedClock } from '../setup/faked-clock.js';

/** The standing rule and the year's own campaign, side by side. */
let portal: ClockedPortal;
let otofuke: TestRegistration;
let silent: TestRegistration;

beforeAll(async () => {
  portal = await startPortalWithFakedClock();
  await portal.clock.set('2026-01-15T10:00:00+09:00');
  otofuke = await createRegistration(portal, CODES.otofuke);
  silent = await createRegistration(portal, CODES.yusuhara);
});
afterAll(() => portal.close());

const campaigns = async (): Promise<CampaignPage['items']> =>
  (await (await reviewer(portal)).client.get<CampaignPage>('/campaigns')).body.items;

async function on(instant: string): Promise<void> {
  await portal.clock.set(instant);
  await runJobs(portal);
}

describe('a registration that the standing rule asks when the year comes', () => {
  let yearly: CampaignResponse;

  it('is asked by the standing rule in March', async () => {
    await on('2027-03-01T09:00:10+09:00');
    expect(await campaigns()).toMatchObject([{ kind: 'standing', state: 'running', targets: 2 }]);
  });

  it('is no reason to leave it out: the preview counts it, and the start takes it over', async () => {
    const { client } = await reviewer(portal);
    const draft = await create(client);
    const preview = await client.get<PreviewResponse>(`/campaigns/${draft.id}/preview`);
    expect(preview.body).toMatchObject({ targets: 2, leftOut: [] });
    yearly = (await step(client, draft, 'start')).body;
    expect(yearly.progress).toMatchObject({ targets: 2, open: 2, askedAlready: 0 });
    const standing = (await campaigns()).find(({ kind }) => kind === 'standing');
    expect(await targetsOf(portal, standing?.id ?? '')).toEqual({
      [CODES.otofuke]: { answer: null, leftBecause: 'taken-over' },
      [CODES.yusuhara]: { answer: null, leftBecause: 'taken-over' },
    });
  });

  it('ends the standing campaign, which has nobody left to ask', async () => {
    await on('2027-03-02T09:00:10+09:00');
    expect((await campaigns()).map(({ kind, state }) => [kind, state])).toEqual([
      ['office', 'running'],
      ['standing', 'closed'],
    ]);
  });

  it('is not asked by the rule for as long as a confirmation counts after it was asked in vain', async () => {
    await on('2027-04-05T09:00:10+09:00');
    const { client } = await signInMember(portal, otofuke);
    await client.post(`/registrations/${otofuke.id}/confirmations`, { ifMatch: 1 });
    await portal.clock.set('2027-07-30T10:00:00+09:00');
    const { client: desk } = await reviewer(portal);
    const now = (await desk.get<CampaignResponse>(`/campaigns/${yearly.id}`)).body;
    expect((await step(desk, now, 'close')).status).toBe(200);
    expect((await targetsOf(portal, yearly.id))[CODES.yusuhara]).toEqual({
      answer: null,
      leftBecause: 'closed',
    });
    for (const day of ['2027-08-02', '2027-09-01', '2028-07-03']) {
      await on(`${day}T09:00:10+09:00`);
      const standing = (await campaigns()).filter(
        ({ kind, state }) => kind === 'standing' && state === 'running',
      );
      expect([day, standing.map(({ targets }) => targets)]).toEqual([day, day > '2028-06' ? [1] : []]);
    }
    expect(silent.code).toBe(CODES.yusuhara);
  });
});

describe('a step that the office’s closed days move behind one that has gone', () => {
  it('is overtaken, and the plan can still be changed', async () => {
    await portal.clock.set('2029-03-01T10:00:00+09:00');
    const { client } = await reviewer(portal);
    const running = await start(client, {
      countsFrom: '2029-03-01',
      deadline: '2029-04-30',
      steps: [
        { template: 'ask', recipients: 'primary', on: '2029-04-02' },
        { template: 'reminder', recipients: 'primary', afterDays: 5 },
        { template: 'final', recipients: 'primary', on: '2029-04-11' },
      ],
    });
    await on('2029-04-02T09:00:10+09:00');
    await portal.app.get(Database).asSystem('test', (tx) =>
      tx.execute(
        `UPDATE office_settings SET closed_days = (
           SELECT jsonb_agg(jsonb_build_object('date', day, 'note', NULL))
             FROM unnest(ARRAY['2029-04-03', '2029-04-04', '2029-04-05', '2029-04-06']) AS day)`,
      ),
    );
    await on('2029-04-11T09:00:10+09:00');
    const read = async (): Promise<CampaignResponse> =>
      (await (await reviewer(portal)).client.get<CampaignResponse>(`/campaigns/${running.id}`)).body;
    expect((await read()).steps.map(({ status }) => status)).toEqual(['done', 'planned', 'done']);
    await on('2029-04-13T09:00:10+09:00');
    const after = await read();
    expect(after.steps.map(({ status }) => status)).toEqual(['done', 'overtaken', 'done']);
  });
});
