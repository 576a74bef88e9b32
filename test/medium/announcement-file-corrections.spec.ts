import type { AnnouncementResponse, RevisionList } from '../../src/announcements/announcement.dto.js';
import { publish } from '../factories/announcements.js';
import { attach, attachmentsPath, insertAnnouncement } from '../factories/attachments.js';
import { signInMember, signInStaff, type SignedIn } from '../factories/people.js';
import { CODES, createRegistration } from '../factories/registrations.js';
import { queuedMails } from '../setup/outbox.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

/** What is out changes in the open, its files as well. */
let portal: TestPortal;
let editor: SignedIn;
let clerk: SignedIn;

beforeAll(async () => {
  portal = await startTestPortal();
  const ours = await createRegistration(portal, CODES.otofuke);
  editor = await signInStaff(portal, ['editor']);
  clerk = await signInMember(portal, ours);
});
afterAll(() => portal.close());

const read = async (who: SignedIn, id: string): Promise<AnnouncementResponse> =>
  (await who.client.get<AnnouncementResponse>(`/announcements/${id}`)).body;

const detach = (announcementId: string, id: string): Promise<{ status: number }> =>
  editor.client.delete(`${attachmentsPath(announcementId)}/${id}`);

const notesOf = ({ corrections }: AnnouncementResponse): string[] => corrections.map(({ note }) => note);

it('a file of what is out comes and goes as a correction that members read', async () => {
  const { id } = await publish(editor);
  const file = (await attach(editor, id, '開催要項.pdf')).body;
  const attached = await read(clerk, id);
  expect(attached).toMatchObject({
    revision: 2,
    version: file.announcementVersion,
    correctedAt: expect.any(String),
    attachments: [{ name: '開催要項.pdf' }],
  });
  expect(notesOf(attached)).toEqual(['添付ファイルを追加しました（開催要項.pdf）。']);
  expect((await detach(id, file.id)).status).toBe(200);
  const detached = await read(clerk, id);
  expect(detached).toMatchObject({ revision: 3, attachments: [] });
  expect(notesOf(detached).toSorted()).toEqual([
    '添付ファイルを取り外しました（開催要項.pdf）。',
    '添付ファイルを追加しました（開催要項.pdf）。',
  ]);
  const { items } = (await editor.client.get<RevisionList>(`/announcements/${id}/revisions`)).body;
  expect(items.map(({ revision, attachments }) => [revision, attachments])).toEqual([
    [3, []],
    [2, ['開催要項.pdf']],
    [1, []],
  ]);
});

it('asks nobody anew and mails nobody', async () => {
  const { id, revision } = await publish(editor);
  await clerk.client.post(`/announcements/${id}/acknowledgements`, { body: { revision } });
  const mails = (await queuedMails(portal)).length;
  await attach(editor, id, 'a.pdf');
  expect((await read(clerk, id)).acknowledgement).toMatchObject({ revision: 1, counts: true });
  expect(await queuedMails(portal)).toHaveLength(mails);
});

it('is no correction of a draft, nor where the file is refused', async () => {
  const draft = await insertAnnouncement(portal, { state: 'draft' });
  await detach(draft, (await attach(editor, draft, 'a.pdf')).body.id);
  expect(await read(editor, draft)).toMatchObject({ revision: 0, corrections: [] });
  const { id } = await publish(editor);
  expect((await attach(editor, id, 'a.pdf', 'x')).status).toBe(415);
  expect(await read(clerk, id)).toMatchObject({ revision: 1, correctedAt: null, corrections: [] });
});

it('keeps each that comes at the same moment', async () => {
  const { id } = await publish(editor);
  await Promise.all(['a.pdf', 'b.pdf', 'c.pdf'].map((name) => attach(editor, id, name)));
  const { items } = (await editor.client.get<RevisionList>(`/announcements/${id}/revisions`)).body;
  expect(items.map(({ revision, attachments }) => [revision, attachments.length])).toEqual([
    [4, 3],
    [3, 2],
    [2, 1],
    [1, 0],
  ]);
});
