import { createHash, randomBytes } from 'node:crypto';
import { parse } from 'content-disposition';
import { v7 as uuidv7 } from 'uuid';
import type { DetachedResponse } from '../../src/announcements/attachment.dto.js';
import { Permission } from '../../src/platform/access/permission.js';
import { Database } from '../../src/platform/database/database.service.js';
import {
  attach,
  attachmentsPath,
  download,
  FILE_HEADERS,
  insertAnnouncement,
  insertAttachment,
  pdfOf,
  SMALL_PDF,
} from '../factories/attachments.js';
import { runJobs } from '../factories/clock.js';
import { signInMember, signInStaff, type SignedIn } from '../factories/people.js';
import { CODES, createRegistration, type TestRegistration } from '../factories/registrations.js';
import { rowsOf } from '../factories/trail.js';
import type { Answer, Problem } from '../setup/client.js';
import { ask } from '../setup/raw.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

let portal: TestPortal;
let ours: TestRegistration;
let editor: SignedIn;
let reviewer: SignedIn;
let clerk: SignedIn;
let stranger: SignedIn;

beforeAll(async () => {
  portal = await startTestPortal();
  ours = await createRegistration(portal, CODES.otofuke);
  editor = await signInStaff(portal, ['editor']);
  reviewer = await signInStaff(portal, ['reviewer']);
  clerk = await signInMember(portal, ours);
  stranger = await signInMember(portal, await createRegistration(portal, CODES.totsukawa));
});
afterAll(() => portal.close());

const detach = (who: SignedIn, announcementId: string, id: string): Promise<Answer<DetachedResponse>> =>
  who.client.delete<DetachedResponse>(`${attachmentsPath(announcementId)}/${id}`);

const announcementOf = async (id: string): Promise<Record<string, unknown> | undefined> =>
  (
    await rowsOf<Record<string, unknown>>(
      portal,
      `SELECT version, changed_by_account_id AS by, search_text AS text
         FROM announcement WHERE id = $1`,
      [id],
    )
  )[0];

/** What the database holds of files: names, and how many pieces. */
const filesOf = (announcementId: string): Promise<{ name: string; pieces: number; removed: boolean }[]> =>
  rowsOf(
    portal,
    `SELECT name, removed_at IS NOT NULL AS removed,
            (SELECT count(*)::int FROM announcement_attachment_chunk c WHERE c.attachment_id = a.id) AS pieces
       FROM announcement_attachment a WHERE announcement_id = $1 ORDER BY id`,
    [announcementId],
  );

describe('a file', () => {
  it('comes back as it was sent, under its name, and as nothing but a download', async () => {
    const id = await insertAnnouncement(portal, { recipients: [ours.id] });
    const file = pdfOf(3_000_001, randomBytes(5_003));
    const attached = await attach(editor, id, 'C:\\町\\開催要項（案）"最終"🎉.PDF', file);
    expect(attached.status).toBe(201);
    const name = '開催要項（案）＂最終＂🎉.PDF';
    expect(attached.body).toEqual({
      id: expect.any(String),
      name,
      mediaType: 'application/pdf',
      bytes: file.length,
      announcementVersion: 2,
    });
    expect(await filesOf(id)).toEqual([{ name, pieces: 3, removed: false }]);
    for (const reader of [clerk, editor, reviewer]) {
      const { status, headers, bytes } = await download(portal, reader, id, attached.body.id);
      expect(status).toBe(200);
      expect(bytes.equals(file)).toBe(true);
      expect(Object.fromEntries(headers)).toMatchObject({
        'content-type': 'application/pdf',
        'content-length': String(file.length),
        'content-security-policy': "sandbox; default-src 'none'",
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      });
      expect(parse(headers.get('content-disposition') ?? '')).toMatchObject({
        type: 'attachment',
        parameters: { filename: name },
      });
    }
  });

  it('tells its headers without being read', async () => {
    const id = await insertAnnouncement(portal);
    const { body } = await attach(editor, id, 'a.pdf');
    const { status, headers } = await ask(portal, `/api/v1${attachmentsPath(id)}/${body.id}`, {
      method: 'HEAD',
      headers: { authorization: `Bearer ${editor.client.token}` },
    });
    expect([status, headers['content-length']]).toEqual([200, String(SMALL_PDF.length)]);
  });

  it('of text is served with its encoding', async () => {
    const id = await insertAnnouncement(portal, { recipients: [ours.id] });
    const { body } = await attach(editor, id, '名簿.csv', Buffer.from('93fa967b0d0a', 'hex'));
    const { headers, bytes } = await download(portal, clerk, id, body.id);
    expect(headers.get('content-type')).toBe('text/csv; charset=shift_jis');
    expect(bytes.toString('hex')).toBe('93fa967b0d0a');
  });

  it('is found by its name, changes the version, and stands in the trail, its name apart', async () => {
    const id = await insertAnnouncement(portal);
    const { body } = await attach(editor, id, 'ＰＲ動画の手引き.pdf');
    const [account] = await rowsOf<{ id: string }>(
      portal,
      `SELECT id FROM account WHERE 'editor' = ANY (roles)`,
    );
    expect(await announcementOf(id)).toMatchObject({
      version: 2,
      by: account?.id,
      text: expect.stringContaining('\npr動画ノ手引キ.pdf'),
    });
    expect((await detach(editor, id, body.id)).body).toEqual({ announcementVersion: 3 });
    expect((await announcementOf(id))?.['text']).not.toContain('手引');
    const trail = await rowsOf(
      portal,
      `SELECT type, details, data FROM audit_event JOIN audit_personal ON event_id = id
        WHERE subject_type = 'announcement' AND subject_id = $1 ORDER BY id`,
      [id],
    );
    const personal = { name: 'ＰＲ動画の手引き.pdf' };
    expect(trail).toEqual([
      {
        type: 'announcement.attached',
        details: {
          attachmentId: body.id,
          version: 2,
          mediaType: 'application/pdf',
          bytes: SMALL_PDF.length,
          sha256: createHash('sha256').update(SMALL_PDF).digest('hex'),
        },
        data: personal,
      },
      {
        type: 'announcement.detached',
        details: { attachmentId: body.id, version: 3, kept: true },
        data: personal,
      },
    ]);
  });

  it('that is taken off is gone from a draft, and kept and shown to nobody once it was out', async () => {
    const draft = await insertAnnouncement(portal, { state: 'draft' });
    const first = (await attach(editor, draft, 'a.pdf')).body.id;
    expect((await detach(editor, draft, first)).status).toBe(200);
    expect(await filesOf(draft)).toEqual([]);
    const published = await insertAnnouncement(portal, { recipients: [ours.id] });
    const second = (await attach(editor, published, 'a.pdf')).body.id;
    expect((await detach(editor, published, second)).status).toBe(200);
    expect(await filesOf(published)).toEqual([{ name: 'a.pdf', pieces: 1, removed: true }]);
    for (const reader of [clerk, editor, reviewer])
      expect((await download(portal, reader, published, second)).status).toBe(404);
    expect((await detach(editor, published, second)).status).toBe(404);
  });
});

describe('the walls', () => {
  it('let nobody read a file who may not read what it goes with', async () => {
    const published = await insertAnnouncement(portal, { recipients: [ours.id] });
    const draft = await insertAnnouncement(portal, { state: 'draft', recipients: [ours.id] });
    const ended = await insertAnnouncement(portal, { state: 'archived', recipients: [ours.id] });
    const [shown, hidden, old] = [
      await insertAttachment(portal, published, 'a.pdf'),
      await insertAttachment(portal, draft, 'b.pdf'),
      await insertAttachment(portal, ended, 'c.pdf'),
    ];
    const status = async (who: SignedIn, announcement: string, attachment: string): Promise<number> =>
      (await download(portal, who, announcement, attachment)).status;
    expect(await status(clerk, published, shown)).toBe(200);
    expect(await status(stranger, published, shown)).toBe(404);
    expect(await status(clerk, draft, hidden)).toBe(404);
    expect(await status(reviewer, draft, hidden)).toBe(404);
    expect(await status(editor, draft, hidden)).toBe(200);
    expect(await status(clerk, ended, old)).toBe(404);
    expect(await status(reviewer, ended, old)).toBe(200);
    // By the number of another announcement.
    expect(await status(editor, published, hidden)).toBe(404);
    expect(await status(clerk, published, hidden)).toBe(404);
    expect(await status(editor, published, uuidv7())).toBe(404);
  });

  it('stand in the database: plain SQL finds no file of what isn’t meant for one', async () => {
    const published = await insertAnnouncement(portal, { recipients: [ours.id] });
    const draft = await insertAnnouncement(portal, { state: 'draft', recipients: [ours.id] });
    const ids = [
      await insertAttachment(portal, published, 'a.pdf'),
      await insertAttachment(portal, draft, 'b.pdf'),
    ];
    const seen = (who: SignedIn): Promise<unknown[]> =>
      portal.app
        .get(Database)
        .transaction(who.viewer, Permission.ReadAnnouncement, async (tx) => [
          await tx.query('SELECT id FROM announcement_attachment WHERE id = ANY ($1)', [ids]),
          await tx.query(
            'SELECT attachment_id AS id FROM announcement_attachment_chunk WHERE attachment_id = ANY ($1)',
            [ids],
          ),
          await tx.execute('DELETE FROM announcement_attachment WHERE id = ANY ($1)', [ids]),
        ]);
    expect(await seen(stranger)).toEqual([[], [], 0]);
    expect(await seen(clerk)).toEqual([[{ id: ids[0] }], [{ id: ids[0] }], 0]);
    expect(await seen(reviewer)).toEqual([[{ id: ids[0] }], [{ id: ids[0] }], 0]);
  });

  it('let nobody but editors attach or take off, and nobody where it has ended', async () => {
    const published = await insertAnnouncement(portal, { recipients: [ours.id] });
    const shown = await insertAttachment(portal, published, 'a.pdf');
    for (const who of [clerk, reviewer]) {
      expect((await attach(who, published, 'b.pdf')).status).toBe(403);
      expect((await detach(who, published, shown)).status).toBe(403);
    }
    const ended = await insertAnnouncement(portal, { state: 'archived' });
    const old = await insertAttachment(portal, ended, 'c.pdf');
    for (const answer of [await attach(editor, ended, 'd.pdf'), await detach(editor, ended, old)])
      expect(answer).toMatchObject({ status: 409, body: { code: 'announcement-ended' } });
    expect((await attach(editor, uuidv7(), 'd.pdf')).status).toBe(404);
    expect((await detach(editor, published, old)).status).toBe(404);
    expect(await filesOf(ended)).toHaveLength(1);
  });
});

describe('what can’t be taken', () => {
  const refused = async (name: string, file: string | Buffer<ArrayBuffer>): Promise<Answer<Problem>> => {
    const id = await insertAnnouncement(portal);
    const answer = await attach<Problem>(editor, id, name, file);
    expect([await filesOf(id), (await announcementOf(id))?.['version']]).toEqual([[], 1]);
    return answer;
  };

  it.each([
    ['a.pdf', 415, 'attachment-kind', '<!doctype html><script>alert(1)</script>'],
    ['a.html', 415, 'attachment-kind', '<p>'],
    ['a.exe', 415, 'attachment-kind', 'MZ'],
    ['a.svg', 415, 'attachment-kind', '<svg/>'],
    ['a.docx', 415, 'attachment-name-differs', '%PDF-1.7\n%%EOF\n'],
    ['a.pdf', 422, 'attachment-damaged', '%PDF-1.7\n'],
    ['a.pdf', 422, 'attachment-damaged', `%PDF-1.7\n${'x'.repeat(2_000_000)}`],
    ['a.txt', 415, 'attachment-kind', 'a\0'],
  ])('%s is told %d %s (%#), and nothing of it is left', async (name, status, code, file) => {
    const answer = await refused(name, file);
    expect(answer).toMatchObject({ status, body: { code, title: expect.stringMatching(/。$/) } });
  });

  it.each([
    ['no name', '', 'required'],
    ['line ends', 'a\r\nX-Y: z.pdf', 'control-character'],
    ['NUL', 'a\0.pdf', 'control-character'],
    ['turned words', 'fdp.\u202eexe.pdf', 'control-character'],
    ['a long name', 'x'.repeat(5_000), 'too-long'],
  ])('with %s is told 422', async (_what, name, code) => {
    const { status, body } = await refused(name, SMALL_PDF);
    expect([status, body.errors?.map((error) => [error.pointer, error.code])]).toEqual([
      422,
      [['/name', code]],
    ]);
  });

  it('is told that it is empty, has no name or two', async () => {
    expect(await refused('a.pdf', '')).toMatchObject({
      status: 422,
      body: { code: 'invalid', errors: [{ pointer: '/', code: 'required' }] },
    });
    const id = await insertAnnouncement(portal);
    for (const query of ['', '?name=a.pdf&name=b.pdf', '?name=a.pdf&x=1']) {
      const answer = await editor.client.post(attachmentsPath(id) + query, {
        raw: SMALL_PDF,
        headers: FILE_HEADERS,
      });
      expect(answer).toMatchObject({ status: 422, body: { code: 'invalid' } });
    }
  });

  it.each(['application/json', 'multipart/form-data; boundary=x', 'text/plain', 'application/pdf'])(
    'is told 415 for a body of %s',
    async (type) => {
      const id = await insertAnnouncement(portal);
      const options = { headers: { 'content-type': type } };
      expect((await attach(editor, id, 'a.pdf', '{}', options)).status).toBe(415);
    },
  );

  it('is told 415 without a body', async () => {
    const answer = await editor.client.post(attachmentsPath(await insertAnnouncement(portal), 'a.pdf'));
    expect(answer).toMatchObject({ status: 415, body: { code: 'file-expected' } });
  });
});

it('what broke off is forgotten after a day, and nothing else', async () => {
  const id = await insertAnnouncement(portal);
  await insertAttachment(portal, id, 'whole.pdf');
  for (const [name, hours] of [
    ['old.pdf', 25],
    ['young.pdf', 23],
  ] as const) {
    await rowsOf(
      portal,
      `WITH begun AS (INSERT INTO announcement_attachment (id, announcement_id, name, begun_at)
                      VALUES ($1, $2, $3, now() - make_interval(hours => $4)) RETURNING id)
       SELECT id FROM begun`,
      [uuidv7(), id, name, hours],
    );
  }
  await rowsOf(
    portal,
    `INSERT INTO announcement_attachment_chunk (attachment_id, position, content)
     SELECT id, 0, 'x' FROM announcement_attachment WHERE announcement_id = $1 AND added_at IS NULL`,
    [id],
  );
  await runJobs(portal);
  expect((await filesOf(id)).map(({ name, pieces }) => [name, pieces])).toEqual([
    ['whole.pdf', 1],
    ['young.pdf', 1],
  ]);
});
