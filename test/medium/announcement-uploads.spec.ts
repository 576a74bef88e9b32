import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { Permission } from '../../src/platform/access/permission.js';
import { withConnection } from '../../src/platform/database/database-roles.js';
import { Database } from '../../src/platform/database/database.service.js';
import {
  attach,
  attachmentsPath,
  insertAnnouncement,
  insertAttachment,
  pdfOf,
  SMALL_PDF,
} from '../factories/attachments.js';
import { signInMember, signInStaff, type SignedIn } from '../factories/people.js';
import { CODES, createRegistration, type TestRegistration } from '../factories/registrations.js';
import { rowsOf } from '../factories/trail.js';
import type { Problem } from '../setup/client.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

/** Files on their way: what is answered before they have come, what becomes of the rest, and of the connection. */
let portal: TestPortal;
let ours: TestRegistration;
let editor: SignedIn;

beforeAll(async () => {
  portal = await startTestPortal();
  ours = await createRegistration(portal, CODES.otofuke);
  editor = await signInStaff(portal, ['editor']);
});
afterAll(() => portal.close());
afterEach(() => setLimits(20 * 1024 * 1024, 10));

const setLimits = (maxBytes: number, maxCount: number): Promise<unknown> =>
  rowsOf(portal, 'UPDATE announcement_settings SET attachment_max_bytes = $1, attachment_max_count = $2', [
    maxBytes,
    maxCount,
  ]);

const countOf = async (announcementId: string): Promise<{ whole: number; begun: number; pieces: number }> => {
  const [row] = await rowsOf<{ whole: number; begun: number; pieces: number }>(
    portal,
    `SELECT count(added_at)::int AS whole, (count(*) - count(added_at))::int AS begun,
            (SELECT count(*)::int FROM announcement_attachment_chunk c JOIN announcement_attachment b
                ON b.id = c.attachment_id WHERE b.announcement_id = $1) AS pieces
       FROM announcement_attachment WHERE announcement_id = $1`,
    [announcementId],
  );
  return row as { whole: number; begun: number; pieces: number };
};

/** Asks the database again and again, as long as it takes. */
async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition()));
}

/** How many of the portal's transactions wait for another one to end. */
const waitingForLocks = (): Promise<number> =>
  withConnection(portal.database.adminUrl, async (admin) => {
    const { rows } = await admin.query<{ count: number }>(
      `SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    return rows[0]?.count ?? 0;
  });

const headersOf = ({ client }: SignedIn): Record<string, string> => ({
  authorization: `Bearer ${client.token}`,
  'content-type': 'application/octet-stream',
});

/** An upload whose sender decides when what is sent. */
function upload(
  announcementId: string,
  name: string,
  { length, who = editor }: { length?: number; who?: SignedIn } = {},
): { sending: ClientRequest; answer: Promise<{ status: number; body: Problem; message: IncomingMessage }> } {
  const sending = request(`${portal.origin}/api/v1${attachmentsPath(announcementId, name)}`, {
    method: 'POST',
    headers: { ...headersOf(who), ...(length !== undefined && { 'content-length': length }) },
  });
  sending.flushHeaders();
  const answer = once(sending, 'response').then(async ([message]: IncomingMessage[]) => {
    const response = message as IncomingMessage;
    let text = '';
    for await (const part of response.setEncoding('utf8')) text += String(part);
    return { status: response.statusCode ?? 0, body: JSON.parse(text) as Problem, message: response };
  });
  return { sending, answer };
}

/** Breaks it off; what the sender is told of that is its own business. */
function breakOff(sending: ClientRequest): void {
  sending.on('error', () => undefined);
  sending.destroy();
}

describe('a file that can’t be taken is answered before it has come:', () => {
  it('one that says that it is too large, without a byte of it', async () => {
    const id = await insertAnnouncement(portal);
    const { sending, answer } = upload(id, 'a.pdf', { length: 20 * 1024 * 1024 + 1 });
    expect(await answer).toMatchObject({
      status: 413,
      body: { code: 'attachment-too-large', maxBytes: 20 * 1024 * 1024 },
    });
    breakOff(sending);
    expect(await countOf(id)).toMatchObject({ whole: 0, begun: 0 });
  });

  it('one that turns out to be too large', async () => {
    await setLimits(100_000, 10);
    const id = await insertAnnouncement(portal);
    const { sending, answer } = upload(id, 'a.pdf');
    sending.write(pdfOf(100_001, Buffer.from('x')));
    expect(await answer).toMatchObject({
      status: 413,
      body: { code: 'attachment-too-large', maxBytes: 100_000 },
    });
    breakOff(sending);
    expect(await countOf(id)).toEqual({ whole: 0, begun: 0, pieces: 0 });
  });

  it('one that is of another kind, by its beginning', async () => {
    const id = await insertAnnouncement(portal);
    const { sending, answer } = upload(id, 'a.pdf', { length: 1_000_000 });
    sending.write(`<html>${' '.repeat(5_000)}`);
    expect(await answer).toMatchObject({ status: 415, body: { code: 'attachment-kind', found: 'html' } });
    breakOff(sending);
    expect(await countOf(id)).toEqual({ whole: 0, begun: 0, pieces: 0 });
  });

  it('one too many, one of nobody who may, one for what isn’t there', async () => {
    await setLimits(1_000_000, 1);
    const id = await insertAnnouncement(portal);
    await insertAttachment(portal, id, 'a.pdf');
    const tooMany = upload(id, 'b.pdf', { length: 1_000 });
    expect(await tooMany.answer).toMatchObject({
      status: 409,
      body: { code: 'too-many-attachments', maxCount: 1 },
    });
    breakOff(tooMany.sending);
    const member = upload(id, 'b.pdf', { length: 1_000, who: await signInMember(portal, ours) });
    expect(await member.answer).toMatchObject({ status: 403 });
    breakOff(member.sending);
    expect(await countOf(id)).toMatchObject({ whole: 1, begun: 0 });
  });
});

describe('the connection of a refused file', () => {
  let socket: Socket;
  afterEach(() => socket.destroy());

  /** Speaks HTTP by hand, so that nothing is sent or closed but what the test says. */
  async function begin(announcementId: string, length: number): Promise<() => Promise<string>> {
    socket = connect(Number(new URL(portal.origin).port), '127.0.0.1');
    socket.setEncoding('utf8');
    const headers = { ...headersOf(editor), host: 'x', 'content-length': String(length) };
    socket.write(
      `POST /api/v1${attachmentsPath(announcementId, 'a.pdf')} HTTP/1.1\r\n` +
        `${Object.entries(headers)
          .map(([name, value]) => `${name}: ${value}\r\n`)
          .join('')}\r\n`,
    );
    return async () => String((await once(socket, 'data'))[0]);
  }

  it('serves the next request, once the rest has come', async () => {
    const id = await insertAnnouncement(portal);
    const file = Buffer.alloc(3_000_000, ' ');
    const answer = await begin(id, file.length);
    socket.write(file.subarray(0, 5_000));
    expect(await answer()).toMatch(/^HTTP\/1\.1 415 /);
    socket.write(file.subarray(5_000));
    socket.write('GET /health/live HTTP/1.1\r\nhost: x\r\n\r\n');
    expect(await answer()).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('ends soon where more is announced than anybody would wait for', async () => {
    const answer = await begin(await insertAnnouncement(portal), 10_000_000_000);
    expect(await answer()).toMatch(/^HTTP\/1\.1 413 /);
    socket.on('error', () => undefined);
    await once(socket, 'close');
  });
});

describe('a file on its way', () => {
  it('is stored piece by piece, and gone at once when its sender breaks off', async () => {
    const id = await insertAnnouncement(portal);
    const { sending, answer } = upload(id, 'a.pdf', { length: 5_000_000 });
    answer.catch(() => undefined);
    sending.write(pdfOf(2_500_000, randomBytes(1_000)));
    await until(async () => (await countOf(id)).pieces === 2);
    breakOff(sending);
    await until(async () => (await countOf(id)).begun === 0);
    expect(await countOf(id)).toEqual({ whole: 0, begun: 0, pieces: 0 });
  });

  it('is refused and gone when its sender’s session ends', async () => {
    const other = await signInStaff(portal, ['editor']);
    const id = await insertAnnouncement(portal);
    const { sending, answer } = upload(id, 'a.pdf', { length: 3_000_000, who: other });
    const file = pdfOf(3_000_000, Buffer.from('x'));
    sending.write(file.subarray(0, 1_500_000));
    await until(async () => (await countOf(id)).pieces === 1);
    await rowsOf(portal, 'UPDATE session SET revoked_at = now() WHERE id = $1', [other.viewer.sessionId]);
    sending.end(file.subarray(1_500_000));
    expect(await answer).toMatchObject({ status: 401, body: { code: 'session-ended' } });
    expect(await countOf(id)).toEqual({ whole: 0, begun: 0, pieces: 0 });
  });

  it('is refused when its announcement has ended meanwhile, or its draft is gone', async () => {
    for (const [change, expected] of [
      [`UPDATE announcement SET state = 'archived', archived_at = now() WHERE id = $1`, 'announcement-ended'],
      ['DELETE FROM announcement_attachment WHERE announcement_id = $1', 'not-found'],
    ] as const) {
      const id = await insertAnnouncement(portal);
      const { sending, answer } = upload(id, 'a.pdf', { length: 1_500_000 });
      const file = pdfOf(1_500_000, Buffer.from('x'));
      sending.write(file.subarray(0, 1_100_000));
      await until(async () => (await countOf(id)).pieces === 1);
      await rowsOf(portal, change, [id]);
      sending.end(file.subarray(1_100_000));
      expect((await answer).body.code).toBe(expected);
      expect(await countOf(id)).toMatchObject({ whole: 0, begun: 0 });
    }
  });

  it('is told that there is no draft when it begins while that is being deleted', async () => {
    const id = await insertAnnouncement(portal, { state: 'draft' });
    const removing = portal.app
      .get(Database)
      .transaction(editor.viewer, Permission.WriteAnnouncement, async (tx) => {
        await tx.execute('DELETE FROM announcement WHERE id = $1', [id]);
        const answer = attach<Partial<Problem>>(editor, id, 'a.pdf');
        await until(async () => (await waitingForLocks()) > 0);
        return { answer };
      });
    const { status, body } = await (await removing).answer;
    expect([status, body.code]).toEqual([404, 'not-found']);
  });

  it('is no way past the number that is allowed: many at once, and no more stay', async () => {
    await setLimits(1_000_000, 3);
    const id = await insertAnnouncement(portal);
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) => attach<Partial<Problem>>(editor, id, `${n}.pdf`)),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
    for (const { status, body } of answers.filter((answer) => answer.status !== 201))
      expect([status, body.code]).toEqual([409, 'too-many-attachments']);
    expect(await countOf(id)).toEqual({ whole: 3, begun: 0, pieces: 3 });
    const [row] = await rowsOf<{ version: number }>(
      portal,
      'SELECT version FROM announcement WHERE id = $1',
      [id],
    );
    expect(row?.version).toBe(4);
  });
});

describe('a file on its way out', () => {
  it('stops when its reader’s session ends', async () => {
    const clerk = await signInMember(portal, ours);
    const id = await insertAnnouncement(portal, { recipients: [ours.id] });
    // More than the connection holds by itself while nobody reads.
    const { body } = await attach(editor, id, 'a.pdf', pdfOf(20_000_000, randomBytes(1_000)));
    const asking = request(`${portal.origin}/api/v1${attachmentsPath(id)}/${body.id}`, {
      headers: { authorization: `Bearer ${clerk.client.token}` },
    }).end();
    const [message] = (await once(asking, 'response')) as [IncomingMessage];
    await rowsOf(portal, 'UPDATE session SET revoked_at = now() WHERE id = $1', [clerk.viewer.sessionId]);
    let received = 0;
    const reading = (async () => {
      for await (const part of message) received += (part as Buffer).length;
    })();
    await expect(reading).rejects.toThrow('aborted');
    expect(received).toBeLessThan(20_000_000);
  });
});

describe('every other route', () => {
  it.each([
    ['POST', '/auth/challenges'],
    ['POST', '/nothing-here'],
    ['PUT', '/settings'],
    ['DELETE', '/auth/sessions'],
  ] as const)('refuses a file: %s %s', async (method, path) => {
    const options = { raw: SMALL_PDF, headers: { 'content-type': 'application/octet-stream' } };
    const { status, body } = await editor.client.call(method, path, options);
    // What isn't there isn't there, whatever is sent.
    expect([status, body.code]).toEqual(
      path === '/nothing-here' ? [404, 'not-found'] : [415, 'unsupported-media-type'],
    );
  });
});
