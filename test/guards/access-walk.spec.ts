import { withConnection } from '../../src/platform/database/database-roles.js';
import { call, type Setting, type Thing, thingOf } from '../factories/calls.js';
import { type MarkedMunicipality, markMunicipality } from '../factories/marked-municipality.js';
import { createStaff, signInAs, signInMember, type SignedIn, type StaffPerson } from '../factories/people.js';
import { CODES } from '../factories/registrations.js';
import { callRow, type Column, COLUMNS } from '../setup/access-matrix.js';
import { type Answer, Client, type Problem } from '../setup/client.js';
import { type Operation, OPERATIONS } from '../setup/openapi.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';
import { ROLES, STAFF_ROLES, type StaffRole } from '../../src/platform/access/permission.js';
import { AccessTokens } from '../../src/platform/access/access-token.js';

/** docs/access-matrix.md, walked: every operation as every role, over HTTP. */
let portal: TestPortal;
let ours: MarkedMunicipality;
let theirs: MarkedMunicipality;
const staff = new Map<StaffRole, StaffPerson>();

beforeAll(async () => {
  portal = await startTestPortal();
  ours = await markMunicipality(portal, CODES.otofuke, 'marka', '0155-11');
  theirs = await markMunicipality(portal, CODES.totsukawa, 'markb', '0746-22');
  for (const role of STAFF_ROLES) staff.set(role, await createStaff(portal, [role]));
});
afterAll(() => portal.close());

/** A session of its own for each call: some calls end sessions. */
async function signInFresh(role: Exclude<Column, 'public'>): Promise<SignedIn> {
  if (role === 'member') return signInMember(portal, ours.registration);
  return signInAs(portal, staff.get(role) as StaffPerson, [role]);
}

async function callAs(column: Column, operation: Operation, setting: Setting = {}): Promise<Answer<Problem>> {
  const client = column === 'public' ? new Client(portal) : (await signInFresh(column)).client;
  return call<Problem>(client, operation, { document: ours.document, ...setting });
}

/** What a call is refused with because of who makes it. */
const REFUSALS = ['invalid-token', 'session-ended', 'forbidden', 'step-up-needed'];
const refusalIn = ({ body }: Answer<Problem | null>): string | null =>
  REFUSALS.find((code) => code === body?.code) ?? null;

const told = (answer: Answer<Problem | null>): unknown[] => [answer.status, answer.body?.code];

/** Public routes which take a mailed code are alike for unknown ids and wrong codes. */
const hidesWhatThereIs = ({ access }: Operation): boolean => access === 'public';

describe.each(COLUMNS)('%s', (column) => {
  it.each(OPERATIONS)('calls $id as the matrix says', async (operation) => {
    const answer = await callAs(column, operation);
    const mark = callRow(operation.id).marks[column];
    if (mark === '–') {
      expect(told(answer)).toEqual(column === 'public' ? [401, 'invalid-token'] : [403, 'forbidden']);
    } else if (mark === 'own' && column === 'public') {
      // Its proof is a cookie that nobody has.
      expect([204, 401]).toContain(answer.status);
    } else {
      expect(refusalIn(answer)).toBeNull();
      expect(answer.status).toBeLessThan(500);
    }
  });
});

describe('an id that nothing has', () => {
  const cases = OPERATIONS.filter((operation) => thingOf(operation) !== null && !hidesWhatThereIs(operation));
  it.each(cases)('is answered by 404 in $id', async (operation) => {
    for (const role of ROLES) {
      const { marks } = callRow(operation.id);
      if (marks[role] === '–' || thingOf(operation) === 'municipality') continue;
      expect([role, ...told(await callAs(role, operation))]).toEqual([role, 404, 'not-found']);
    }
  });
});

describe('a member with the ids of another municipality', () => {
  const cases = OPERATIONS.filter((operation) => thingOf(operation) !== null);

  it.each(cases)('finds nothing in $id', async (operation) => {
    for (const setting of othersFor(operation)) {
      const answer = await callAs('member', operation, setting);
      const allowed = callRow(operation.id).marks.member !== '–';
      if (thingOf(operation) !== 'municipality' && !hidesWhatThereIs(operation))
        expect(told(answer)).toEqual(allowed ? [404, 'not-found'] : [403, 'forbidden']);
      expect(readIn(answer)).toEqual([]);
    }
  });

  it.each(OPERATIONS.filter(({ query }) => query.some((name) => /Id$|^cursor$/.test(name))))(
    'finds nothing by the parameters of $id',
    async (operation) => {
      for (const name of operation.query.filter((parameter) => parameter.endsWith('Id'))) {
        const answer = await callAs('member', operation, {
          things: ours.things,
          query: { [name]: theirs.things.registration },
        });
        expect(readIn(answer)).toEqual([]);
      }
      expect(readIn(await callAs('member', operation, { things: ours.things }))).toEqual([]);
    },
  );

  /** Every id of theirs that could stand in the path. */
  function othersFor(operation: Operation): Setting[] {
    const thing = thingOf(operation);
    const ids =
      thing === 'changeRequest' ? [theirs.ofStaff, theirs.scheduled, theirs.things.changeRequest] : [];
    const own =
      thing !== null && Object.hasOwn(theirs.things, thing)
        ? (theirs.things as Record<Thing, string>)[thing]
        : undefined;
    return [...ids, ...(own === undefined || ids.length > 0 ? [] : [own])]
      .map((id): Setting => ({
        things: { attachment: theirs.things.attachment, [thing as Thing]: id },
        document: theirs.document,
      }))
      .concat(own === undefined ? [{ document: theirs.document }] : []);
  }

  /** Traces of theirs in the answer, but for what the question itself held. */
  function readIn(answer: Answer<unknown>): string[] {
    const text = JSON.stringify(answer.body ?? null).replace(/"instance":"[^"]*"/, '');
    return theirs.traces.filter((trace) => text.includes(trace));
  }
});

describe('a reviewer', () => {
  const cases = OPERATIONS.filter(
    (operation) => callRow(operation.id).marks.reviewer === 'own' && thingOf(operation) === 'changeRequest',
  );

  it.each(cases)('does not go on in $id with what a clerk has sent', async (operation) => {
    const answer = await callAs('reviewer', operation, { things: ours.things });
    expect(told(answer)).toEqual([403, 'forbidden']);
  });
});

describe('a second factor shown longer ago', () => {
  it.each(OPERATIONS.filter(({ access }) => access !== 'public'))(
    'matters in $id as the matrix says',
    async (operation) => {
      const { marks, stepUp } = callRow(operation.id);
      for (const role of STAFF_ROLES.filter((name) => marks[name] !== '–')) {
        const { client, viewer } = await signInFresh(role);
        await letStepUpPass(viewer.sessionId);
        const answer = await call<Problem>(client, operation, { document: ours.document });
        expect([role, refusalIn(answer)]).toEqual([role, stepUp ? 'step-up-needed' : null]);
        if (stepUp) expect(answer.status).toBe(403);
      }
    },
  );

  const letStepUpPass = (sessionId: string): Promise<unknown> =>
    withConnection(portal.database.adminUrl, (admin) =>
      admin.query(`UPDATE session SET stepped_up_at = now() - interval '11 minutes' WHERE id = $1`, [
        sessionId,
      ]),
    );
});

describe('a token that claims more than its session has', () => {
  it.each(OPERATIONS.filter(({ id }) => callRow(id).marks.member === '–'))(
    'opens nothing in $id',
    async (operation) => {
      const { client, viewer } = await signInFresh('member');
      client.token = portal.app.get(AccessTokens).sign(viewer.sessionId, [...ROLES]);
      const answer = await call<Problem>(client, operation, {
        things: theirs.things,
        document: theirs.document,
      });
      expect(told(answer)).toEqual([403, 'forbidden']);
    },
  );
});
