import type { AnnouncementResponse } from '../../src/announcements/announcement.dto.js';
import type { ReachPage } from '../../src/announcements/reach.dto.js';
import { ALL, correctionOf, draft, picked, publish } from '../factories/announcements.js';
import { letMinutesPass, runJobs } from '../factories/clock.js';
import { signInMember, signInStaff, type SignedIn } from '../factories/people.js';
import {
  buildDocument,
  CODES,
  createRegistration,
  type TestRegistration,
} from '../factories/registrations.js';
import { queuedMails, type QueuedMail } from '../setup/outbox.js';
import { overlap } from '../setup/overlap.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

const DAY = 24 * 60;

let portal: TestPortal;
let otofuke: TestRegistration;
let totsukawa: TestRegistration;
let editor: SignedIn;
let clerk: SignedIn;

beforeAll(async () => {
  portal = await startTestPortal();
  const document = buildDocument('otofuke.example');
  const [department] = document.departments;
  const [first, second] = document.contacts;
  if (!department || !first || !second) throw new Error('the document has changed');
  // The same mailbox once more, in capitals.
  const contacts = [{ ...first, email: department.email.toUpperCase() }, second];
  otofuke = await createRegistration(portal, CODES.otofuke, { ...document, contacts });
  totsukawa = await createRegistration(portal, CODES.totsukawa);
  editor = await signInStaff(portal, ['editor']);
  clerk = await signInMember(portal, totsukawa);
  await choose('digest', await signInMember(portal, otofuke), otofuke);
});
afterAll(() => portal.close());

const inMinutes = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();

async function choose(delivery: string, member: SignedIn, { id }: TestRegistration): Promise<void> {
  const path = `/registrations/${id}/announcement-delivery`;
  const { etag } = await member.client.get(path);
  const { status } = await member.client.put(path, {
    body: { delivery },
    ...(etag !== undefined && { ifMatch: etag }),
  });
  expect(status).toBe(200);
}

const correct = async (
  before: AnnouncementResponse,
  fields: Record<string, unknown>,
): Promise<AnnouncementResponse> => {
  const { status, body } = await editor.client.post<AnnouncementResponse>(
    `/announcements/${before.id}/corrections`,
    { ifMatch: before.version, body: correctionOf(before, fields) },
  );
  expect(status).toBe(201);
  return body;
};

/** As `announcement.published to`, of those that a worker would still send. */
async function waiting(title: string): Promise<string[]> {
  const about = ({ subject, body, uselessAfter }: QueuedMail): boolean =>
    `${subject}\n${body}`.includes(title) && (uselessAfter === null || uselessAfter > new Date());
  return (await queuedMails(portal))
    .filter(about)
    .map(({ kind, recipient }) => `${kind.replace('announcement.', '')} ${recipient}`)
    .toSorted();
}

const [TOTSUKAWA, TAKASAKI] = [`kikaku@t${CODES.totsukawa}.example`, `takasaki@t${CODES.totsukawa}.example`];
const OTOFUKE = ['KIKAKU@otofuke.example', 'takasaki@otofuke.example'].map((to) => to.toLowerCase());

describe('a mailbox that is registered in two spellings', () => {
  it('is one: it gets one mail, and holds nobody up', async () => {
    await choose('at-once', await signInMember(portal, otofuke), otofuke);
    const title = '表記のゆれがあっても届くお知らせ';
    const out = await publish(editor, { title });
    await correct(out, { notify: true });
    await editor.client.post(`/announcements/${out.id}/follow-ups`);
    await choose('digest', await signInMember(portal, otofuke), otofuke);
    const digested = await publish(editor, { title: `${title}（まとめ）`, audience: picked(CODES.otofuke) });
    await letMinutesPass(portal, digested.id, DAY);
    await runJobs(portal);
    const mails = (await waiting(title)).map((mail) => mail.toLowerCase());
    expect(mails.filter((mail) => mail.endsWith('otofuke.example'))).toEqual(
      ['corrected', 'digest', 'follow-up', 'published'].flatMap((kind) =>
        OTOFUKE.map((to) => `${kind} ${to}`),
      ),
    );
    const { body } = await editor.client.post<{ mailboxes: number }>('/announcements/audience-counts', {
      body: ALL,
    });
    expect(body).toMatchObject({ municipalities: 2, mailboxes: 4 });
  });
});

describe('a mail that still waits to be sent', () => {
  it('is withdrawn from those for whom a correction means it no longer', async () => {
    const title = '送り先を間違えたお知らせ';
    const out = await publish(editor, { title });
    expect(await waiting(title)).toEqual([`published ${TOTSUKAWA}`, `published ${TAKASAKI}`]);
    const { version } = await correct(out, { audience: picked(CODES.otofuke) });
    expect(await waiting(title)).toEqual([]);
    // Nor does another end bring it back.
    const moved = await editor.client.patch(`/announcements/${out.id}`, {
      ifMatch: version,
      body: { expiresAt: inMinutes(60) },
    });
    expect(moved.status).toBe(200);
    expect(await waiting(title)).toEqual([]);
  });

  it('is withdrawn from all when the announcement is taken down', async () => {
    const title = '取り下げるお知らせ';
    const out = await publish(editor, { title });
    const corrected = await correct(out, { notify: true });
    expect(await waiting(title)).toHaveLength(4);
    const { status } = await editor.client.post(`/announcements/${out.id}/archive`, {
      ifMatch: corrected.version,
    });
    expect(status).toBe(200);
    expect(await waiting(title)).toEqual([]);
  });

  it('is worth sending as long as the announcement is out, also when its end is moved', async () => {
    const title = '終わりを変えるお知らせ';
    const { id, version } = await publish(editor, { title, expiresAt: inMinutes(60) });
    const ends = async (): Promise<(string | undefined)[]> =>
      (await queuedMails(portal))
        .filter(({ subject }) => subject.includes(title))
        .map(({ uselessAfter }) => uselessAfter?.toISOString());
    const move = async (seen: number, expiresAt: string | null): Promise<number> => {
      const { status, body } = await editor.client.patch<AnnouncementResponse>(`/announcements/${id}`, {
        ifMatch: seen,
        body: { expiresAt },
      });
      expect(status).toBe(200);
      return body.version;
    };
    const later = inMinutes(120);
    const next = await move(version, later);
    expect(await ends()).toEqual([later, later]);
    await move(next, null);
    expect(await ends()).toEqual([undefined, undefined]);
  });
});

describe('a daily digest', () => {
  it('doesn’t wait for its hour with what will have ended by then', async () => {
    const title = 'きょうで終わるお知らせ';
    await publish(editor, { title, expiresAt: inMinutes(1) });
    await runJobs(portal);
    expect((await waiting(title)).filter((mail) => mail.startsWith('digest'))).toHaveLength(2);
  });

  it('that falls together with a correction says what the correction does', async () => {
    const out = await publish(editor, { title: '古い表題', audience: picked(CODES.otofuke) });
    await letMinutesPass(portal, out.id, DAY);
    await overlap(
      portal,
      (other) => other.query(`UPDATE announcement SET title = '新しい表題' WHERE id = $1`, [out.id]),
      () => runJobs(portal),
    );
    expect(await waiting('古い表題')).toEqual([]);
    expect(await waiting('新しい表題')).toHaveLength(2);
  });

  it('comes before any reminder, but for those who found it in the list', async () => {
    const out = await publish(editor, { title: 'まとめを待つお知らせ' });
    const reach = async (): Promise<ReachPage> =>
      (await editor.client.get<ReachPage>(`/announcements/${out.id}/reach`)).body;
    expect(await reach()).toMatchObject({ recipients: 2, told: 1, askable: 1, waitingForDigest: 1 });
    const found = await signInMember(portal, otofuke);
    await found.client.post(`/announcements/${out.id}/acknowledgements`, { body: { revision: 1 } });
    const corrected = await correct(out, {
      title: '見つけた方に訂正も届くお知らせ',
      notify: true,
      askAgain: true,
    });
    expect(await waiting(corrected.title)).toHaveLength(4);
    expect(await reach()).toMatchObject({ told: 2, askable: 2, waitingForDigest: 0 });
    const { body } = await editor.client.post<{ municipalities: number }>(
      `/announcements/${out.id}/follow-ups`,
    );
    expect(body.municipalities).toBe(2);
    expect(await reach()).toMatchObject({ askable: 0, waitingForDigest: 0 });
  });
});

describe('while a correction is under way', () => {
  it('a newcomer isn’t given what it takes away', async () => {
    const out = await publish(editor, { title: '狭めるお知らせ' });
    const takasaki = await createRegistration(portal, CODES.takasaki);
    await overlap(
      portal,
      (other) =>
        other.query('UPDATE announcement SET audience = $2 WHERE id = $1', [
          out.id,
          JSON.stringify({
            kind: 'chosen',
            prefectures: [],
            associations: [],
            types: [],
            municipalities: [CODES.otofuke],
          }),
        ]),
      () => runJobs(portal),
    );
    const newcomer = await signInMember(portal, takasaki);
    expect((await newcomer.client.get(`/announcements/${out.id}`)).status).toBe(404);
    await runJobs(portal);
    expect((await newcomer.client.get(`/announcements/${out.id}`)).status).toBe(404);
  });

  it('an acknowledgement of what it asks anew is refused', async () => {
    const out = await publish(editor, { title: '確認し直すお知らせ' });
    const answer = await overlap(
      portal,
      (other) =>
        other
          .query('UPDATE announcement_recipient SET removed_at = NULL WHERE announcement_id = $1', [out.id])
          .then(() =>
            other.query('UPDATE announcement SET revision = 2, acknowledge_from = 2 WHERE id = $1', [out.id]),
          ),
      () => clerk.client.post(`/announcements/${out.id}/acknowledgements`, { body: { revision: 1 } }),
    );
    expect(answer).toMatchObject({ status: 409, body: { code: 'announcement-corrected' } });
  });
});

describe('who comes back by a later correction', () => {
  it('is told of it like everybody who was told before', async () => {
    const title = '行き来するお知らせ';
    const both = picked(CODES.otofuke, CODES.totsukawa);
    const out = await publish(editor, { title, audience: both });
    const narrowed = await correct(out, { audience: picked(CODES.otofuke) });
    await correct(narrowed, { audience: both, notify: true });
    expect(await waiting(title)).toEqual([`corrected ${TOTSUKAWA}`, `corrected ${TAKASAKI}`]);
  });
});

describe('what an editor sends', () => {
  it('names municipalities, prefectures and associations that there are', async () => {
    const audience = {
      kind: 'chosen',
      prefectures: ['990007'],
      associations: ['nowhere'],
      municipalities: ['999999', CODES.otofuke],
    };
    const { id, version } = await draft(editor);
    const { status, body } = await editor.client.patch(`/announcements/${id}`, {
      ifMatch: version,
      body: { audience },
    });
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([
      { pointer: '/audience/prefectures' },
      { pointer: '/audience/associations' },
      { pointer: '/audience/municipalities', message: '999999は、ありません。選び直してください。' },
    ]);
  });

  it.each(['2026-02-30T00:00:00.000000Z', '0000-01-01T00:00:00.000000Z', '2026-01-01T24:00:00.000000Z'])(
    'is no cursor with the time %s',
    async (at) => {
      const cursor = Buffer.from(JSON.stringify([1, at, otofuke.id])).toString('base64url');
      expect((await clerk.client.get(`/announcements?cursor=${cursor}`)).status).toBe(422);
    },
  );

  it('has no year of five digits', async () => {
    const { id, version } = await draft(editor);
    const { status } = await editor.client.patch(`/announcements/${id}`, {
      ifMatch: version,
      body: { expiresAt: '9999-12-31T23:59:59-23:59' },
    });
    expect(status).toBe(422);
  });
});
