import type { CampaignResponse } from '../../src/campaigns/campaign.dto.js';
import type { PreviewResponse } from '../../src/campaigns/preview.dto.js';
import type { CallListResponse, ProgressResponse, TargetPage } from '../../src/campaigns/target.dto.js';
import {
  campaignMails,
  confirm,
  create,
  readOff,
  reviewer,
  step,
  targetsOf,
} from '../factories/campaigns.js';
import { SUBJECT_MARK } from '../../src/platform/outbox/outbox.service.js';
import { runJobs } from '../factories/clock.js';
import { signInMember } from '../factories/people.js';
import { CODES, createRegistration, type TestRegistration } from '../factories/registrations.js';
import { Client } from '../setup/client.js';
import { type ClockedPortal, startPortalWithFakedClock } from '../setup/faked-clock.js';

let portal: ClockedPortal;
let otofuke: TestRegistration;
let yusuhara: TestRegistration;
let totsukawa: TestRegistration;
let campaign: CampaignResponse;

beforeAll(async () => {
  portal = await startPortalWithFakedClock();
  await portal.clock.set('2027-03-01T10:00:00+09:00');
  otofuke = await createRegistration(portal, CODES.otofuke);
  yusuhara = await createRegistration(portal, CODES.yusuhara);
  totsukawa = await createRegistration(portal, CODES.totsukawa);
});
afterAll(() => portal.close());

/** Sets the clock and does what is due. @returns `template recipient` of the mails that this has queued */
async function on(instant: string): Promise<string[]> {
  const before = (await campaignMails(portal)).length;
  await portal.clock.set(instant);
  await runJobs(portal);
  return (await campaignMails(portal))
    .slice(before)
    .map(({ subject, recipient }) => `${subject.slice(SUBJECT_MARK.length)} ${recipient}`);
}

const read = async (): Promise<CampaignResponse> =>
  (await (await reviewer(portal)).client.get<CampaignResponse>(`/campaigns/${campaign.id}`)).body;

const kikaku = (code: string): string => `kikaku@t${code}.example`;
const takasaki = (code: string): string => `takasaki@t${code}.example`;

describe('a whole 年度確認', () => {
  it('is shown before anything goes: who, when, and real mails', async () => {
    const { client } = await reviewer(portal);
    campaign = await create(client);
    const { status, body } = await client.get<PreviewResponse>(`/campaigns/${campaign.id}/preview`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ problems: [], targets: 3, leftOut: [] });
    expect(body.steps.map(({ template, date, mails }) => [template, date, mails])).toEqual([
      ['pre-notice', '2027-03-10', 3],
      ['ask', '2027-04-05', 3],
      ['reminder', '2027-04-12', 3],
      ['final', '2027-04-19', 3],
      ['phone', '2027-04-26', 0],
      ['letter', '2027-05-14', 0],
    ]);
    expect(body.samples).toHaveLength(3);
    expect(body.samples[0]).toMatchObject({ municipality: '北海道音更町', recipient: kikaku(CODES.otofuke) });
    expect(body.samples[0]?.body).toContain('確認コード　（コード）');
    expect(await campaignMails(portal)).toEqual([]);
  });

  it('starts, and writes nobody before the day', async () => {
    const { status, body } = await step((await reviewer(portal)).client, campaign, 'start');
    expect(status).toBe(200);
    campaign = body;
    expect(body).toMatchObject({ state: 'running', progress: { targets: 3, answered: 0, open: 3 } });
    expect(await on('2027-03-10T08:59:00+09:00')).toEqual([]);
  });

  it('tells whoever is in charge in March, once', async () => {
    expect(await on('2027-03-10T09:00:10+09:00')).toEqual([
      `ご担当が変わる前のお願い（北海道音更町） ${kikaku(CODES.otofuke)}`,
      `ご担当が変わる前のお願い（奈良県十津川村） ${kikaku(CODES.totsukawa)}`,
      `ご担当が変わる前のお願い（高知県檮原町） ${kikaku(CODES.yusuhara)}`,
    ]);
    expect(await on('2027-03-10T09:10:00+09:00')).toEqual([]);
  });

  it('takes what is said before April for no answer', async () => {
    const { client } = await signInMember(portal, otofuke);
    const { status } = await client.post(`/registrations/${otofuke.id}/confirmations`, { ifMatch: 1 });
    expect(status).toBe(201);
    expect((await targetsOf(portal, campaign.id))[CODES.otofuke]).toEqual({
      answer: null,
      leftBecause: null,
    });
  });

  it('asks in April, and takes the answer of whoever has the mail, without signing in', async () => {
    expect(await on('2027-04-05T09:00:10+09:00')).toHaveLength(3);
    const mail = (await campaignMails(portal)).findLast(
      ({ recipient }) => recipient === kikaku(CODES.otofuke),
    );
    if (!mail) throw new Error('no mail');
    const [first] = readOff(portal, mail);
    if (!first) throw new Error('nothing to read off');
    const { status, body } = await confirm(new Client(portal), first);
    expect([status, body]).toMatchObject([200, { municipality: '北海道音更町', status: 'confirmed' }]);
    expect((await targetsOf(portal, campaign.id))[CODES.otofuke]).toEqual({
      answer: 'unchanged',
      leftBecause: null,
    });
    expect((await confirm(new Client(portal), first)).body.status).toBe('already');
  });

  it('shows the question to a member who signs in, until it is answered', async () => {
    const { client } = await signInMember(portal, yusuhara);
    expect((await client.get('/me/question')).body).toEqual({
      question: { title: campaign.title, deadline: '2027-04-30', countsFrom: '2027-04-01' },
    });
    const answered = await signInMember(portal, otofuke);
    expect((await answered.client.get('/me/question')).body).toEqual({ question: null });
  });

  it('asks the others once more, the second contact, then the department', async () => {
    expect(await on('2027-04-12T09:00:10+09:00')).toEqual([
      `再度のお願い：登録内容の確認（奈良県十津川村） ${takasaki(CODES.totsukawa)}`,
      `再度のお願い：登録内容の確認（高知県檮原町） ${takasaki(CODES.yusuhara)}`,
    ]);
    const { client } = await signInMember(portal, yusuhara);
    await client.post(`/registrations/${yusuhara.id}/confirmations`, { ifMatch: 1 });
    expect(await on('2027-04-19T09:00:10+09:00')).toEqual([
      `期限前のお願い：登録内容の確認（奈良県十津川村） ${kikaku(CODES.totsukawa)}`,
    ]);
  });

  it('ends with people: a list to call, with what was tried', async () => {
    expect(await on('2027-04-26T09:00:10+09:00')).toEqual([]);
    const { client } = await reviewer(portal);
    const { body } = await client.get<CallListResponse>(`/campaigns/${campaign.id}/calls`);
    expect(body.items).toMatchObject([
      {
        municipality: '奈良県十津川村',
        mainPhone: '0155-00-2110',
        departmentPhone: '0155-00-2111',
        contact: '佐藤 健一',
        mails: [
          { template: 'pre-notice', status: 'waiting' },
          { template: 'ask' },
          { template: 'reminder' },
          { template: 'final' },
        ],
        calls: [],
      },
    ]);
    const tasks = await client.get<{ items: { kind: string; title: string }[] }>('/tasks');
    expect(tasks.body.items).toMatchObject([{ kind: 'campaign.calls', title: campaign.title }]);
  });

  it('notes a call that reached nobody, and takes the word of one that did', async () => {
    const { client } = await reviewer(portal);
    const calls = `/campaigns/${campaign.id}/targets/${totsukawa.id}/calls`;
    const absent = { way: 'phone', outcome: 'absent', note: '午後に、もう一度', nextOn: '2027-04-27' };
    expect((await client.post(calls, { body: absent })).status).toBe(204);
    expect((await read()).progress).toMatchObject({ toCall: 1, toCallToday: 0 });
    const said = { way: 'phone', outcome: 'confirmed', version: 1 };
    expect((await client.post(calls, { body: said })).status).toBe(204);
    expect((await targetsOf(portal, campaign.id))[CODES.totsukawa]).toEqual({
      answer: 'phone',
      leftBecause: null,
    });
    expect((await client.post(calls, { body: said })).body).toMatchObject({ code: 'target-ended' });
    const registration = await client.get<{ freshness: Record<string, { method: string }> }>(
      `/registrations/${totsukawa.id}`,
    );
    expect(registration.body.freshness['/mainPhone']).toMatchObject({ method: 'phone' });
  });

  it('tells how far it came', async () => {
    expect((await read()).progress).toMatchObject({ answered: 3, unchanged: 2, phone: 1, open: 0 });
    const { client } = await reviewer(portal);
    const { body } = await client.get<ProgressResponse>(`/campaigns/${campaign.id}/progress`);
    expect(body.prefectures).toHaveLength(47);
    expect(body.prefectures.filter(({ targets }) => targets > 0)).toMatchObject([
      { name: '北海道', targets: 1, answered: 1 },
      { name: '奈良県', targets: 1, answered: 1 },
      { name: '高知県', targets: 1, answered: 1 },
    ]);
    expect(body.days).toEqual([
      { date: '2027-04-05', byThemselves: 1, byPhone: 0 },
      { date: '2027-04-12', byThemselves: 1, byPhone: 0 },
      { date: '2027-04-26', byThemselves: 0, byPhone: 1 },
    ]);
    const targets = await client.get<TargetPage>(`/campaigns/${campaign.id}/targets?status=answered`);
    expect(targets.body.items.map(({ answer, mails }) => [answer, mails])).toEqual([
      ['unchanged', 2],
      ['phone', 4],
      ['unchanged', 3],
    ]);
  });
});
