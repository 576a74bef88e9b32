import type { CampaignResponse } from '../../src/campaigns/campaign.dto.js';
import type { CallListItemResponse, CallListResponse } from '../../src/campaigns/target.dto.js';
import type { TaskPage } from '../../src/platform/tasks/task.dto.js';
import type { RegistrationResponse } from '../../src/registry/registration.dto.js';
import { arrange, on, only, registrationsAt, standingOf } from '../factories/campaign-walk.js';
import { reviewer, start, step } from '../factories/campaigns.js';
import { submit, withPhone } from '../factories/change-requests.js';
import { runJobs } from '../factories/clock.js';
import { signInMember, signInStaff } from '../factories/people.js';
import { moveRegistration, type TestRegistration } from '../factories/registrations.js';
import { type Answer, Client, type Problem } from '../setup/client.js';
import { type ClockedPortal, startPortalWithFakedClock } from '../setup/faked-clock.js';

/** Whom no mail reaches, and whom the office calls. */
let portal: ClockedPortal;
let made: TestRegistration[];
let campaign: CampaignResponse;
let hosts = 0;

const STEPS = [
  { template: 'ask', recipients: 'primary', on: '2027-04-05' },
  { template: 'reminder', recipients: 'deputy', on: '2027-04-12' },
  { template: 'phone', on: '2027-04-19' },
  { template: 'letter', on: '2027-04-26' },
];

beforeAll(async () => {
  portal = await startPortalWithFakedClock();
});
afterAll(() => portal.close());

/** Three municipalities, asked this morning. */
beforeEach(async () => {
  await portal.clock.set('2027-04-02T10:00:00+09:00');
  made = await registrationsAt(
    portal,
    ['a', 'b', 'c'].map((name) => `${name}${(hosts += 1)}.example`),
  );
  campaign = await start((await reviewer(portal)).client, { audience: only(...made), steps: STEPS });
  await on(portal, '2027-04-05T09:00:10+09:00');
});

const nth = (at: number): TestRegistration => {
  const one = made[at];
  if (!one) throw new Error(`no ${at}`);
  return one;
};
const list = async (way = 'phone'): Promise<CallListItemResponse[]> => {
  const { client } = await reviewer(portal);
  return (await client.get<CallListResponse>(`/campaigns/${campaign.id}/calls?way=${way}`)).body.items;
};
const listed = async (way = 'phone'): Promise<string[]> =>
  (await list(way)).map(({ registrationId }) => registrationId);
const ids = (...at: number[]): string[] => at.map((one) => nth(one).id);

/** What became of this campaign's mails to a municipality, as the worker or a bounce would write it. */
const mails = (one: TestRegistration, set: string): Promise<void> =>
  arrange(
    portal,
    `UPDATE outbox_message SET ${set}
      WHERE id IN (SELECT mail_id FROM campaign_reminder WHERE campaign_id = $1 AND registration_id = $2)`,
    [campaign.id, one.id],
  );

const record = async (one: TestRegistration, body: object, client?: Client): Promise<Answer<Problem>> =>
  (client ?? (await reviewer(portal)).client).post(`/campaigns/${campaign.id}/targets/${one.id}/calls`, {
    body,
  });

describe('whom no mail reaches', () => {
  it('is on 電話リスト at once, with a task for the office', async () => {
    await mails(nth(0), 'failed_at = now()');
    await mails(nth(1), 'sent_at = now()');
    await portal.clock.advance({ minutes: 1 });
    await runJobs(portal);
    expect(await listed()).toEqual(ids(0));
    const { client } = await reviewer(portal);
    const tasks = async (): Promise<string[]> =>
      (await client.get<TaskPage>('/tasks?limit=500')).body.items
        .filter(({ subjectId }) => subjectId === campaign.id)
        .map(({ kind }) => kind);
    expect(await tasks()).toEqual(['campaign.calls']);
    await record(nth(0), { way: 'phone', outcome: 'confirmed', version: 1 });
    await runJobs(portal);
    expect(await tasks()).toEqual([]);
  });

  it('is whose mails have all failed or come back: one that arrived, or that still waits, is enough', async () => {
    await mails(nth(0), 'sent_at = now(), bounced_at = now()');
    await mails(nth(1), 'failed_at = now()');
    await runJobs(portal);
    expect((await listed()).toSorted()).toEqual(ids(0, 1).toSorted());
    // Once there, they stay, though a reminder waits for their deputies now.
    await on(portal, '2027-04-12T09:00:10+09:00');
    expect((await listed()).toSorted()).toEqual(ids(0, 1).toSorted());
    const late = nth(2);
    await arrange(
      portal,
      `UPDATE outbox_message SET failed_at = now() WHERE id IN (
         SELECT r.mail_id FROM campaign_reminder r JOIN campaign_step s ON s.id = r.step_id
          WHERE r.registration_id = $1 AND s.template = 'ask')`,
      [late.id],
    );
    await runJobs(portal);
    expect(await listed()).not.toContain(late.id);
    await mails(late, 'failed_at = now()');
    await runJobs(portal);
    expect(await listed()).toContain(late.id);
  });

  it('is nobody whose mail was withdrawn', async () => {
    await mails(nth(0), `failed_at = now(), useless_after = now() - interval '1 second'`);
    await runJobs(portal);
    expect(await listed()).toEqual([]);
  });
});

describe('電話リスト and 郵送リスト', () => {
  it('hold on their days who has not answered, and nobody with a change on its way', async () => {
    const clerk = await signInMember(portal, nth(1));
    await submit(clerk, nth(1), withPhone(nth(1).document));
    const answered = await signInMember(portal, nth(2));
    await answered.client.post(`/registrations/${nth(2).id}/confirmations`, { ifMatch: 1 });
    await on(portal, '2027-04-19T08:59:00+09:00');
    expect(await listed()).toEqual([]);
    await on(portal, '2027-04-19T09:00:10+09:00');
    expect([await listed(), await listed('letter')]).toEqual([ids(0), []]);
    await on(portal, '2027-04-26T09:00:10+09:00');
    expect([await listed(), await listed('letter')]).toEqual([ids(0), ids(0)]);
  });

  it('begin with those to call today, then by weight, then with the longest unconfirmed', async () => {
    // Reached and confirmed a year ago; reached and never; reached by nothing.
    await mails(nth(0), 'sent_at = now()');
    await mails(nth(1), 'sent_at = now()');
    await mails(nth(2), 'failed_at = now()');
    await arrange(portal, `ALTER TABLE registration DISABLE TRIGGER registration_ends_campaign_target`);
    await arrange(
      portal,
      `UPDATE registration SET last_confirmed_at = '2026-04-10T00:00:00Z' WHERE id = $1`,
      [nth(0).id],
    );
    await arrange(portal, `ALTER TABLE registration ENABLE TRIGGER registration_ends_campaign_target`);
    await on(portal, '2027-04-19T09:00:10+09:00');
    expect((await list()).map(({ registrationId, weight }) => [registrationId, weight])).toEqual([
      [nth(2).id, 3],
      [nth(1).id, 2],
      [nth(0).id, 1],
    ]);
    const put = { way: 'phone', outcome: 'absent', nextOn: '2027-04-21' };
    expect((await record(nth(2), put)).status).toBe(204);
    expect(await listed()).toEqual(ids(1, 0, 2));
    await portal.clock.set('2027-04-21T09:00:00+09:00');
    expect(await listed()).toEqual(ids(2, 1, 0));
  });

  it('weigh more who didn’t answer the last time, either', async () => {
    await arrange(portal, `ALTER TABLE registration DISABLE TRIGGER registration_ends_campaign_target`);
    await arrange(portal, `UPDATE registration SET last_confirmed_at = '2026-04-10T00:00:00Z'`);
    await arrange(portal, `ALTER TABLE registration ENABLE TRIGGER registration_ends_campaign_target`);
    for (const one of made) await mails(one, 'sent_at = now()');
    await step((await reviewer(portal)).client, campaign, 'close');
    const earlier = campaign;
    campaign = await start((await reviewer(portal)).client, {
      audience: only(nth(0)),
      steps: [
        { template: 'ask', recipients: 'primary', on: '2027-04-07' },
        { template: 'phone', afterDays: 1 },
      ],
    });
    expect(await standingOf(portal, earlier.id, nth(0))).toBe('left closed');
    await on(portal, '2027-04-07T09:00:10+09:00');
    await mails(nth(0), 'sent_at = now()');
    await on(portal, '2027-04-08T09:00:10+09:00');
    expect(await list()).toMatchObject([{ registrationId: nth(0).id, weight: 2 }]);
  });
});

describe('what came of a call', () => {
  it('freshens by telephone exactly the fields that somebody read out, and leaves the question open', async () => {
    const [department] = nth(0).document.departments;
    const pointers = ['/mainPhone', `/departments/${department?.id}/email`];
    const partly = { way: 'phone', outcome: 'partly-confirmed', version: 1, pointers };
    expect((await record(nth(0), partly)).status).toBe(204);
    const { client } = await reviewer(portal);
    const { body } = await client.get<RegistrationResponse>(`/registrations/${nth(0).id}`);
    const freshened = Object.entries(body.freshness).filter(([, { method }]) => method === 'phone');
    expect(freshened.map(([pointer]) => pointer).toSorted()).toEqual(pointers.toSorted());
    expect([body.version, body.lastConfirmedAt]).toEqual([1, null]);
    expect(await standingOf(portal, campaign.id, nth(0))).toBe('open');
  });

  it('takes no field of elsewhere, and writes nothing then', async () => {
    const foreign = `/departments/${nth(1).document.departments[0]?.id}/email`;
    const partly = {
      way: 'phone',
      outcome: 'partly-confirmed',
      version: 1,
      pointers: ['/mainPhone', foreign],
    };
    const { status, body } = await record(nth(0), partly);
    expect([status, body.errors]).toMatchObject([422, [{ pointer: '/pointers' }]]);
    const { client } = await reviewer(portal);
    const read = await client.get<RegistrationResponse>(`/registrations/${nth(0).id}`);
    expect(read.body.freshness['/mainPhone']?.method).not.toBe('phone');
    await mails(nth(0), 'failed_at = now()');
    await runJobs(portal);
    expect((await list())[0]?.calls).toEqual([]);
  });

  it('is said of what is registered: of another version it is refused', async () => {
    // Nobody's answer: the question is still open for it.
    await arrange(portal, `ALTER TABLE registration DISABLE TRIGGER registration_ends_campaign_target`);
    await moveRegistration(portal, nth(0), withPhone(nth(0).document));
    await arrange(portal, `ALTER TABLE registration ENABLE TRIGGER registration_ends_campaign_target`);
    for (const outcome of ['confirmed', 'partly-confirmed']) {
      const said = { way: 'phone', outcome, version: 1, pointers: ['/mainPhone'] };
      expect(await record(nth(0), said)).toMatchObject({ status: 412, body: { code: 'stale-version' } });
    }
    const without = await record(nth(0), { way: 'phone', outcome: 'confirmed' });
    expect(without.body.errors).toMatchObject([{ pointer: '/version', code: 'required' }]);
    expect((await record(nth(0), { way: 'phone', outcome: 'confirmed', version: 2 })).status).toBe(204);
    expect(await standingOf(portal, campaign.id, nth(0))).toBe('answered phone');
  });

  it('ends nothing twice', async () => {
    const said = { way: 'letter', outcome: 'confirmed', version: 1 };
    const { client } = await reviewer(portal);
    const answers = await Promise.all([1, 2, 3].map(() => record(nth(0), said, client)));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([204, 409, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('target-ended');
    const late = await record(nth(0), { way: 'phone', outcome: 'absent' });
    expect(late.body.code).toBe('target-ended');
  });

  it('is kept with who called and what was said, and fits what was done', async () => {
    await mails(nth(0), 'failed_at = now()');
    await runJobs(portal);
    await record(nth(0), { way: 'phone', outcome: 'absent', note: '午後に、もう一度', nextOn: '2027-04-05' });
    await record(nth(0), { way: 'letter', outcome: 'sent' });
    expect(await list()).toMatchObject([
      {
        // A letter leaves the agreed call as it is.
        nextOn: '2027-04-05',
        calls: [
          { way: 'phone', outcome: 'absent', note: '午後に、もう一度', byName: '中邨 彩葉' },
          { way: 'letter', outcome: 'sent', note: null },
        ],
      },
    ]);
    for (const [body, pointer] of [
      [{ way: 'phone', outcome: 'sent' }, '/outcome'],
      [{ way: 'phone', outcome: 'absent', nextOn: '2027-04-04' }, '/nextOn'],
      [{ way: 'phone', outcome: 'partly-confirmed', version: 1 }, '/pointers'],
    ] as const) {
      expect((await record(nth(0), body)).body.errors).toMatchObject([{ pointer }]);
    }
  });
});

describe('who may do what', () => {
  it('is not an editor, nor a member, nor anybody from outside', async () => {
    const said = { way: 'phone', outcome: 'absent' };
    const [editor, member] = [await signInStaff(portal, ['editor']), await signInMember(portal, nth(0))];
    const base = `/campaigns/${campaign.id}`;
    for (const { client } of [editor, member]) {
      expect((await record(nth(0), said, client)).status).toBe(403);
      expect((await client.get(`${base}/calls`)).status).toBe(403);
      expect((await client.put(`${base}/targets/${nth(0).id}/owner`, { body: { mine: true } })).status).toBe(
        403,
      );
      expect((await client.post(`${base}/close`, { ifMatch: 2 })).status).toBe(403);
    }
    expect((await member.client.get(base)).status).toBe(403);
    expect((await record(nth(0), said, new Client(portal))).status).toBe(401);
    expect((await listed()).length).toBe(0);
  });

  it('is every reviewer: one takes a municipality on, also from another, and gives it back', async () => {
    await mails(nth(0), 'failed_at = now()');
    await runJobs(portal);
    const [first, second] = [
      await signInStaff(portal, ['reviewer'], '藤澤 理久'),
      await signInStaff(portal, ['reviewer'], '仁科 柚木'),
    ];
    const take = ({ client }: typeof first, mine: boolean) =>
      client.put(`/campaigns/${campaign.id}/targets/${nth(0).id}/owner`, { body: { mine } });
    await take(first, true);
    expect((await list())[0]?.ownerName).toBe('藤澤 理久');
    await take(second, true);
    expect((await list())[0]?.ownerName).toBe('仁科 柚木');
    await take(second, false);
    expect((await list())[0]?.ownerName).toBeNull();
  });

  it('lets a member see their own question alone, also past the guards', async () => {
    const { client } = await signInMember(portal, nth(0));
    expect((await client.get('/me/question')).body).toEqual({
      question: { title: campaign.title, deadline: '2027-04-30', countsFrom: '2027-04-01' },
    });
    const elsewhere = (await registrationsAt(portal, [`d${(hosts += 1)}.example`]))[0];
    if (!elsewhere) throw new Error('nobody');
    const other = await signInMember(portal, elsewhere);
    expect((await other.client.get('/me/question')).body).toEqual({ question: null });
  });

  it('knows neither a campaign nor a municipality that is not in it', async () => {
    const [stranger] = await registrationsAt(portal, [`e${(hosts += 1)}.example`]);
    if (!stranger) throw new Error('nobody');
    expect((await record(stranger, { way: 'phone', outcome: 'absent' })).status).toBe(404);
    const { client } = await reviewer(portal);
    expect((await client.get(`/campaigns/${stranger.id}/calls`)).status).toBe(404);
  });
});
