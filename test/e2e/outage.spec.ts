import type { ChangeRequestResponse } from '../../src/change-requests/change-request.dto.js';
import type { HistoryPage, RegistrationResponse } from '../../src/registry/registration.dto.js';
import { letDaysPass } from '../factories/clock.js';
import { mailsTo, newRegistration, submit, withMailbox } from '../factories/change-requests.js';
import { signInStaff, type SignedIn } from '../factories/people.js';
import { Processes } from '../setup/processes.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

/** Every process was down while something fell due; then several start at the same moment. */
const PROCESSES = 3;

let portal: TestPortal;
let processes: Processes;
let reviewer: SignedIn;

beforeAll(async () => {
  portal = await startTestPortal();
  reviewer = await signInStaff(portal, ['reviewer']);
  processes = await Processes.beside(portal);
});
afterAll(async () => {
  await processes.close();
  await portal.close();
});

it('what fell due is done once, and before anybody is served', async () => {
  const { registration, clerk } = await newRegistration(portal);
  const [, second] = registration.document.contacts;
  const soon = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
  const handover = await clerk.client.post<ChangeRequestResponse>(
    `/registrations/${registration.id}/handovers`,
    {
      ifMatch: 1,
      body: { outgoingContactId: second?.id, incoming: { name: '三枝 千紘' }, effectiveOn: soon },
    },
  );
  await reviewer.client.post(`/change-requests/${handover.body.id}/approve`, { ifMatch: 1 });
  const { registration: other, clerk: otherClerk } = await newRegistration(portal);
  const lapsing = await submit(otherClerk, other, withMailbox(other.document, `new@t${other.code}.example`));
  await letDaysPass(portal, handover.body.id, 4);
  await letDaysPass(portal, lapsing.body.id, 20);

  const children = await Promise.all(Array.from({ length: PROCESSES }, () => processes.start()));
  const now = await clerk.client.get<RegistrationResponse>(`/registrations/${registration.id}`);
  expect(now.body.contacts.map(({ name }) => name)).toEqual(['佐藤 健一', '三枝 千紘']);
  const history = await clerk.client.get<HistoryPage>(`/registrations/${registration.id}/history`);
  expect(history.body.items.map(({ version, cause }) => [version, cause])).toEqual([
    [2, 'handover'],
    [1, 'import'],
  ]);
  const expired = await otherClerk.client.get<ChangeRequestResponse>(`/change-requests/${lapsing.body.id}`);
  expect(expired.body.status).toBe('expired');
  await Promise.all(children.map(({ child }) => child.end('SIGTERM')));
  const mails = [...(await mailsTo(portal, registration.mailbox)), ...(await mailsTo(portal, other.mailbox))];
  const results = mails.filter((kind) => /approved|expired/.test(kind));
  expect(results).toEqual(['change-request.approved', 'change-request.expired']);
});
