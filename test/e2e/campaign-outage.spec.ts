import type { CampaignResponse } from '../../src/campaigns/campaign.dto.js';
import type { TaskPage } from '../../src/platform/tasks/task.dto.js';
import { on, only, registrationsAt, rowsOf, stepsOf } from '../factories/campaign-walk.js';
import { campaignMails, reviewer, start } from '../factories/campaigns.js';
import { runJobs } from '../factories/clock.js';
import type { TestRegistration } from '../factories/registrations.js';
import { type ClockedPortal, startPortalWithFakedClock } from '../setup/faked-clock.js';
import type { QueuedMail } from '../setup/outbox.js';
import { type PortalProcess, preloading, Processes, ticked } from '../setup/processes.js';

/** Late, around midnight, on odd days, by clocks that are wrong: each step on its Japanese date, and once. */
const PROCESSES = 3;

let portal: ClockedPortal;
let processes: Processes;
let made: TestRegistration[];
let hosts = 0;

beforeAll(async () => {
  portal = await startPortalWithFakedClock();
  processes = await Processes.beside(portal);
});
afterAll(async () => {
  await processes.close();
  await portal.close();
});

const mail = (template: string, date: string): object => ({ template, recipients: 'primary', on: date });

async function begin(instant: string, steps: object[], deadline: string): Promise<CampaignResponse> {
  await portal.clock.set(instant);
  made = await registrationsAt(portal, [`late${(hosts += 1)}.example`, `late${(hosts += 1)}.example`]);
  const countsFrom = instant.slice(0, 10);
  return start((await reviewer(portal)).client, { audience: only(...made), countsFrom, deadline, steps });
}

/** What has been mailed to this test's municipalities so far, oldest first. */
const mails = async (): Promise<QueuedMail[]> => {
  const mine = new Set(made.map(({ mailbox }) => mailbox));
  return (await campaignMails(portal)).filter(({ recipient }) => mine.has(recipient));
};

/** How many of them no worker has noted as sent yet. */
async function unsent(): Promise<number> {
  const [row] = await rowsOf<{ n: number }>(
    portal,
    'SELECT count(*)::int AS n FROM outbox_message WHERE recipient = ANY ($1) AND sent_at IS NULL',
    [made.map(({ mailbox }) => mailbox)],
  );
  return row?.n ?? 0;
}

/** Several looks at once after what fell due meanwhile. */
async function tick(instant: string): Promise<void> {
  await portal.clock.set(instant);
  await Promise.all(Array.from({ length: PROCESSES }, () => runJobs(portal)));
}

/** The same by several processes that start at the same moment; then they end. */
async function comeBack(instant: string): Promise<void> {
  await portal.clock.set(instant);
  const children = await Promise.all(
    Array.from({ length: PROCESSES }, () => processes.start(preloading('quick-ticks'))),
  );
  await Promise.all(children.map((process) => ticked(process, 2)));
  await Promise.all(children.map(({ child }) => child.end('SIGTERM')));
}

const overtaken = async ({ id }: CampaignResponse): Promise<number> => {
  const { body } = await (
    await reviewer(portal)
  ).client.get<TaskPage>('/tasks?kind=campaign.overtaken&limit=500');
  const steps = await rowsOf<{ id: string }>(portal, 'SELECT id FROM campaign_step WHERE campaign_id = $1', [
    id,
  ]);
  return body.items.filter(({ subjectId }) => steps.some((step) => step.id === subjectId)).length;
};

const SPRING = [mail('ask', '2027-04-05'), mail('reminder', '2027-04-12'), mail('final', '2027-04-19')];

describe('an outage', () => {
  it('of 26 hours over a step lets it go once, late, and the next one on its day', async () => {
    const campaign = await begin('2027-04-02T10:00:00+09:00', SPRING, '2027-04-30');
    await comeBack('2027-04-06T11:00:00+09:00');
    expect(await mails()).toHaveLength(2);
    expect(await stepsOf(portal, campaign.id)).toEqual(['ask done', 'reminder', 'final']);
    await on(portal, '2027-04-12T08:59:00+09:00');
    expect(await mails()).toHaveLength(2);
    await on(portal, '2027-04-12T09:00:10+09:00');
    expect(await mails()).toHaveLength(4);
    expect((await mails())[3]?.body).toContain('2027年4月6日（火）にもお願いしましたが');
    expect(await overtaken(campaign)).toBe(0);
  });

  it('over two mails lets the later go alone, and tells the office of the other once', async () => {
    const campaign = await begin('2027-04-02T10:00:00+09:00', SPRING, '2027-04-30');
    await comeBack('2027-04-13T07:00:00+09:00');
    expect(await mails()).toHaveLength(2);
    // Nobody had asked them before, and so they are asked for the first time.
    for (const { subject, body } of await mails()) {
      expect(subject).toMatch(/】登録内容の確認のお願い（/u);
      expect(body).not.toContain('にもお願いしましたが');
    }
    expect(await stepsOf(portal, campaign.id)).toEqual(['ask overtaken', 'reminder done', 'final']);
    expect(await overtaken(campaign)).toBe(1);
    await on(portal, '2027-04-19T09:00:10+09:00');
    expect(await mails()).toHaveLength(4);
  });

  it('over a mail and the list to call makes the list, and mails nobody who is called', async () => {
    const campaign = await begin(
      '2027-04-02T10:00:00+09:00',
      [mail('ask', '2027-04-05'), mail('final', '2027-04-12'), { template: 'phone', on: '2027-04-14' }],
      '2027-04-30',
    );
    await on(portal, '2027-04-05T09:00:10+09:00');
    await tick('2027-04-15T10:00:00+09:00');
    expect(await mails()).toHaveLength(2);
    expect(await stepsOf(portal, campaign.id)).toEqual(['ask done', 'final overtaken', 'phone done']);
    const { body } = await (
      await reviewer(portal)
    ).client.get<{ items: unknown[] }>(`/campaigns/${campaign.id}/calls`);
    expect(body.items).toHaveLength(2);
  });
});

describe('a date in Japan', () => {
  it('turns at midnight there: the deadline is one until then, and past from then on', async () => {
    await begin('2027-04-26T10:00:00+09:00', [mail('ask', '2027-04-30')], '2027-04-30');
    await tick('2027-04-30T23:59:30+09:00');
    expect((await mails())[0]?.body).toContain('期限は、2027年（令和9年）4月30日（金）です。');
    await begin('2027-04-26T10:00:00+09:00', [mail('ask', '2027-04-30')], '2027-04-30');
    // In Greenwich it is still the afternoon of the thirtieth.
    await comeBack('2027-05-01T00:00:05+09:00');
    expect(await mails()).toHaveLength(2);
    expect((await mails())[0]?.body).toContain('4月30日（金）を過ぎていますが');
  });

  it('may be the leap day', async () => {
    const campaign = await begin(
      '2028-02-28T10:00:00+09:00',
      [mail('ask', '2028-02-29'), { template: 'reminder', recipients: 'primary', afterDays: 1 }],
      '2028-03-31',
    );
    await on(portal, '2028-02-28T23:59:00+09:00');
    expect(await mails()).toEqual([]);
    await tick('2028-02-29T00:00:30+09:00');
    expect(await mails()).toEqual([]);
    await tick('2028-02-29T09:00:05+09:00');
    expect(await mails()).toHaveLength(2);
    expect((await mails())[0]?.body).toContain('2028年3月1日（水）に、担当者（正）の方へ');
    await on(portal, '2028-03-01T09:00:05+09:00');
    expect(await mails()).toHaveLength(4);
    expect(await stepsOf(portal, campaign.id)).toEqual(['ask done', 'reminder done']);
  });

  it('never falls between the years: what would comes on the fourth of January', async () => {
    await begin(
      '2028-12-25T10:00:00+09:00',
      [mail('ask', '2028-12-28'), { template: 'reminder', recipients: 'primary', afterDays: 1 }],
      '2029-01-31',
    );
    await on(portal, '2028-12-28T09:00:05+09:00');
    for (const instant of [
      '2028-12-29T09:00:05',
      '2028-12-31T23:59:55',
      '2029-01-01T00:00:05',
      '2029-01-03T12:00:00',
    ]) {
      await on(portal, `${instant}+09:00`);
    }
    await tick('2029-01-04T00:00:05+09:00');
    expect(await mails()).toHaveLength(2);
    await tick('2029-01-04T09:00:05+09:00');
    const [, , reminder] = await mails();
    expect([await mails(), reminder?.body]).toMatchObject([
      { length: 4 },
      expect.stringContaining('2028年12月28日（木）にもお願いしましたが'),
    ]);
  });
});

it('processes whose own clocks are ten minutes wrong send nothing early, and nothing twice', async () => {
  await begin('2030-04-01T10:00:00+09:00', [mail('ask', '2030-04-03')], '2030-04-30');
  await portal.clock.set('2030-04-03T08:55:00+09:00');
  const wrong = (minutes: number): Promise<PortalProcess> =>
    processes.start({ ...preloading('quick-ticks', 'wrong-clock'), CLOCK_WRONG_BY_MINUTES: String(minutes) });
  const children = await Promise.all([wrong(10), wrong(-10), wrong(0)]);
  const look = (times: number): Promise<unknown> =>
    Promise.all(children.map((process) => ticked(process, times)));
  const before = processes.sink.mails.length;
  await look(3);
  await portal.clock.set('2030-04-03T08:59:30+09:00');
  await look(3);
  expect([await mails(), processes.sink.mails.length]).toEqual([[], before]);
  await portal.clock.set('2030-04-03T09:00:00+09:00');
  await processes.sink.waitFor(before + 2);
  // Until they are noted as sent: nine minutes further on, a mail that isn't looks as if its worker had died with it.
  while ((await unsent()) > 0) await look(1);
  await portal.clock.set('2030-04-03T09:09:00+09:00');
  await look(3);
  expect(await mails()).toHaveLength(2);
  expect(
    processes.sink.mails
      .slice(before)
      .flatMap(({ envelopeTo }) => envelopeTo)
      .toSorted(),
  ).toEqual(made.map(({ mailbox }) => mailbox).toSorted());
  await Promise.all(children.map(({ child }) => child.end('SIGTERM')));
});
