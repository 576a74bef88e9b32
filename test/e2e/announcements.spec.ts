import type {
  AcknowledgementResponse,
  AnnouncementPage,
  AnnouncementResponse,
  RevisionList,
} from '../../src/announcements/announcement.dto.js';
import type { FollowUpResponse, ReachPage } from '../../src/announcements/reach.dto.js';
import { ALL, categoryId, correctionOf, draft, picked, publish } from '../factories/announcements.js';
import { signInMember, signInStaff, type SignedIn } from '../factories/people.js';
import { CODES, createRegistration, type TestRegistration } from '../factories/registrations.js';
import { queuedMails } from '../setup/outbox.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

let portal: TestPortal;
let otofuke: TestRegistration;
let totsukawa: TestRegistration;
let editor: SignedIn;
let clerk: SignedIn;
let stranger: SignedIn;

beforeAll(async () => {
  portal = await startTestPortal();
  otofuke = await createRegistration(portal, CODES.otofuke);
  totsukawa = await createRegistration(portal, CODES.totsukawa);
  editor = await signInStaff(portal, ['editor']);
  clerk = await signInMember(portal, otofuke);
  stranger = await signInMember(portal, totsukawa);
});
afterAll(() => portal.close());

const mailsOf = async (kind: string, subject: string): Promise<string[]> =>
  (await queuedMails(portal))
    .filter((mail) => mail.kind === kind && mail.subject.includes(subject))
    .map(({ recipient }) => recipient);
const list = async (someone: SignedIn, query = ''): Promise<AnnouncementPage> =>
  (await someone.client.get<AnnouncementPage>(`/announcements${query}`)).body;
const titles = async (someone: SignedIn, query = ''): Promise<string[]> =>
  (await list(someone, query)).items.map(({ title }) => title);
const act = (
  someone: SignedIn,
  { id, version }: { id: string; version: number },
  verb: string,
  body?: Record<string, unknown>,
) =>
  someone.client.post<AnnouncementResponse>(`/announcements/${id}/${verb}`, {
    ifMatch: version,
    ...(body && { body }),
  });
const acknowledge = ({ client }: SignedIn, id: string, revision = 1) =>
  client.post<AcknowledgementResponse>(`/announcements/${id}/acknowledgements`, { body: { revision } });

describe('an announcement', () => {
  it('is written, goes out to those it is meant for, is read and acknowledged, and the rest reminded once', async () => {
    const title = '東北絆まつりのご案内';
    const written = await draft(editor, { title });
    expect(await titles(clerk)).not.toContain(title);
    expect((await clerk.client.get(`/announcements/${written.id}`)).status).toBe(404);

    const { status, body: out } = await act(editor, written, 'publish');
    expect(status).toBe(200);
    expect(out).toMatchObject({ state: 'published', revision: 1, reach: { recipients: 2, acknowledged: 0 } });
    expect(await mailsOf('announcement.published', title)).toEqual(
      expect.arrayContaining([otofuke.mailbox, totsukawa.mailbox]),
    );

    const seen = (await clerk.client.get<AnnouncementResponse>(`/announcements/${out.id}`)).body;
    expect(seen).toMatchObject({ title, unread: true, acknowledgement: null, audience: null, reach: null });
    expect((await clerk.client.put(`/announcements/${out.id}/reading`)).status).toBe(204);
    const { body: acknowledged } = await acknowledge(clerk, out.id);
    expect(acknowledged).toMatchObject({ byName: clerk.name, revision: 1, counts: true });
    expect((await list(clerk)).items.find(({ id }) => id === out.id)).toMatchObject({
      unread: false,
      acknowledgement: { byName: clerk.name },
    });

    const { body: reach } = await editor.client.get<ReachPage>(
      `/announcements/${out.id}/reach?status=waiting`,
    );
    expect(reach).toMatchObject({ recipients: 2, acknowledged: 1, followedUp: 0, total: 1 });
    expect(reach.items.map(({ registrationId }) => registrationId)).toEqual([totsukawa.id]);

    const first = await editor.client.post<FollowUpResponse>(`/announcements/${out.id}/follow-ups`);
    expect(first.body.municipalities).toBe(1);
    expect(await mailsOf('announcement.follow-up', title)).toContain(totsukawa.mailbox);
    expect(await mailsOf('announcement.follow-up', title)).not.toContain(otofuke.mailbox);
    const second = await editor.client.post<FollowUpResponse>(`/announcements/${out.id}/follow-ups`);
    expect(second.body).toEqual({ municipalities: 0, mails: 0 });
  });
});
void [ALL, categoryId, correctionOf, picked, publish, stranger];
type _Unused = RevisionList;
