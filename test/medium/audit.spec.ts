import type { AuditEventPage } from '../../src/platform/audit/audit.dto.js';
import { signInMember, signInStaff, type SignedIn } from '../factories/people.js';
import { createRegistration, type TestRegistration } from '../factories/registrations.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

let portal: TestPortal;
let admin: SignedIn;
let clerk: SignedIn;
let registration: TestRegistration;

beforeAll(async () => {
  portal = await startTestPortal();
  admin = await signInStaff(portal, ['admin']);
  registration = await createRegistration(portal);
  clerk = await signInMember(portal, registration);
  await clerk.client.post(`/registrations/${registration.id}/confirmations`, { ifMatch: 1 });
});
afterAll(() => portal.close());

const list = async (query: string): Promise<AuditEventPage> =>
  (await admin.client.get<AuditEventPage>(`/audit-events?${query}`)).body;

it('shows an admin who did what, newest first, with the personal values beside the facts', async () => {
  const { items, total } = await list(`registrationId=${registration.id}`);
  expect(total).toBe(2);
  expect(items).toMatchObject([
    {
      type: 'registration.confirmed',
      actorKind: 'member',
      sessionId: clerk.viewer.sessionId,
      subjectId: registration.id,
      details: { version: 1, method: 'confirmation' },
      personal: { name: '小野寺 真理' },
    },
    { type: 'session.started', personal: { mailbox: registration.mailbox, name: '小野寺 真理' } },
  ]);
  expect(JSON.stringify(items.map(({ details }) => details))).not.toContain('小野寺');
});

it('narrows by kind, subject and date, and goes on by its cursor', async () => {
  expect((await list('type=registration.confirmed')).items).toHaveLength(1);
  expect((await list(`subjectId=${registration.id}`)).items).toHaveLength(1);
  expect((await list('to=2020-01-01')).items).toEqual([]);
  const first = await list('limit=1');
  const second = await list(`limit=1&cursor=${first.nextCursor}`);
  expect([first.total, second.total]).toEqual([3, 3]);
  expect(second.items[0]?.id).not.toBe(first.items[0]?.id);
});

it('is for admins alone, and refuses what it cannot read', async () => {
  const reviewer = await signInStaff(portal, ['reviewer']);
  for (const { client } of [reviewer, clerk]) expect((await client.get('/audit-events')).status).toBe(403);
  for (const query of [
    'type=dance',
    'from=2026-02-30',
    'cursor=WyJ4Il0',
    'subjectId=1',
    'from=2026-02-02&to=2026-02-01',
  ]) {
    expect([query, (await admin.client.get(`/audit-events?${query}`)).status]).toEqual([query, 422]);
  }
});
