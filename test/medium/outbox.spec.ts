import { v7 as uuidv7 } from 'uuid';
import { Database } from '../../src/platform/database/database.service.js';
import { Codes } from '../../src/platform/mail/codes.js';
import { CODE_SLOT, declareMessage } from '../../src/platform/outbox/message.js';
import { type ClaimedMail, OutboxRepository } from '../../src/platform/outbox/outbox.repository.js';
import { outgoing, Outbox } from '../../src/platform/outbox/outbox.service.js';
import { OutboxWorker } from '../../src/platform/outbox/outbox.worker.js';
import { SmtpSink } from '../setup/smtp-sink.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

let sink: SmtpSink;
let portal: TestPortal;
let worker: OutboxWorker;

const plain = declareMessage<string>('test.plain', '試し', (body) => ({
  subject: '髙﨑様へのお知らせ',
  body,
}));
const coded = declareMessage<void>(
  'test.coded',
  '試し',
  () => ({ subject: 'コード', body: `コード　${CODE_SLOT}\n` }),
  { codePurpose: 'sign-in', priority: 0 },
);

interface Row {
  readonly attempts: number;
  readonly sent: boolean;
  readonly failed: boolean;
  readonly waitMinutes: number;
  readonly outcomes: (string | null)[];
  readonly lastError: string | null;
}

beforeAll(async () => {
  sink = await SmtpSink.start();
  portal = await startTestPortal({ smtpUrl: sink.url });
  worker = portal.app.get(OutboxWorker);
});
afterAll(async () => {
  await portal.close();
  await sink.stop();
});
beforeEach(() => {
  sink.mails.length = 0;
  sink.judge = () => null;
});

const inTransaction = <T>(work: Parameters<Database['asSystem']>[1]): Promise<T> =>
  portal.app.get(Database).asSystem('test', work) as Promise<T>;

/** Queues a mail to a mailbox of its own. @returns the mailbox */
async function queue(body = '檮原町　ご担当者様\n'): Promise<string> {
  const to = `${uuidv7()}@x.example`;
  await inTransaction((tx) =>
    portal.app.get(Outbox).add(tx, [outgoing({ message: plain, to, params: body, occasion: 'test' })]),
  );
  return to;
}

async function row(recipient: string): Promise<Row> {
  const [found] = await inTransaction<Row[]>((tx) =>
    tx.query<Row>(
      `SELECT attempts, sent_at IS NOT NULL AS sent, failed_at IS NOT NULL AS failed, last_error AS "lastError",
              round(extract(epoch FROM not_before - now()) / 60)::int AS "waitMinutes",
              ARRAY (SELECT outcome FROM outbox_attempt a WHERE a.message_id = m.id ORDER BY attempt) AS outcomes
         FROM outbox_message m WHERE recipient = $1`,
      [recipient],
    ),
  );
  if (!found) throw new Error(`nothing is queued for ${recipient}`);
  return found;
}

const set = (recipient: string, change: string): Promise<number> =>
  inTransaction((tx) => tx.execute(`UPDATE outbox_message SET ${change} WHERE recipient = $1`, [recipient]));

/** As a worker leaves it that dies after its try was written down. */
const dieWhileSending = (recipient: string): Promise<unknown> =>
  inTransaction(async (tx) => {
    await portal.app.get(OutboxRepository).claim(tx, 100);
    await tx.execute(
      `UPDATE outbox_message SET leased_until = now() - interval '1 second' WHERE recipient = $1`,
      [recipient],
    );
  });

describe('the outbox', () => {
  it('sends plain text to one recipient, with characters as they are and the headers of a machine', async () => {
    const to = await queue('檮原町　ご担当者様\n\n髙﨑・𠮷野です。\n');
    expect(await worker.drain()).toBe(1);
    const [mail] = sink.mails;
    expect(mail?.envelopeTo).toEqual([to]);
    expect(mail?.subject).toBe('【特別区全国連携】髙﨑様へのお知らせ');
    expect(mail?.text).toBe('檮原町　ご担当者様\n\n髙﨑・𠮷野です。\n');
    expect(mail?.raw).toMatch(/^Content-Type: text\/plain; charset=utf-8/m);
    expect(mail?.raw).toMatch(/^Auto-Submitted: auto-generated/m);
    expect(mail?.raw).toMatch(/^X-Auto-Response-Suppress: All/m);
    expect(mail?.messageId).toMatch(/^<[0-9a-f-]{36}@portal\.example>$/);
    expect(await row(to)).toMatchObject({ attempts: 1, sent: true, outcomes: ['sent'] });
    expect(await worker.drain()).toBe(0);
  });

  it('writes a mail with what causes it, or not at all', async () => {
    const to = 'never@x.example';
    const broken = portal.app.get(Database).asSystem('test', async (tx) => {
      await portal.app.get(Outbox).add(tx, [outgoing({ message: plain, to, params: 'x', occasion: 'x' })]);
      throw new Error('the cause failed');
    });
    await expect(broken).rejects.toThrow('the cause failed');
    await worker.drain();
    expect(sink.mails).toEqual([]);
  });

  it('never queues the same occasion twice for a mailbox', async () => {
    const mail = outgoing({ message: plain, to: 'once@x.example', params: 'x', occasion: 'the same' });
    const twice = inTransaction((tx) => portal.app.get(Outbox).add(tx, [mail, mail]));
    await expect(twice).rejects.toThrow(/outbox_message_dedupe_key_is_unique/);
  });

  it('fills the code in at the moment of sending and stores it nowhere', async () => {
    const id = uuidv7();
    await inTransaction((tx) =>
      portal.app.get(Outbox).add(tx, [
        outgoing({
          message: coded,
          to: 'code@x.example',
          params: undefined,
          occasion: id,
          challengeId: id,
        }),
      ]),
    );
    await worker.drain();
    const code = portal.app.get(Codes).derive('sign-in', id);
    expect(sink.mails[0]?.text).toBe(`コード　${code.slice(0, 4)} ${code.slice(4)}\n`);
    const [stored] = await inTransaction<{ text: string }[]>((tx) =>
      tx.query(`SELECT m::text AS text FROM outbox_message m WHERE recipient = 'code@x.example'`),
    );
    expect(stored?.text).not.toContain(code.slice(0, 4) + ' ');
  });

  it('sends codes first', async () => {
    const id = uuidv7();
    await queue();
    await inTransaction((tx) =>
      portal.app.get(Outbox).add(tx, [
        outgoing({
          message: coded,
          to: 'first@x.example',
          params: undefined,
          occasion: id,
          challengeId: id,
        }),
      ]),
    );
    const claimed = await inTransaction<{ recipient: string }[]>((tx) =>
      portal.app.get(OutboxRepository).claim(tx, 1),
    );
    expect(claimed.map(({ recipient }) => recipient)).toEqual(['first@x.example']);
  });

  it('does not send what is no longer of use', async () => {
    const to = await queue();
    await set(to, `useless_after = now() - interval '1 second'`);
    await worker.drain();
    expect(sink.mails.filter(({ envelopeTo }) => envelopeTo.includes(to))).toEqual([]);
    expect(await row(to)).toMatchObject({ failed: true, lastError: 'no longer of use' });
  });
});

describe('when the mail server', () => {
  it('is full for now, the mail waits 1, 5, 15 and 30 minutes, with the same Message-ID', async () => {
    const to = await queue();
    sink.judge = (recipient) => (recipient === to ? { at: 'data', code: 451 } : null);
    for (const minutes of [1, 5, 15, 30]) {
      await worker.drain();
      const { waitMinutes, sent, failed } = await row(to);
      expect([waitMinutes, sent, failed]).toEqual([minutes, false, false]);
      await set(to, 'not_before = now()');
    }
    sink.judge = () => null;
    await worker.drain();
    expect(await row(to)).toMatchObject({
      attempts: 5,
      sent: true,
      outcomes: ['deferred', 'deferred', 'deferred', 'deferred', 'sent'],
      lastError: null,
    });
    expect(sink.mails.filter(({ envelopeTo }) => envelopeTo[0] === to)).toHaveLength(1);
  });

  it('does not know the recipient, the mail is given up at once', async () => {
    const to = await queue();
    sink.judge = (recipient) => (recipient === to ? { at: 'rcpt', code: 550 } : null);
    await worker.drain();
    expect(await row(to)).toMatchObject({ failed: true, outcomes: ['failed'] });
    const tasks = await inTransaction<{ title: string }[]>((tx) =>
      tx.query(`SELECT title FROM task WHERE kind = 'outbox.undeliverable' AND title LIKE $1`, [`${to}%`]),
    );
    expect(tasks).toHaveLength(1);
  });

  it('refuses what is not about the recipient, the mail is kept', async () => {
    const to = await queue();
    sink.judge = (recipient) => (recipient === to ? { at: 'data', code: 554 } : null);
    await worker.drain();
    expect(await row(to)).toMatchObject({ failed: false, sent: false, outcomes: ['deferred'] });
    await set(to, `queued_at = now() - interval '5 days', not_before = now()`);
    await worker.drain();
    expect(await row(to)).toMatchObject({ failed: true });
  });

  it('is not there, nothing is lost', async () => {
    const port = Number(new URL(sink.url).port);
    const to = await queue();
    await sink.stop();
    await worker.drain();
    expect(await row(to)).toMatchObject({ sent: false, failed: false });
    sink = await SmtpSink.start(port);
    await set(to, 'not_before = now(), leased_until = NULL');
    await worker.drain();
    expect(await row(to)).toMatchObject({ sent: true });
  });
});

describe('workers', () => {
  it('never send a mail twice, however many there are', async () => {
    for (let i = 0; i < 30; i += 1) await queue();
    await Promise.all(Array.from({ length: 4 }, () => worker.drain()));
    const ids = sink.mails.map(({ messageId }) => messageId);
    expect(ids).toHaveLength(30);
    expect(new Set(ids).size).toBe(30);
  });

  it('leave alone what another has, until its lease ends', async () => {
    const to = await queue();
    await inTransaction((tx) => portal.app.get(OutboxRepository).claim(tx, 100));
    expect(await worker.drain()).toBe(0);
    await set(to, `leased_until = now() - interval '1 second'`);
    await worker.drain();
    expect(await row(to)).toMatchObject({ sent: true, outcomes: [null, 'sent'] });
  });

  it('take no word from one whose lease had ended', async () => {
    const to = await queue();
    const repository = portal.app.get(OutboxRepository);
    const [late] = await inTransaction<ClaimedMail[]>((tx) => repository.claim(tx, 100));
    await set(to, `leased_until = now() - interval '1 second'`);
    await worker.drain();
    if (!late) throw new Error('nothing was claimed');
    await inTransaction((tx) =>
      repository.settle(tx, late, { outcome: 'deferred', response: 'too late', retryInSeconds: 0 }),
    );
    expect(await row(to)).toMatchObject({ sent: true, lastError: null });
    expect(await worker.drain()).toBe(0);
  });

  it('send once more what a dead one left uncertain, and then no more', async () => {
    const to = await queue();
    await dieWhileSending(to);
    await dieWhileSending(to);
    await worker.drain();
    expect(await row(to)).toMatchObject({ failed: true, lastError: 'uncertain twice' });
  });

  it('never send a sign-in code again that may have gone out', async () => {
    const id = uuidv7();
    const to = 'uncertain@x.example';
    await inTransaction((tx) =>
      portal.app
        .get(Outbox)
        .add(tx, [outgoing({ message: coded, to, params: undefined, occasion: id, challengeId: id })]),
    );
    await dieWhileSending(to);
    await worker.drain();
    expect(sink.mails.filter(({ envelopeTo }) => envelopeTo[0] === to)).toEqual([]);
    expect(await row(to)).toMatchObject({ failed: true });
  });
});
