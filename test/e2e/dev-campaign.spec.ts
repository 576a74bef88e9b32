import type { CampaignPage, CampaignResponse } from '../../src/campaigns/campaign.dto.js';
import type { CampaignDaysPassed } from '../../src/demo/dev-time.dto.js';
import { DemoSeed } from '../../src/demo/demo.seed.js';
import { reviewer, start } from '../factories/campaigns.js';
import { type Answer, Client } from '../setup/client.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

/** The demo's time machine for campaigns. That a real portal has none is proved in start.spec.ts. */
let portal: TestPortal;

beforeAll(async () => {
  portal = await startTestPortal({ mode: 'demo' });
  await portal.app.get(DemoSeed).fill();
});
afterAll(() => portal.close());

const toNextStep = (id: string): Promise<Answer<CampaignDaysPassed>> =>
  new Client(portal).post(`/dev/time/campaigns/${id}`, { body: {} });

it('has a campaign of the year before, which is over and was answered by most', async () => {
  const { client } = await reviewer(portal);
  const { body } = await client.get<CampaignPage>('/campaigns');
  expect(body.items).toMatchObject([{ state: 'closed', targets: 372 }]);
  expect(body.items[0]?.answered).toBeGreaterThan(300);
  const past = await client.get<CampaignResponse>(`/campaigns/${body.items[0]?.id}`);
  expect(past.body.steps.map(({ status }) => status)).toEqual(Array.from({ length: 7 }, () => 'done'));
});

it('lets a campaign run to its end in a minute: each step on its turn, and answers come in', async () => {
  const { client } = await reviewer(portal);
  const year = new Date().getUTCFullYear() + 1;
  const { id, steps } = await start(client, {
    countsFrom: `${year}-04-01`,
    deadline: `${year}-06-30`,
    steps: [
      { template: 'pre-notice', recipients: 'primary', on: `${year}-03-10` },
      { template: 'ask', recipients: 'primary', on: `${year}-04-05` },
      { template: 'reminder', recipients: 'department', afterDays: 5 },
      { template: 'phone', afterDays: 5 },
    ],
  });
  const answers: number[] = [];
  for (const [at] of steps.entries()) {
    const { status, body } = await toNextStep(id);
    expect([status, body.demoOnly]).toEqual([200, expect.stringContaining('デモだけの機能')]);
    answers.push(body.answers);
    const { body: now } = await client.get<CampaignResponse>(`/campaigns/${id}`);
    expect(now.steps.map((step) => step.status === 'done')).toEqual(steps.map((_, index) => index <= at));
  }
  // Nobody answers a notice; the ask and the reminder bring some each.
  expect(answers.slice(0, 2)).toEqual([0, 0]);
  expect(Math.min(...answers.slice(2))).toBeGreaterThan(30);
  const { body } = await client.get<CampaignResponse>(`/campaigns/${id}`);
  expect(body.progress?.answered).toBe(answers.reduce((sum, count) => sum + count));
  expect(body.progress?.toCall).toBeGreaterThan(50);
  expect((await toNextStep(id)).status).toBe(404);
});
