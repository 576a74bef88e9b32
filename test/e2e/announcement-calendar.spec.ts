import type { AnnouncementResponse } from '../../src/announcements/announcement.dto.js';
import type { DeliveryResponse } from '../../src/announcements/reach.dto.js';
import type { TaskPage } from '../../src/platform/tasks/task.dto.js';
import { correctionOf, draft, publish } from '../factories/announcements.js';
import { letMinutesPass, runJobs } from '../factories/clock.js';
import { signInMember, signInStaff, type SignedIn } from '../factories/people.js';
import { CODES, createRegistration, type TestRegistration } from '../factories/registrations.js';
import { queuedMails, type QueuedMail } from '../setup/outbox.js';
import { Processes } from '../setup/processes.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

const PROCESSES = 3;
const DAY = 24 * 60;

let portal: TestPortal;
let processes: Processes;
let otofuke: TestRegistration;
let totsukawa: TestRegistration;
let editor: SignedIn;
let clerk: SignedIn;

beforeAll(async () => {
  portal = await startTestPortal();
  otofuke = await createRegistration(portal, CODES.otofuke);
  totsukawa = await createRegistration(portal, CODES.totsukawa);
  editor = await signInStaff(portal, ['editor']);
  clerk = await signInMember(portal, otofuke);
  processes = await Processes.beside(portal);
});
afterAll(async () => {
  await processes.close();
  await portal.close();
});

const inMinutes = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();
const read = async (someone: SignedIn, id: string): Promise<AnnouncementResponse> =>
  (await someone.client.get<AnnouncementResponse>(`/announcements/${id}`)).body;
const mailsAbout = async (title: string): Promise<QueuedMail[]> =>
  (await queuedMails(portal)).filter(({ subject, body }) => `${subject}\n${body}`.includes(title));

async function scheduled(fields: Record<string, unknown>): Promise<AnnouncementResponse> {
  const { id, version } = await draft(editor, fields);
  const { body, status } = await editor.client.post<AnnouncementResponse>(`/announcements/${id}/schedule`, {
    ifMatch: version,
    body: { publishAt: inMinutes(60) },
  });
  expect(status).toBe(200);
  return body;
}

describe('a scheduled announcement', () => {
  it('goes out by itself when its time has come, and not before', async () => {
    const { id } = await scheduled({ title: '予定どおりのお知らせ' });
    await runJobs(portal);
    expect((await read(editor, id)).state).toBe('scheduled');
    await letMinutesPass(portal, id, 61);
    await runJobs(portal);
    expect(await read(clerk, id)).toMatchObject({ state: 'published', revision: 1, publishAt: null });
    expect(await mailsAbout('予定どおりのお知らせ')).toHaveLength(4);
  });

  it('whose time came during an outage goes out once, late, when several processes start at a time', async () => {
    const { id } = await scheduled({ title: '停止中に時刻が来たお知らせ' });
    await letMinutesPass(portal, id, 3 * DAY);
    const children = await Promise.all(Array.from({ length: PROCESSES }, () => processes.start()));
    expect(await read(clerk, id)).toMatchObject({ state: 'published', revision: 1 });
    await Promise.all(children.map(({ child }) => child.end('SIGTERM')));
    expect(await mailsAbout('停止中に時刻が来たお知らせ')).toHaveLength(4);
  });

  it('that had ended before it could go out becomes a draft again, and an editor is told', async () => {
    const { id } = await scheduled({ title: '間に合わなかったお知らせ', expiresAt: inMinutes(120) });
    await letMinutesPass(portal, id, DAY);
    await runJobs(portal);
    expect(await read(editor, id)).toMatchObject({ state: 'draft', publishAt: null });
    expect(await mailsAbout('間に合わなかったお知らせ')).toEqual([]);
    const { items } = (await editor.client.get<TaskPage>('/tasks')).body;
    expect(items).toMatchObject([{ kind: 'announcement.missed', subjectId: id }]);
    const { version } = await read(editor, id);
    await editor.client.delete(`/announcements/${id}`, { ifMatch: version });
    expect((await editor.client.get<TaskPage>('/tasks')).body.items).toEqual([]);
  });

  it('is taken back, or gets another time', async () => {
    const waiting = await scheduled({ title: '取りやめるお知らせ' });
    const moved = await editor.client.post<AnnouncementResponse>(`/announcements/${waiting.id}/schedule`, {
      ifMatch: waiting.version,
      body: { publishAt: inMinutes(120) },
    });
    expect(moved.status).toBe(200);
    const { body } = await editor.client.post<AnnouncementResponse>(
      `/announcements/${waiting.id}/unschedule`,
      { ifMatch: moved.body.version },
    );
    expect(body).toMatchObject({ state: 'draft', publishAt: null });
  });

  it('is never for a time that has passed, nor for after its end', async () => {
    const { id, version } = await draft(editor, { expiresAt: inMinutes(60) });
    const schedule = (publishAt: string) =>
      editor.client.post(`/announcements/${id}/schedule`, { ifMatch: version, body: { publishAt } });
    expect((await schedule(inMinutes(-1))).body.errors).toMatchObject([
      { pointer: '/publishAt', code: 'past' },
    ]);
    expect((await schedule(inMinutes(61))).body.errors).toMatchObject([
      { pointer: '/expiresAt', code: 'period' },
    ]);
  });
});

describe('the end of an announcement', () => {
  it('is the minute it was set for: no member sees it from then on, and it is archived', async () => {
    const { id } = await publish(editor, { expiresAt: inMinutes(30) });
    expect((await read(clerk, id)).state).toBe('published');
    await letMinutesPass(portal, id, 31);
    expect((await clerk.client.get(`/announcements/${id}`)).status).toBe(404);
    // It isn't archived yet, and nobody is mailed what they can't see.
    expect((await editor.client.post(`/announcements/${id}/follow-ups`)).body.code).toBe(
      'announcement-ended',
    );
    await runJobs(portal);
    expect((await read(editor, id)).state).toBe('archived');
  });
});

describe('how a municipality is told', () => {
  const path = (): string => `/registrations/${totsukawa.id}/announcement-delivery`;
  let member: SignedIn;
  beforeAll(async () => {
    member = await signInMember(portal, totsukawa);
  });

  it('is at once until it chooses, against what it saw', async () => {
    const first = await member.client.get<DeliveryResponse>(path());
    expect(first.body).toMatchObject({ delivery: 'at-once', changedBy: null, digestHour: 8 });
    const choose = (ifMatch: string | undefined) =>
      member.client.put<DeliveryResponse>(path(), {
        body: { delivery: 'digest' },
        ...(ifMatch !== undefined && { ifMatch }),
      });
    expect((await choose(undefined)).status).toBe(428);
    const answers = await Promise.all([choose(first.etag), choose(first.etag)]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 412]);
    expect((await member.client.get<DeliveryResponse>(path())).body).toMatchObject({
      delivery: 'digest',
      changedBy: '小野寺 真理',
    });
    expect((await clerk.client.get(path())).status).toBe(404);
    expect((await clerk.client.put(path(), { ifMatch: 1, body: { delivery: 'digest' } })).status).toBe(404);
  });

  it('once a day means one mail with all that came since, when the hour has struck', async () => {
    const first = await publish(editor, { title: '一つ目のお知らせ' });
    const second = await publish(editor, { title: '二つ目のお知らせ' });
    await runJobs(portal);
    const told = await mailsAbout('一つ目のお知らせ');
    expect(
      told.map(({ recipient }) => recipient).filter((to) => to.endsWith(`${totsukawa.code}.example`)),
    ).toEqual([]);
    expect(told).toHaveLength(2);
    await letMinutesPass(portal, first.id, DAY);
    await letMinutesPass(portal, second.id, DAY);
    await Promise.all([runJobs(portal), runJobs(portal)]);
    const digests = (await mailsAbout('一つ目のお知らせ')).filter(
      ({ kind }) => kind === 'announcement.digest',
    );
    expect(digests).toHaveLength(2);
    for (const { body, subject } of digests) {
      expect(subject).toContain('お知らせのまとめ（2件）');
      expect(body.indexOf('一つ目のお知らせ')).toBeLessThan(body.indexOf('二つ目のお知らせ'));
    }
    await runJobs(portal);
    expect(await mailsAbout('二つ目のお知らせ')).toHaveLength(4);
  });

  it('once a day is told of nothing that it waits for: neither that it was corrected, nor that it is late', async () => {
    const title = '三つ目のお知らせ';
    const out = await publish(editor, { title });
    await editor.client.post(`/announcements/${out.id}/corrections`, {
      ifMatch: out.version,
      body: correctionOf(out, { notify: true }),
    });
    await editor.client.post(`/announcements/${out.id}/follow-ups`);
    const told = (await mailsAbout(title)).map(({ kind, recipient }) => `${kind} ${recipient.split('@')[1]}`);
    const otofukes = `t${otofuke.code}.example`;
    expect(new Set(told)).toEqual(
      new Set([
        `announcement.published ${otofukes}`,
        `announcement.corrected ${otofukes}`,
        `announcement.follow-up ${otofukes}`,
      ]),
    );
  });
});
