import { v7 as uuidv7 } from 'uuid';
import type { MailPage, MailResponse } from '../../src/platform/outbox/mail.dto.js';
import { OutboxWorker } from '../../src/platform/outbox/outbox.worker.js';
import { Database } from '../../src/platform/database/database.service.js';
import type { TaskPage } from '../../src/platform/tasks/task.dto.js';
import { newRegistration, submit, withMailbox, withPhone } from '../factories/change-requests.js';
import { signInStaff, type SignedIn } from '../factories/people.js';
import type { TestRegistration } from '../factories/registrations.js';
import { rowsOf } from '../factories/trail.js';
import { type Answer, Client, type Problem } from '../setup/client.js';
import { mailedCode } from '../setup/outbox.js';
import { SmtpSink } from '../setup/smtp-sink.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

let sink: SmtpSink;
let portal: TestPortal;
let worker: OutboxWorker;
let reviewer: SignedIn;
let admin: SignedIn;

beforeAll(async () => {
  sink = await SmtpSink.start();
  portal = await startTestPortal({ smtpUrl: sink.url });
  worker = portal.app.get(OutboxWorker);
  reviewer = await signInStaff(portal, ['reviewer']);
  admin = await signInStaff(portal, ['admin']);
});
afterAll(async () => {
  await portal.close();
  await sink.stop();
});
beforeEach(() => {
  sink.mails.length = 0;
  sink.judge = () => null;
});

type Listed = Answer<MailPage & Partial<Problem>>;
type Read = Answer<MailResponse & { readonly code?: string }>;

const list = (query: Record<string, string> = {}, who = reviewer): Promise<Listed> =>
  who.client.get(`/mail/messages?${new URLSearchParams(query).toString()}`);
const get = (id: string, who = reviewer): Promise<Read> => who.client.get(`/mail/messages/${id}`);
const retry = (id: string, who = reviewer): Promise<Read> => who.client.post(`/mail/messages/${id}/retry`);

/** A receipt to a mailbox that its server doesn't know, given up at once. */
async function failed(): Promise<{ id: string; registration: TestRegistration; clerk: SignedIn }> {
  const { registration, clerk } = await newRegistration(portal);
  await submit(clerk, registration, withPhone(registration.document));
  sink.judge = (recipient) => (recipient === registration.mailbox ? { at: 'rcpt', code: 550 } : null);
  await worker.drain();
  const { items } = (await list({ registrationId: registration.id })).body;
  expect(items).toHaveLength(1);
  return { id: items[0]?.id ?? '', registration, clerk };
}

const openTasks = async (subjectId: string): Promise<number> => {
  const { items } = (await reviewer.client.get<TaskPage>('/tasks?limit=500')).body;
  return items.filter((task) => task.subjectId === subjectId).length;
};

describe('the list of mails', () => {
  it('tells what was mailed to whom about what, and what became of it', async () => {
    const { registration, clerk } = await newRegistration(portal);
    await submit(clerk, registration, withPhone(registration.document));
    const about = { registrationId: registration.id };
    const [waiting] = (await list(about)).body.items;
    expect(waiting).toMatchObject({
      kind: 'change-request.received',
      kindLabel: '変更届の受付',
      recipient: registration.mailbox,
      about: [
        {
          registrationId: registration.id,
          municipality: expect.stringMatching(/^.+[都道府県].+[市区町村]$/),
        },
      ],
      status: 'waiting',
      attempts: 0,
      sentAt: null,
    });
    expect(waiting?.subject).toMatch(/^【特別区全国連携】/);
    await worker.drain();
    const sent = (await get(waiting?.id ?? '')).body;
    expect(sent).toMatchObject({ status: 'sent', attempts: 1, mayRetry: false, retriedAt: null });
    expect(sent.body).toContain('変更届を受け付けました。');
    expect(sent.tries).toEqual([
      {
        attempt: 1,
        startedAt: expect.any(String),
        endedAt: expect.any(String),
        outcome: 'sent',
        response: 'accepted',
      },
    ]);
  });

  it('is searched by status, kind, words and dates, newest first, page by page', async () => {
    const { id, registration } = await failed();
    const ids = async (query: Record<string, string>): Promise<string[]> =>
      (await list({ registrationId: registration.id, ...query })).body.items.map((item) => item.id);
    expect(await ids({ status: 'failed' })).toEqual([id]);
    expect(await ids({ status: 'waiting' })).toEqual([]);
    expect(await ids({ status: 'bounced' })).toEqual([]);
    expect(await ids({ kind: 'change-request.received' })).toEqual([id]);
    expect(await ids({ kind: 'no.such' })).toEqual([]);
    expect(await ids({ q: registration.mailbox.toUpperCase() })).toEqual([id]);
    expect(await ids({ q: `特別区　KIKAKU@` })).toEqual([id]);
    expect(await ids({ q: '%' })).toEqual([]);
    expect(await ids({ q: '_' })).toEqual([]);
    const today = new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 10);
    expect(await ids({ from: today, to: today })).toEqual([id]);
    expect(await ids({ to: '2020-01-01' })).toEqual([]);
    const all: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Listed = await list({ limit: '2', ...(cursor !== null && { cursor }) });
      all.push(...page.body.items.map((item) => item.id));
      expect(page.body.total).toBeGreaterThan(0);
      cursor = page.body.nextCursor;
    } while (cursor !== null);
    expect(all).toEqual([...new Set(all)].toSorted().toReversed());
    expect(all).toHaveLength((await list()).body.total);
  });

  it('never tells a code', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const email = `chosei@t${registration.code}.example`;
    await submit(clerk, registration, withMailbox(registration.document, email));
    const [found] = (await list({ registrationId: registration.id, kind: 'change-request.verify-address' }))
      .body.items;
    const { body } = (await get(found?.id ?? '')).body;
    const code = await mailedCode(portal, 'change-request.verify-address', email);
    expect(body).toContain('（コード）');
    expect(body).not.toContain('⟦');
    expect(body.replaceAll(/\D/g, '')).not.toContain(code);
  });

  it('is for reviewers and admins, and notes what they read', async () => {
    const { id, registration, clerk } = await failed();
    const editor = await signInStaff(portal, ['editor']);
    for (const who of [clerk, editor]) {
      expect([
        (await list({}, who)).status,
        (await get(id, who)).status,
        (await retry(id, who)).status,
      ]).toEqual([403, 403, 403]);
    }
    expect((await new Client(portal).get('/mail/messages')).status).toBe(401);
    await list({ registrationId: registration.id }, admin);
    await get(id, admin);
    const noted = await rowsOf(
      portal,
      `SELECT operation, subject_id AS id, registration_id AS "registrationId" FROM personal_read
        WHERE session_id = $1 ORDER BY id`,
      [admin.viewer.sessionId],
    );
    expect(noted).toEqual([
      { operation: 'mail.list', id, registrationId: registration.id },
      { operation: 'mail.read', id, registrationId: registration.id },
    ]);
  });

  it.each([
    [{ status: 'lost' }, '/status'],
    [{ kind: 'x'.repeat(61) }, '/kind'],
    [{ kind: 'A' }, '/kind'],
    [{ q: '\u0000' }, '/q'],
    [{ q: 'x'.repeat(101) }, '/q'],
    [{ from: '2026-02-30' }, '/from'],
    [{ to: 'x' }, '/to'],
    [{ from: '2026-04-02', to: '2026-04-01' }, '/to'],
    [{ registrationId: 'x' }, '/registrationId'],
    [{ cursor: 'x' }, '/cursor'],
    [{ cursor: Buffer.from('["x"]').toString('base64url') }, '/cursor'],
    [{ limit: '0' }, '/limit'],
    [{ limit: 'x' }, '/limit'],
    [{ more: '1' }, '/more'],
  ])('refuses %j', async (query, pointer) => {
    const answer = await list(query);
    expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([422, pointer]);
  });
});

describe('a mail that failed', () => {
  it('is sent again as the same message, once somebody says so, and isn’t a task any more', async () => {
    const { id, registration } = await failed();
    const before = (await get(id)).body;
    expect(before).toMatchObject({
      status: 'failed',
      mayRetry: true,
      attempts: 1,
      tries: [{ outcome: 'failed' }],
    });
    expect(await openTasks(id)).toBe(1);
    sink.judge = () => null;
    const again = await retry(id);
    expect([again.status, again.body.status, again.body.failedAt]).toEqual([200, 'waiting', null]);
    expect(again.body.retriedAt).not.toBeNull();
    expect(await openTasks(id)).toBe(0);
    await worker.drain();
    expect((await get(id)).body).toMatchObject({ status: 'sent', attempts: 2, lastError: null });
    const mail = sink.mails.find(({ envelopeTo }) => envelopeTo.includes(registration.mailbox));
    const [stored] = await rowsOf<{ id: string }>(
      portal,
      'SELECT message_id AS id FROM outbox_message WHERE id = $1',
      [id],
    );
    expect(mail?.messageId).toBe(`<${stored?.id}>`);
    const events = await rowsOf(
      portal,
      `SELECT details FROM audit_event WHERE type = 'mail.retried' AND subject_id = $1`,
      [id],
    );
    expect(events).toEqual([{ details: { kind: 'change-request.received', attempts: 1 } }]);
  });

  it('that fails again is a task again', async () => {
    const { id } = await failed();
    await retry(id);
    await worker.drain();
    expect((await get(id)).body).toMatchObject({ status: 'failed', attempts: 2 });
    expect(await openTasks(id)).toBe(1);
  });

  it('is retried once, however many say so at the same moment', async () => {
    const { id } = await failed();
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, n) => retry(id, n % 2 ? reviewer : admin)),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      200, 409, 409, 409, 409, 409,
    ]);
    sink.judge = () => null;
    await worker.drain();
    expect(sink.mails).toHaveLength(1);
  });

  it('has its four days, and its uncertain tries, from there', async () => {
    const { id } = await failed();
    const asSystem = (sql: string): Promise<unknown> =>
      portal.app.get(Database).asSystem('test', (tx) => tx.execute(sql, [id]));
    await asSystem(`UPDATE outbox_message SET queued_at = now() - interval '10 days' WHERE id = $1`);
    await asSystem(`UPDATE outbox_attempt SET ended_at = NULL, outcome = NULL WHERE message_id = $1`);
    await asSystem(`INSERT INTO outbox_attempt (message_id, attempt) VALUES ($1, 0)`);
    await retry(id);
    sink.judge = () => ({ at: 'rcpt', code: 451 });
    await worker.drain();
    expect((await get(id)).body).toMatchObject({ status: 'waiting', attempts: 2 });
  });

  it('is the only one that can be sent again, and only while what it says holds', async () => {
    const { registration, clerk } = await newRegistration(portal);
    const email = `chosei@t${registration.code}.example`;
    await submit(clerk, registration, withMailbox(registration.document, email));
    const [verify] = (await list({ registrationId: registration.id, kind: 'change-request.verify-address' }))
      .body.items;
    const id = verify?.id ?? '';
    expect((await retry(id)).body).toMatchObject({ status: 409, code: 'mail-not-failed' });
    sink.judge = (recipient) => (recipient === email ? { at: 'rcpt', code: 550 } : null);
    await worker.drain();
    await portal.app
      .get(Database)
      .asSystem('test', (tx) =>
        tx.execute(`UPDATE outbox_message SET useless_after = now() - interval '1 second' WHERE id = $1`, [
          id,
        ]),
      );
    expect((await get(id)).body.mayRetry).toBe(false);
    expect((await retry(id)).body).toMatchObject({ status: 409, code: 'mail-of-no-use' });
    expect((await retry(uuidv7())).body).toMatchObject({ status: 404, code: 'not-found' });
    expect((await get(uuidv7())).status).toBe(404);
    expect([400, 422]).toContain((await retry('x')).status);
  });
});
