import type { CampaignPlanDto, CampaignResponse, StepResponse } from '../../src/campaigns/campaign.dto.js';
import type { TaskPage } from '../../src/platform/tasks/task.dto.js';
import {
  arrange,
  on,
  only,
  rowsOf,
  standingOf,
  stepsOf,
  toMailboxes,
  registrationsAt,
} from '../factories/campaign-walk.js';
import { campaignMails, plan, reviewer, start, step } from '../factories/campaigns.js';
import { newRegistration } from '../factories/change-requests.js';
import { runJobs } from '../factories/clock.js';
import { signInMember, signInStaff } from '../factories/people.js';
import type { TestRegistration } from '../factories/registrations.js';
import type { Answer, Problem } from '../setup/client.js';
import { type ClockedPortal, startPortalWithFakedClock } from '../setup/faked-clock.js';

let portal: ClockedPortal;
let registration: TestRegistration;
let campaign: CampaignResponse;

beforeAll(async () => {
  portal = await startPortalWithFakedClock();
});
afterAll(() => portal.close());

const LADDER = [
  { template: 'ask', recipients: 'primary', on: '2027-04-05' },
  { template: 'reminder', recipients: 'primary', on: '2027-04-12' },
  { template: 'final', recipients: 'primary', on: '2027-04-19' },
  { template: 'phone', on: '2027-04-26' },
];

/** One municipality that nobody else's test asks. */
beforeEach(async () => {
  await portal.clock.set('2027-04-01T10:00:00+09:00');
  registration = (await newRegistration(portal)).registration;
  campaign = await start((await reviewer(portal)).client, { audience: only(registration), steps: LADDER });
});

const read = async (): Promise<CampaignResponse> =>
  (await (await reviewer(portal)).client.get<CampaignResponse>(`/campaigns/${campaign.id}`)).body;

const known = ({ id, template, recipients, on: date, afterDays, hour, opening }: StepResponse): object => ({
  id,
  template,
  recipients,
  on: date,
  afterDays,
  hour,
  opening,
});

/** Writes the running campaign anew, with other steps made of those it has. */
async function rewrite(
  steps: (before: object[]) => object[],
  changes: Partial<Record<keyof CampaignPlanDto, unknown>> = {},
): Promise<Answer<CampaignResponse & Partial<Problem>>> {
  const before = await read();
  return (await reviewer(portal)).client.put(`/campaigns/${before.id}`, {
    ifMatch: before.version,
    body: plan({ audience: before.audience, ...changes, steps: steps(before.steps.map(known)) }),
  });
}

const act = async (what: 'pause' | 'resume' | 'close'): Promise<CampaignResponse> => {
  const { status, body } = await step((await reviewer(portal)).client, await read(), what);
  expect(status).toBe(200);
  return body;
};

/** What this test's campaign mails on a day, by subject. */
const mailed = async (instant: string): Promise<string[]> =>
  (await on(portal, instant))
    .filter(({ recipient }) => recipient.endsWith(`t${registration.code}.example`))
    .map(({ subject }) => /】(\S+?)[：（]/u.exec(subject)?.[1] ?? subject);

const FIRST = '登録内容の確認のお願い';
const AGAIN = '再度のお願い';
const LAST = '期限前のお願い';

describe('the steps of a running campaign', () => {
  it('that are taken out don’t go, and what is put in goes on its day', async () => {
    expect(await mailed('2027-04-05T09:00:10+09:00')).toEqual([FIRST]);
    const { status, body } = await rewrite(([ask, , final, phone]) => [
      ask!,
      { template: 'reminder', recipients: 'deputy', on: '2027-04-14' },
      final!,
      phone!,
    ]);
    expect([status, body.code]).toEqual([200, undefined]);
    expect(await mailed('2027-04-12T09:00:10+09:00')).toEqual([]);
    expect(await mailed('2027-04-14T09:00:10+09:00')).toEqual([AGAIN]);
    expect(await mailed('2027-04-19T09:00:10+09:00')).toEqual([LAST]);
    expect(await stepsOf(portal, campaign.id)).toEqual(['ask done', 'reminder done', 'final done', 'phone']);
  });

  it('go on another day where they were moved, and once', async () => {
    await mailed('2027-04-05T09:00:10+09:00');
    await rewrite(([ask, reminder, ...rest]) => [
      ask!,
      { ...reminder!, on: '2027-04-08', hour: 15 },
      ...rest,
    ]);
    expect(await mailed('2027-04-08T14:59:00+09:00')).toEqual([]);
    expect(await mailed('2027-04-08T15:00:10+09:00')).toEqual([AGAIN]);
    const moved = await rewrite(([ask, reminder, ...rest]) => [
      ask!,
      { ...reminder!, on: '2027-04-14', hour: 9 },
      ...rest,
    ]);
    expect([moved.status, moved.body.code]).toEqual([409, 'campaign-step-gone']);
    expect(await mailed('2027-04-14T09:00:10+09:00')).toEqual([]);
  });

  it('begin in the words that stand there when they go', async () => {
    await rewrite(([ask, ...rest]) => [{ ...ask!, opening: '最初の書き出しです。' }, ...rest]);
    await rewrite(([ask, ...rest]) => [{ ...ask!, opening: '書き直した書き出しです。' }, ...rest]);
    await on(portal, '2027-04-05T09:00:10+09:00');
    const bodies = (await campaignMails(portal))
      .filter(({ recipient }) => recipient === registration.mailbox)
      .map(({ body }) => body);
    expect(bodies).toEqual([expect.stringContaining('\n書き直した書き出しです。\n')]);
    const late = await rewrite(([ask, ...rest]) => [{ ...ask!, opening: '遅すぎる書き出し' }, ...rest]);
    expect(late.body.code).toBe('campaign-step-gone');
  });

  it('stay as they are where they have gone: neither out, nor another, nor in another place', async () => {
    await on(portal, '2027-04-05T09:00:10+09:00');
    const without = await rewrite(([, ...rest]) => rest);
    const anew = await rewrite(([ask, ...rest]) => [{ ...ask!, id: undefined }, ...rest]);
    const behind = await rewrite(([ask, reminder, ...rest]) => [reminder!, ask!, ...rest]);
    expect([without, anew, behind].map(({ status, body }) => [status, body.code])).toEqual(
      [1, 2, 3].map(() => [409, 'campaign-step-gone']),
    );
  });

  it('take no day that has passed, and no id of another campaign', async () => {
    await on(portal, '2027-04-05T09:00:10+09:00');
    const past = await rewrite(([ask, reminder, ...rest]) => [
      ask!,
      { ...reminder!, on: '2027-04-05' },
      ...rest,
    ]);
    expect(past.status).toBe(422);
    expect(past.body.errors?.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/steps/1/on out-of-order',
      '/steps/1/on in-the-past',
    ]);
    const { registration: other } = await newRegistration(portal);
    const foreign = await start((await reviewer(portal)).client, {
      audience: only(other),
      steps: [{ template: 'ask', recipients: 'primary', on: '2027-04-20' }],
    });
    const stolen = await rewrite(([ask, reminder, ...rest]) => [
      ask!,
      { ...reminder!, id: foreign.steps[0]?.id },
      ...rest,
    ]);
    expect(stolen.body.errors).toMatchObject([{ pointer: '/steps/1/id', code: 'not-allowed' }]);
  });

  it('are written against what was seen, by who has just shown a second factor', async () => {
    const before = await read();
    const body = plan({ audience: before.audience, steps: before.steps.map(known) });
    const first = await reviewer(portal);
    const put = (ifMatch: number) => first.client.put(`/campaigns/${before.id}`, { ifMatch, body });
    expect((await put(before.version)).status).toBe(200);
    expect((await put(before.version)).status).toBe(412);
    await portal.clock.advance({ minutes: 11 });
    expect((await put(before.version + 1)).body.code).toBe('step-up-needed');
    const editor = await signInStaff(portal, ['editor']);
    expect((await editor.client.put(`/campaigns/${before.id}`, { ifMatch: 1, body })).status).toBe(403);
  });

  it('move with a day that the office closes meanwhile', async () => {
    await on(portal, '2027-04-05T09:00:10+09:00');
    const close = (days: object[]): Promise<void> =>
      arrange(portal, 'UPDATE office_settings SET closed_days = $1', [JSON.stringify(days)]);
    await close([{ date: '2027-04-12', note: null }]);
    try {
      expect(await mailed('2027-04-12T09:00:10+09:00')).toEqual([]);
      expect((await read()).steps[1]).toMatchObject({ date: '2027-04-13', status: 'planned' });
      expect(await mailed('2027-04-13T09:00:10+09:00')).toEqual([AGAIN]);
    } finally {
      await close([]);
    }
    expect(await mailed('2027-04-13T09:10:00+09:00')).toEqual([]);
  });
});

describe('a pause', () => {
  it('lets nothing go, and what fell due goes once it is over', async () => {
    await act('pause');
    expect(await mailed('2027-04-05T09:00:10+09:00')).toEqual([]);
    await portal.clock.set('2027-04-07T10:00:00+09:00');
    await act('resume');
    expect(await mailed('2027-04-07T10:00:10+09:00')).toEqual([FIRST]);
    expect(await mailed('2027-04-12T09:00:10+09:00')).toEqual([AGAIN]);
  });

  it('over two mails lets only the later go, and tells the office of the other', async () => {
    await act('pause');
    await portal.clock.set('2027-04-13T10:00:00+09:00');
    await act('resume');
    // By the words of a first one, since nobody had asked before.
    expect(await mailed('2027-04-13T10:00:10+09:00')).toEqual([FIRST]);
    expect((await stepsOf(portal, campaign.id)).slice(0, 2)).toEqual(['ask overtaken', 'reminder done']);
    const { items } = (await (await reviewer(portal)).client.get<TaskPage>('/tasks?limit=500')).body;
    const ask = (await read()).steps[0]?.id;
    expect(items.filter(({ subjectId }) => subjectId === ask)).toMatchObject([
      { kind: 'campaign.overtaken' },
    ]);
  });

  it('takes answers all the same', async () => {
    await mailed('2027-04-05T09:00:10+09:00');
    await act('pause');
    const { client } = await signInMember(portal, registration);
    await client.post(`/registrations/${registration.id}/confirmations`, { ifMatch: 1 });
    expect(await standingOf(portal, campaign.id, registration)).toBe('answered unchanged');
  });
});

describe('what still waits to be sent', () => {
  /** Which of a campaign's waiting mails are of no more use, by mailbox. */
  const withdrawn = async (): Promise<Record<string, boolean>> => {
    await portal.clock.advance({ minutes: 1 });
    await runJobs(portal);
    const rows = await rowsOf<{ recipient: string; withdrawn: boolean }>(
      portal,
      `SELECT o.recipient, bool_and(coalesce(o.useless_after <= now(), false)) AS withdrawn
         FROM outbox_message o JOIN campaign_reminder r ON r.mail_id = o.id WHERE r.campaign_id = $1 GROUP BY 1`,
      [campaign.id],
    );
    return Object.fromEntries(rows.map((row) => [row.recipient, row.withdrawn]));
  };

  it('is withdrawn when the campaign is closed, and every question has ended', async () => {
    await mailed('2027-04-05T09:00:10+09:00');
    expect(await withdrawn()).toEqual({ [registration.mailbox]: false });
    expect(await act('close')).toMatchObject({ state: 'closed', progress: { left: 1, open: 0 } });
    expect(await standingOf(portal, campaign.id, registration)).toBe('left closed');
    expect(await withdrawn()).toEqual({ [registration.mailbox]: true });
    expect(await mailed('2027-04-12T09:00:10+09:00')).toEqual([]);
    const clerk = await signInMember(portal, registration);
    expect((await clerk.client.get('/me/question')).body).toEqual({ question: null });
  });

  it('is withdrawn for whom has answered; in a shared mailbox only when all that share it have', async () => {
    const made = await registrationsAt(portal, ['shared.example', 'shared.example', 'alone.example']);
    const shared = 'kikaku@shared.example';
    const [one, two, alone] = made as [TestRegistration, TestRegistration, TestRegistration];
    const { client } = await reviewer(portal);
    campaign = await start(client, { audience: only(...made), steps: LADDER });
    const mails = await on(portal, '2027-04-05T09:00:10+09:00');
    expect(toMailboxes(mails)).toEqual([alone.mailbox, shared, registration.mailbox].toSorted());
    const say = async (who: TestRegistration): Promise<void> => {
      const clerk = await signInMember(portal, who);
      await clerk.client.post(`/registrations/${who.id}/confirmations`, { ifMatch: 1 });
    };
    await say(one);
    expect(await withdrawn()).toEqual({ [shared]: false, [alone.mailbox]: false });
    await say(alone);
    expect(await withdrawn()).toEqual({ [shared]: false, [alone.mailbox]: true });
    await say(two);
    expect(await withdrawn()).toEqual({ [shared]: true, [alone.mailbox]: true });
  });
});
