import type { ChangeRequestResponse } from '../../src/change-requests/change-request.dto.js';
import type { DaysPassed } from '../../src/demo/dev-time.dto.js';
import { apply, findApplication, freeCode } from '../factories/applications.js';
import { newRegistration, submit, withMailbox } from '../factories/change-requests.js';
import { signInStaff } from '../factories/people.js';
import { type Answer, Client } from '../setup/client.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

/** The demo's time machine. That a real portal has none is proved in start.spec.ts. */
let portal: TestPortal;

beforeAll(async () => {
  portal = await startTestPortal({ mode: 'demo' });
});
afterAll(() => portal.close());

const pass = <T = DaysPassed>(body: unknown): Promise<Answer<T>> =>
  new Client(portal).post<T>('/dev/time', { body });

it('makes a change request older, does what is due, and says that it is for the demo', async () => {
  const { registration, clerk } = await newRegistration(portal);
  const sent = await submit(clerk, registration, withMailbox(registration.document, 'new@dev-time.example'));
  const { id, number, submittedAt } = sent.body;
  const answer = await pass({ changeRequestId: id, days: 12 });
  expect([answer.status, answer.body]).toEqual([
    200,
    { demoOnly: expect.stringContaining('デモだけの機能'), number, days: 12 },
  ]);
  const read = async (): Promise<ChangeRequestResponse> =>
    (await clerk.client.get<ChangeRequestResponse>(`/change-requests/${id}`)).body;
  const older = await read();
  expect(Date.parse(String(submittedAt)) - Date.parse(String(older.submittedAt))).toBe(12 * 86_400_000);
  expect(older).toMatchObject({ status: 'awaiting_verification', version: sent.body.version });
  await pass({ changeRequestId: id, days: 3 });
  expect((await read()).status).toBe('expired');
});

it('makes an application older', async () => {
  const reviewer = await signInStaff(portal, ['reviewer']);
  const { number } = (await apply(portal, await freeCode(portal), 'dev-time.example')).body;
  const { id } = await findApplication(reviewer, number);
  expect((await pass({ applicationId: id, days: 15 })).body).toMatchObject({ number });
  expect((await findApplication(reviewer, number)).status).toBe('expired');
});

const NOBODY = '019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5e';

it.each([
  [{ days: 1 }, 422],
  [{ changeRequestId: NOBODY, applicationId: NOBODY, days: 1 }, 422],
  [{ changeRequestId: 'R8-0001', days: 1 }, 422],
  [{ changeRequestId: NOBODY, days: 0 }, 422],
  [{ changeRequestId: NOBODY, days: 1.5 }, 422],
  [{ changeRequestId: NOBODY }, 422],
  [{ changeRequestId: NOBODY, days: 1 }, 404],
  [{ applicationId: NOBODY, days: 1 }, 404],
])('refuses %j', async (body, status) => {
  expect((await pass(body)).status).toBe(status);
});
