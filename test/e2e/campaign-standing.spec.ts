import type { CampaignPage, CampaignResponse } from '../../src/campaigns/campaign.dto.js';
import {
  arrange,
  on as onOnce,
  registrationsAt,
  rowsOf,
  setStandingRule,
  standingOf,
} from '../factories/campaign-walk.js';
import { campaignMails, reviewer, start } from '../factories/campaigns.js';
import { submit, withPhone } from '../factories/change-requests.js';
import { runJobs } from '../factories/clock.js';
import { signInMember, signInStaff } from '../factories/people.js';
import type { TestRegistration } from '../factories/registrations.js';
import { type ClockedPortal, startPortalWithFakedClock } from '../setup/faked-clock.js';
import type { QueuedMail } from '../setup/outbox.js';
import { Processes } from '../setup/processes.js';

/** What the portal asks by itself: of whom nobody has heard for as long as a confirmation counts. */
let portal: ClockedPortal;
let made: TestRegistration[];

const HOSTS = ['long.example', 'longer.example', 'lately.example'];

beforeEach(async () => {
  portal = await startPortalWithFakedClock();
  // Twenty months before January 2028; the third was heard of since.
  await portal.clock.set('2026-05-11T10:00:00+09:00');
  made = await registrationsAt(portal, HOSTS);
  await portal.clock.set('2027-03-01T10:00:00+09:00');
  await confirmBy(2);
});
afterEach(() => portal.close());

async function confirmBy(at: number): Promise<void> {
  const one = made[at];
  if (!one) throw new Error('nobody');
  const { client } = await signInMember(portal, one);
  const { status } = await client.post(`/registrations/${one.id}/confirmations`, { ifMatch: 1 });
  expect(status).toBe(201);
}

const standing = async (): Promise<CampaignPage['items']> => {
  const { body } = await (await reviewer(portal)).client.get<CampaignPage>('/campaigns');
  return body.items.filter(({ kind }) => kind === 'standing');
};
/** Two ticks: the first begins, the second does what is due of it. */
async function on(clocked: ClockedPortal, instant: string): Promise<QueuedMail[]> {
  const before = (await campaignMails(clocked)).length;
  await onOnce(clocked, instant);
  await runJobs(clocked);
  return (await campaignMails(clocked)).slice(before);
}

const read = async (id: string): Promise<CampaignResponse> =>
  (await (await reviewer(portal)).client.get<CampaignResponse>(`/campaigns/${id}`)).body;
const hosts = (mails: readonly { recipient: string }[]): string[] =>
  mails.map(({ recipient }) => recipient.split('@')[1] ?? '').toSorted();

describe('the standing rule', () => {
  it('asks from the first working day of the month at nine, once', async () => {
    // 1 and 2 January are a holiday and a Sunday, the 3rd is closed: it is the 4th.
    for (const early of ['2028-01-01T09:00:10', '2028-01-03T12:00:00', '2028-01-04T08:59:50']) {
      expect(await on(portal, `${early}+09:00`)).toEqual([]);
      expect(await standing()).toEqual([]);
    }
    await on(portal, '2028-01-04T09:00:05+09:00');
    await runJobs(portal);
    expect(hosts(await campaignMails(portal))).toEqual(['long.example', 'longer.example']);
    const [campaign, ...more] = await standing();
    expect(more).toEqual([]);
    expect(campaign).toMatchObject({
      state: 'running',
      title: '長く確認のない登録の確認（2028年1月）',
      targets: 2,
    });
    expect(await read(campaign?.id ?? '')).toMatchObject({
      createdByName: null,
      countsFrom: '2028-01-04',
      steps: [{ template: 'ask', date: '2028-01-04' }, { date: '2028-01-12' }, {}, {}, {}, {}],
    });
    const before = (await campaignMails(portal)).length;
    await on(portal, '2028-01-04T17:00:00+09:00');
    await on(portal, '2028-01-05T09:00:00+09:00');
    expect((await campaignMails(portal)).length).toBe(before);
  });

  it('asks nobody twice at a time, and begins another month with whoever has come to it since', async () => {
    await on(portal, '2028-01-04T09:00:05+09:00');
    // On the first of March the third was heard of a year ago to the day, which still counts.
    await on(portal, '2028-03-01T09:00:05+09:00');
    expect(await standing()).toMatchObject([{ targets: 2 }]);
    const mails = await on(portal, '2028-03-02T09:00:05+09:00');
    expect(await standing()).toMatchObject([
      { title: '長く確認のない登録の確認（2028年3月）', targets: 1 },
      { targets: 2 },
    ]);
    expect(hosts(mails)).toEqual(['lately.example']);
  });

  it('leaves whom another campaign asks, and takes them up once that is over', async () => {
    await portal.clock.set('2028-01-04T08:00:00+09:00');
    const office = await start((await reviewer(portal)).client, {
      countsFrom: '2028-01-01',
      deadline: '2028-02-28',
      steps: [{ template: 'ask', recipients: 'primary', on: '2028-01-20' }],
    });
    expect(await on(portal, '2028-01-04T09:00:05+09:00')).toEqual([]);
    expect(await standing()).toEqual([]);
    const { client } = await reviewer(portal);
    await client.post(`/campaigns/${office.id}/close`, { ifMatch: office.version });
    await on(portal, '2028-01-05T09:00:05+09:00');
    expect(await standing()).toMatchObject([{ targets: 2 }]);
  });

  it('does nothing where an admin has switched it off', async () => {
    const { client } = await signInStaff(portal, ['admin']);
    const settings = await client.get<{ version: number }>('/campaign-settings');
    const off = await client.put('/campaign-settings', {
      ifMatch: settings.body.version,
      body: { standingRule: false },
    });
    expect(off.status).toBe(200);
    const stale = await client.put('/campaign-settings', {
      ifMatch: settings.body.version,
      body: { standingRule: true },
    });
    expect(stale.status).toBe(412);
    const office = await reviewer(portal);
    const refused = await office.client.put('/campaign-settings', {
      ifMatch: 2,
      body: { standingRule: true },
    });
    expect(refused.status).toBe(403);
    expect(await on(portal, '2028-01-04T09:00:05+09:00')).toEqual([]);
    await setStandingRule(portal, true);
    expect(hosts(await on(portal, '2028-01-05T09:00:05+09:00'))).toEqual(['long.example', 'longer.example']);
  });

  it('doesn’t begin on a day that is closed, nor in the night before', async () => {
    await setStandingRule(portal, false);
    await on(portal, '2028-01-04T09:00:05+09:00');
    await setStandingRule(portal, true);
    // Saturday, Sunday and a holiday.
    for (const day of ['2028-01-08', '2028-01-09', '2028-01-10']) {
      expect(await on(portal, `${day}T10:00:00+09:00`)).toEqual([]);
    }
    expect(await on(portal, '2028-01-11T00:00:30+09:00')).toEqual([]);
    expect(await on(portal, '2028-01-11T08:59:50+09:00')).toEqual([]);
    expect(hosts(await on(portal, '2028-01-11T09:00:05+09:00'))).toHaveLength(2);
  });

  it('mails nobody at night where it begins late on a day', async () => {
    await setStandingRule(portal, false);
    await on(portal, '2028-01-04T09:00:05+09:00');
    await setStandingRule(portal, true);
    expect(await on(portal, '2028-01-04T21:00:00+09:00')).toEqual([]);
    expect(hosts(await on(portal, '2028-01-05T09:00:05+09:00'))).toHaveLength(2);
  });

  it('goes by what the office calls fresh', async () => {
    await arrange(portal, 'UPDATE office_settings SET fresh_months = 24');
    await on(portal, '2028-01-04T09:00:05+09:00');
    expect(await standing()).toEqual([]);
    await arrange(portal, 'UPDATE office_settings SET fresh_months = 6');
    await on(portal, '2028-01-05T09:00:05+09:00');
    expect(await standing()).toMatchObject([{ targets: 3 }]);
  });

  it('asks nobody who was imported only now, though nobody has ever confirmed them', async () => {
    await portal.clock.set('2027-12-20T09:00:00+09:00');
    const [fresh] = (await registrationsAt(portal, ['fresh.example'])) as [TestRegistration];
    const mails = await on(portal, '2028-01-04T09:00:05+09:00');
    expect(hosts(mails)).not.toContain('fresh.example');
    const [campaign] = await standing();
    expect(await standingOf(portal, campaign?.id ?? '', fresh)).toBe('-');
  });

  it('takes a change for a word, too', async () => {
    await portal.clock.set('2027-10-01T10:00:00+09:00');
    const [one] = made as [TestRegistration];
    const clerk = await signInMember(portal, one);
    const sent = await submit(clerk, one, withPhone(one.document));
    await (await reviewer(portal)).client.post(`/change-requests/${sent.body.id}/approve`, { ifMatch: 1 });
    expect(hosts(await on(portal, '2028-01-04T09:00:05+09:00'))).toEqual(['longer.example']);
  });

  it('closes by itself when all have answered, and not before', async () => {
    await on(portal, '2028-01-04T09:00:05+09:00');
    const [campaign] = await standing();
    await confirmBy(0);
    await runJobs(portal);
    expect(await standing()).toMatchObject([{ state: 'running', answered: 1 }]);
    await confirmBy(1);
    await runJobs(portal);
    expect(await standing()).toMatchObject([{ state: 'closed', answered: 2 }]);
    const [closed] = await rowsOf<{ details: unknown }>(
      portal,
      `SELECT details FROM audit_event WHERE type = 'campaign.closed' AND subject_id = $1`,
      [campaign?.id],
    );
    expect(closed?.details).toMatchObject({ because: 'all-answered' });
    expect(await on(portal, '2028-01-12T09:00:05+09:00')).toEqual([]);
  });

  it('begins once, whichever of several processes comes first', async () => {
    const processes = await Processes.beside(portal);
    try {
      await portal.clock.set('2028-01-04T09:00:05+09:00');
      await Promise.all([processes.start(), processes.start(), runJobs(portal), runJobs(portal)]);
      await runJobs(portal);
      expect(await standing()).toMatchObject([{ targets: 2 }]);
      expect(hosts(await campaignMails(portal))).toEqual(['long.example', 'longer.example']);
    } finally {
      await processes.close();
    }
  });
});
