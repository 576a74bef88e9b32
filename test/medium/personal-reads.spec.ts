import { v7 as uuidv7 } from 'uuid';
import { Database } from '../../src/platform/database/database.service.js';
import type { Tx } from '../../src/platform/database/tx.js';
import { noteReads } from '../../src/platform/personal-reads/note-reads.js';
import { PersonalReads } from '../../src/platform/personal-reads/personal-reads.service.js';
import { applied } from '../factories/applications.js';
import { newRegistration } from '../factories/change-requests.js';
import { signInStaff, type SignedIn } from '../factories/people.js';
import { read, readsBy, type Stage } from '../factories/reads.js';
import { ROUTES } from '../factories/shown-people.js';
import { move, request } from '../factories/shown-subjects.js';
import { rowsOf } from '../factories/trail.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

let portal: TestPortal;
let staff: SignedIn;
let colleague: SignedIn;
let stage: Stage;

beforeAll(async () => {
  portal = await startTestPortal();
  staff = await signInStaff(portal, ['reviewer', 'editor', 'admin']);
  colleague = await signInStaff(portal, ['reviewer']);
  stage = { portal, staff, colleague };
});
afterAll(() => portal.close());

describe('what staff are shown of municipalities’ people', () => {
  it.each(Object.keys(ROUTES))('is noted: %s', async (name) => {
    const { found, expected } = (await ROUTES[name]?.(stage)) ?? { found: [], expected: [] };
    expect(expected.length).toBeGreaterThan(0);
    expect(found).toEqual(expected);
  });

  it('is noted even where the answer is a refusal', async () => {
    const { registration, sent, path } = await request(stage);
    await move(stage, registration);
    const found = await readsBy(
      stage,
      () => staff.client.post(`${path}/approve`, { ifMatch: 1, body: {} }),
      409,
    );
    expect(found).toEqual([read('change-request.three-way', sent.id, registration.id)]);
  });

  it('is not noted of members, who are shown their own', async () => {
    const { registration, clerk, path } = await request(stage);
    for (const own of [
      `/registrations/${registration.id}`,
      `/registrations/${registration.id}/history`,
      '/change-requests',
      path,
      `${path}/three-way`,
    ]) {
      expect((await clerk.client.get(own)).status).toBe(200);
    }
    expect(
      await rowsOf(portal, 'SELECT FROM personal_read WHERE session_id = $1', [clerk.viewer.sessionId]),
    ).toEqual([]);
  });

  it('costs one statement, however much it is', async () => {
    const subjects = Array.from({ length: 300 }, () => ({ id: uuidv7(), registrationId: uuidv7() }));
    let statements = 0;
    const counting = (tx: Tx): Tx =>
      Object.create(tx, {
        execute: {
          value: (...call: Parameters<Tx['execute']>) => {
            statements += 1;
            return tx.execute(...call);
          },
        },
      }) as Tx;
    const found = await readsBy(stage, async () => {
      await portal.app
        .get(Database)
        .transaction(staff.viewer, 'registration.list', (tx) =>
          noteReads(counting(tx), 'registration.list', subjects),
        );
      return { status: 200 };
    });
    expect([found.length, statements]).toEqual([300, 1]);
  });

  it('is told by session: whose, by what, how often and when', async () => {
    const { registration } = await newRegistration(portal);
    const application = await applied(portal, colleague);
    const other = await signInStaff(portal, ['reviewer'], '別府 陽');
    for (let time = 0; time < 3; time += 1) await other.client.get(`/registrations/${registration.id}`);
    await other.client.get(`/applications/${application.id}`);
    const { reader, reads } = await portal.app.get(PersonalReads).ofSession(other.viewer.sessionId);
    expect(reader?.name).toBe('別府 陽');
    const [municipality] = await rowsOf<{ name: string }>(
      portal,
      `SELECT p.name || m.name AS name FROM municipality m JOIN prefecture p ON p.code = m.prefecture_code WHERE m.code = $1`,
      [registration.code],
    );
    expect(reads).toMatchObject([
      { municipality: municipality?.name, operation: 'registration.read', count: 3 },
      { municipality: application.municipality, operation: 'application.read', count: 1 },
    ]);
    expect((await portal.app.get(PersonalReads).ofSession(uuidv7())).reads).toEqual([]);
  });
});

describe('the notes', () => {
  it('are written for one’s own session, and read by no member of staff', async () => {
    const database = portal.app.get(Database);
    const insert = (sessionId: string): Promise<number> =>
      database.transaction(staff.viewer, 'registration.read', (tx) =>
        tx.execute(
          `INSERT INTO personal_read (id, session_id, account_id, operation, subject_type, subject_id)
           VALUES (uuidv7(), $1, $1, 'x', 'x', $1)`,
          [sessionId],
        ),
      );
    expect(await insert(staff.viewer.sessionId)).toBe(1);
    await expect(insert(colleague.viewer.sessionId)).rejects.toThrow(/row-level security/);
    const shown = database.transaction(staff.viewer, 'registration.read', (tx) =>
      tx.query('SELECT FROM personal_read'),
    );
    expect(await shown).toEqual([]);
  });
});
