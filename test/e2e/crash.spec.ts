import type { ChangeRequestResponse } from '../../src/change-requests/change-request.dto.js';
import { Database } from '../../src/platform/database/database.service.js';
import { signInMember, signInStaff, type SignedIn } from '../factories/people.js';
import { createRegistration } from '../factories/registrations.js';
import { type PortalProcess, Processes } from '../setup/processes.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

/** kill -9 of a second process while it approves: what is in the database is all of a decision, or nothing. */
const ROUNDS = 4;
const PER_ROUND = 8;
/** The two mailboxes of each test registration. */
const MAILS_PER_APPROVAL = 2;

let portal: TestPortal;
let processes: Processes;
let reviewer: SignedIn;
let offset = 600;

beforeAll(async () => {
  portal = await startTestPortal();
  reviewer = await signInStaff(portal, ['reviewer']);
  processes = await Processes.beside(portal);
});
afterAll(async () => {
  await processes.close();
  await portal.close();
});

const start = (worker: 'on' | 'off'): Promise<PortalProcess> => processes.start({ WORKER: worker });

async function submitOne(): Promise<string> {
  const [municipality] = await portal.app
    .get(Database)
    .asSystem('test', (tx) =>
      tx.query<{ code: string }>('SELECT code FROM municipality ORDER BY code LIMIT 1 OFFSET $1', [
        (offset += 1),
      ]),
    );
  const registration = await createRegistration(portal, municipality?.code);
  const { client } = await signInMember(portal, registration);
  const sent = await client.post<ChangeRequestResponse>(`/registrations/${registration.id}/change-requests`, {
    ifMatch: 1,
    body: { proposed: { ...registration.document, mainPhone: '0155-00-9999' } },
  });
  return sent.body.id;
}

/** Approves all at once and kills the process when the first answer comes. @returns whom it answered */
async function approveAndKill(ids: readonly string[]): Promise<string[]> {
  const { child, origin } = await start('off');
  const answered: string[] = [];
  const calls = ids.map(async (id) => {
    const response = await fetch(`${origin}/api/v1/change-requests/${id}/approve`, {
      method: 'POST',
      headers: { authorization: `Bearer ${reviewer.client.token}`, 'if-match': '"1"' },
    });
    if (response.status === 200) answered.push(id);
    return child.end('SIGKILL');
  });
  await Promise.allSettled(calls);
  await child.end('SIGKILL');
  return answered;
}

interface State {
  readonly id: string;
  readonly status: string;
  readonly version: number;
  readonly phone: string;
  readonly versions: number;
  readonly fresh: number;
  readonly trail: number;
  readonly mails: number;
}

function states(): Promise<State[]> {
  return portal.app.get(Database).asSystem('test', (tx) =>
    tx.query<State>(
      `SELECT c.id, c.status, r.version, r.main_phone AS phone,
              (SELECT count(*)::int FROM registration_version v WHERE v.registration_id = r.id) AS versions,
              (SELECT count(*)::int FROM field_freshness f WHERE f.registration_id = r.id) AS fresh,
              (SELECT count(*)::int FROM audit_event a
                WHERE a.subject_id = c.id::text AND a.type = 'change-request.approved') AS trail,
              (SELECT count(*)::int FROM outbox_message m
                WHERE m.registration_id = r.id AND m.kind = 'change-request.approved') AS mails
         FROM change_request c JOIN registration r ON r.id = c.registration_id`,
    ),
  );
}

const NOTHING = {
  status: 'under_review',
  version: 1,
  phone: '0155-00-2110',
  versions: 1,
  fresh: 0,
  trail: 0,
  mails: 0,
};
const ALL = {
  status: 'approved',
  version: 2,
  phone: '0155-00-9999',
  versions: 2,
  fresh: 1,
  trail: 1,
  mails: MAILS_PER_APPROVAL,
};

it('leaves each approval done or undone, never half, and every mail is sent after the restart', async () => {
  const answered: string[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const ids = [];
    for (let i = 0; i < PER_ROUND; i += 1) ids.push(await submitOne());
    answered.push(...(await approveAndKill(ids)));
  }
  const found = await states();
  expect(found).toHaveLength(ROUNDS * PER_ROUND);
  for (const { id: _id, ...state } of found) expect([NOTHING, ALL]).toContainEqual(state);
  const approved = found.filter(({ status }) => status === 'approved').map(({ id }) => id);
  // What was answered was true; and there was something to kill.
  expect(approved).toEqual(expect.arrayContaining(answered));
  expect(approved.length).toBeGreaterThan(0);
  expect(approved.length).toBeLessThan(found.length);

  const { child, origin } = await start('on');
  const left = found.filter(({ status }) => status !== 'approved');
  for (const { id } of left) {
    const response = await fetch(`${origin}/api/v1/change-requests/${id}/approve`, {
      method: 'POST',
      headers: { authorization: `Bearer ${reviewer.client.token}`, 'if-match': '"1"' },
    });
    expect(response.status).toBe(200);
  }
  // One "received" each, and the results.
  const expected = found.length * (1 + MAILS_PER_APPROVAL);
  const mails = await processes.sink.waitFor(expected);
  await child.end('SIGTERM');
  expect(mails).toHaveLength(expected);
  expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(expected);
}, 90_000);
