import type {
  AcknowledgementResponse,
  AnnouncementPage,
  AnnouncementResponse,
  RevisionList,
} from '../../src/announcements/announcement.dto.js';
import type { FollowUpResponse, ReachPage } from '../../src/announcements/reach.dto.js';
import { categoryId, correctionOf, draft, publish } from '../factories/announcements.js';
import { signInMember, signInStaff, type SignedIn } from '../factories/people.js';
import { CODES, createRegistration, type TestRegistration } from '../factories/registrations.js';
import { rowsOf } from '../factories/trail.js';
import type { Answer, Problem } from '../setup/client.js';
import { queuedMails } from '../setup/outbox.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

let portal: TestPortal;
let otofuke: TestRegistration;
let totsukawa: TestRegistration;
let editor: SignedIn;
let clerk: SignedIn;

beforeAll(async () => {
  portal = await startTestPortal();
  otofuke = await createRegistration(portal, CODES.otofuke);
  totsukawa = await createRegistration(portal, CODES.totsukawa);
  editor = await signInStaff(portal, ['editor'], '堀越 直央');
  clerk = await signInMember(portal, otofuke);
});
afterAll(() => portal.close());

type Changed = Answer<AnnouncementResponse & Partial<Problem>>;

const mailsOf = async (kind: string, title: string): Promise<string[]> =>
  (await queuedMails(portal))
    .filter((mail) => mail.kind === kind && mail.subject.includes(title))
    .map(({ recipient }) => recipient);
const list = async (someone: SignedIn, query = ''): Promise<AnnouncementPage> =>
  (await someone.client.get<AnnouncementPage>(`/announcements${query}`)).body;
const read = async (someone: SignedIn, id: string): Promise<AnnouncementResponse> =>
  (await someone.client.get<AnnouncementResponse>(`/announcements/${id}`)).body;
const act = (
  someone: SignedIn,
  { id, version }: { id: string; version: number },
  verb: string,
  body?: Record<string, unknown>,
): Promise<Changed> =>
  someone.client.post(`/announcements/${id}/${verb}`, { ifMatch: version, ...(body && { body }) });
const change = (
  someone: SignedIn,
  { id, version }: { id: string; version: number },
  body: Record<string, unknown>,
): Promise<Changed> => someone.client.patch(`/announcements/${id}`, { ifMatch: version, body });
const acknowledge = (
  { client }: SignedIn,
  id: string,
  revision = 1,
): Promise<Answer<AcknowledgementResponse & Partial<Problem>>> =>
  client.post(`/announcements/${id}/acknowledgements`, { body: { revision } });
const errorsOf = ({ body }: Changed): string[] =>
  (body.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`);

describe('an announcement', () => {
  it('is written, goes out, is read and acknowledged, and the rest is reminded once', async () => {
    const title = '東北絆まつりのご案内';
    const written = await draft(editor, { title });
    expect((await list(clerk)).items).toEqual([]);

    const { status, body: out } = await act(editor, written, 'publish');
    expect(status).toBe(200);
    expect(out).toMatchObject({ state: 'published', revision: 1, reach: { recipients: 2, acknowledged: 0 } });
    expect(await mailsOf('announcement.published', title)).toEqual(
      expect.arrayContaining([otofuke.mailbox, totsukawa.mailbox]),
    );

    expect(await read(clerk, out.id)).toMatchObject({ title, unread: true, acknowledgement: null });
    expect((await clerk.client.put(`/announcements/${out.id}/reading`)).status).toBe(204);
    expect((await acknowledge(clerk, out.id)).body).toMatchObject({
      byName: '小野寺 真理',
      revision: 1,
      counts: true,
    });
    expect((await list(clerk)).items).toMatchObject([
      { id: out.id, unread: false, acknowledgement: { byName: '小野寺 真理', counts: true } },
    ]);

    const { body: reach } = await editor.client.get<ReachPage>(
      `/announcements/${out.id}/reach?status=waiting`,
    );
    expect(reach).toMatchObject({ recipients: 2, acknowledged: 1, followedUp: 0, total: 1 });
    expect(reach.items.map(({ registrationId }) => registrationId)).toEqual([totsukawa.id]);

    const remind = () => editor.client.post<FollowUpResponse>(`/announcements/${out.id}/follow-ups`);
    expect((await remind()).body).toEqual({ municipalities: 1, mails: 2 });
    expect(await mailsOf('announcement.follow-up', title)).toEqual(
      expect.arrayContaining([totsukawa.mailbox]),
    );
    expect(await mailsOf('announcement.follow-up', title)).toHaveLength(2);
    expect((await remind()).body).toEqual({ municipalities: 0, mails: 0 });
  });

  it('addresses each municipality by its name, in the same words', async () => {
    const title = '宛名のお知らせ';
    const summary = '⟦municipality⟧と入力しても、そのまま届きます。';
    await publish(editor, { title, summary });
    const mails = (await queuedMails(portal)).filter(({ subject }) => subject.includes(title));
    const bodyTo = (mailbox: string): string | undefined =>
      mails.find(({ recipient }) => recipient === mailbox)?.body;
    expect(bodyTo(otofuke.mailbox)).toMatch(/^北海道音更町　ご担当者様\n/);
    expect(bodyTo(totsukawa.mailbox)).toMatch(/^奈良県十津川村　ご担当者様\n/);
    const words = new Set(mails.map(({ body }) => body.slice(body.indexOf('\n'))));
    expect(words.size).toBe(1);
    expect([...words].join()).toContain(summary);
  });

  it('is acknowledged for the municipality once, under the name of whoever came first', async () => {
    const { id } = await publish(editor);
    const colleague = await signInMember(portal, otofuke, '三枝 千紘');
    const answers = await Promise.all([acknowledge(clerk, id), acknowledge(colleague, id)]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect(answers[0].body).toEqual(answers[1].body);
    const events = await rowsOf(
      portal,
      `SELECT FROM audit_event WHERE type = 'announcement.acknowledged' AND subject_id = $1`,
      [id],
    );
    expect(events).toHaveLength(1);
  });

  it('is unread for each mailbox until somebody who reads it has opened it', async () => {
    const { id } = await publish(editor);
    const second = otofuke.document.contacts[1]?.email ?? '';
    const colleague = await signInMember(portal, { id: otofuke.id, mailbox: second });
    await clerk.client.put(`/announcements/${id}/reading`);
    expect((await read(clerk, id)).unread).toBe(false);
    expect((await read(colleague, id)).unread).toBe(true);
    const unread = (await list(colleague, '?unread=true')).items.map((item) => item.id);
    expect(unread).toContain(id);
    expect((await list(clerk, '?unread=true')).items.map((item) => item.id)).not.toContain(id);
    expect((await read(editor, id)).unread).toBeNull();
  });
});

describe('an editor', () => {
  it('may save a draft that lacks all but its title, and is told what is missing when it is to go out', async () => {
    const { status, body } = await editor.client.post<AnnouncementResponse>('/announcements', {
      body: { title: '書きかけ', categoryId: await categoryId(editor) },
    });
    expect(status).toBe(201);
    const refused = await act(editor, body, 'publish');
    expect(refused.status).toBe(422);
    expect(errorsOf(refused)).toEqual(['/summary required', '/body required', '/audience required']);
    const publishAt = new Date(Date.now() + 60_000).toISOString();
    expect(errorsOf(await act(editor, body, 'schedule', { publishAt }))).toEqual(errorsOf(refused));
  });

  it('is told of links, pictures and heaps of marks that are not taken, and of an end that has passed', async () => {
    const written = await draft(editor);
    expect(errorsOf(await change(editor, written, { body: '[押す](javascript:alert(1))' }))).toEqual([
      '/body markdown-link',
    ]);
    expect(errorsOf(await change(editor, written, { body: '![図](https://tracker.example/x.png)' }))).toEqual(
      ['/body markdown-image'],
    );
    for (const unit of ['>', '1. ', '-\n=\n', '*a_ '])
      expect(errorsOf(await change(editor, written, { body: unit.repeat(20_000 / unit.length) }))).toEqual([
        '/body markdown-limit',
      ]);
    const yesterday = new Date(Date.now() - 86_400_000).toISOString();
    expect(errorsOf(await change(editor, written, { expiresAt: yesterday }))).toEqual(['/expiresAt past']);
    expect(errorsOf(await change(editor, written, { expiresAt: '2026-02-30T00:00:00Z' }))).toEqual([
      '/expiresAt instant',
    ]);
    expect(errorsOf(await change(editor, written, { categoryId: written.id }))).toEqual([
      '/categoryId not-allowed',
    ]);
    const body = '<script>alert(1)</script> <b>太字</b>';
    expect((await change(editor, written, { body })).body.body).toBe(body);
  });

  it('never writes over what another one saved meanwhile', async () => {
    const seen = await draft(editor);
    const colleague = await signInStaff(portal, ['editor']);
    expect((await change(colleague, seen, { title: '先に直した題' })).status).toBe(200);
    for (const late of [
      change(editor, seen, { title: '後から直した題' }),
      act(editor, seen, 'publish'),
      editor.client.delete(`/announcements/${seen.id}`, { ifMatch: seen.version }),
    ]) {
      expect(await late).toMatchObject({ status: 412, body: { code: 'stale-version' } });
    }
    expect(await read(editor, seen.id)).toMatchObject({ title: '先に直した題', state: 'draft' });
    expect((await editor.client.patch(`/announcements/${seen.id}`, { body: { title: 'x' } })).status).toBe(
      428,
    );
  });

  it('throws a draft away, and nothing that was out', async () => {
    const written = await draft(editor);
    const remove = ({ id, version }: AnnouncementResponse) =>
      editor.client.delete(`/announcements/${id}`, { ifMatch: version });
    expect((await remove(written)).status).toBe(204);
    expect((await editor.client.get(`/announcements/${written.id}`)).status).toBe(404);
    expect((await remove(await publish(editor))).body).toMatchObject({ code: 'announcement-published' });
  });

  it('publishes once, however often it is asked at once', async () => {
    const written = await draft(editor, { title: '一度だけのお知らせ' });
    const answers = await Promise.all([1, 2, 3].map(() => act(editor, written, 'publish')));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409]);
    expect(await mailsOf('announcement.published', '一度だけのお知らせ')).toHaveLength(4);
  });

  it('takes it down: members see it no longer, and it is kept', async () => {
    const out = await publish(editor);
    const { body } = await act(editor, out, 'archive');
    expect(body).toMatchObject({ state: 'archived' });
    expect((await clerk.client.get(`/announcements/${out.id}`)).status).toBe(404);
    expect((await acknowledge(clerk, out.id)).status).toBe(404);
    expect((await act(editor, body, 'archive')).body.code).toBe('announcement-not-published');
    expect((await editor.client.post(`/announcements/${out.id}/follow-ups`)).body.code).toBe(
      'announcement-ended',
    );
    expect((await change(editor, body, { pinned: true })).body.code).toBe('announcement-ended');
  });

  it('begins the same draft once, however often the request is sent', async () => {
    const body = { title: '同じ下書き', categoryId: await categoryId(editor) };
    const headers = { 'idempotency-key': 'draft-1' };
    const send = () => editor.client.post<AnnouncementResponse>('/announcements', { body, headers });
    const first = await send();
    expect((await send()).body.id).toBe(first.body.id);
    expect((await list(editor, '?q=同じ下書き')).total).toBe(1);
  });
});

describe('a correction', () => {
  it('changes what is out in the open, keeps what it said, and tells those who were told', async () => {
    const out = await publish(editor, { title: '訂正のあるお知らせ' });
    expect((await change(editor, out, { body: 'そっと直す' })).body.code).toBe('announcement-published');
    const pinned = (await change(editor, out, { pinned: true })).body;
    expect(pinned).toMatchObject({ pinned: true, revision: 1 });

    const { status, body } = await act(
      editor,
      pinned,
      'corrections',
      correctionOf(pinned, { body: '## 日時\n\n15時から', notify: true }),
    );
    expect(status).toBe(201);
    expect(body).toMatchObject({ revision: 2, body: '## 日時\n\n15時から' });
    expect(await mailsOf('announcement.corrected', '訂正のあるお知らせ')).toHaveLength(4);
    expect((await read(clerk, out.id)).corrections).toEqual([
      { revision: 2, at: expect.any(String), note: '開始の時刻を、14時から15時に改めました。' },
    ]);
    const { items } = (await editor.client.get<RevisionList>(`/announcements/${out.id}/revisions`)).body;
    expect(items.map(({ revision, body: text, byName }) => [revision, text, byName])).toEqual([
      [2, '## 日時\n\n15時から', '堀越 直央'],
      [1, out.body, '堀越 直央'],
    ]);
    expect((await clerk.client.get(`/announcements/${out.id}/revisions`)).status).toBe(403);
  });

  it('asks anew where the editor says so, and binds an acknowledgement to what was seen', async () => {
    const out = await publish(editor);
    await acknowledge(clerk, out.id);
    await editor.client.post(`/announcements/${out.id}/follow-ups`);
    const { body } = await act(editor, out, 'corrections', correctionOf(out, { askAgain: true }));
    expect(body.reach).toEqual({ recipients: 2, acknowledged: 0, followedUp: 0 });
    expect((await read(clerk, out.id)).acknowledgement).toMatchObject({ revision: 1, counts: false });
    expect(await acknowledge(clerk, out.id, 1)).toMatchObject({
      status: 409,
      body: { code: 'announcement-corrected' },
    });
    expect((await acknowledge(clerk, out.id, 2)).body).toMatchObject({ revision: 2, counts: true });
    const again = await editor.client.post<FollowUpResponse>(`/announcements/${out.id}/follow-ups`);
    expect(again.body.municipalities).toBe(1);
  });

  it('without asking anew leaves acknowledgements as they are', async () => {
    const out = await publish(editor);
    await acknowledge(clerk, out.id);
    const { body } = await act(editor, out, 'corrections', correctionOf(out));
    expect(body.reach).toMatchObject({ acknowledged: 1 });
    expect((await read(clerk, out.id)).acknowledgement).toMatchObject({ revision: 1, counts: true });
  });

  it('is for what is out alone', async () => {
    const written = await draft(editor);
    const refused = await act(editor, written, 'corrections', correctionOf(written));
    expect(refused.body.code).toBe('announcement-not-published');
  });
});
