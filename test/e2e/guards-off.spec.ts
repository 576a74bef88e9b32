import { jest } from '@jest/globals';
import type { SessionViewer } from '../../src/platform/access/viewer.js';
import type { RegistrationDocument } from '../../src/registry/registration-document.js';
import type { MarkedMunicipality } from '../factories/marked-municipality.js';
import type { SignedIn } from '../factories/people.js';
import { type Operation, OPERATIONS } from '../setup/openapi.js';
import type { WalledTable } from '../setup/rows.js';
import type { TestPortal } from '../setup/test-portal.js';

/**
 * The second wall by itself: the permission check lets everybody do everything, and row-level security has to do.
 * Modules that import it come after it is replaced, so none of them stands above.
 */
const PERMISSION = '../../src/platform/access/permission.js';
const permission = await import('../../src/platform/access/permission.js');
jest.unstable_mockModule(PERMISSION, () => ({
  ...permission,
  isAllowed: () => true,
  needsStepUp: () => false,
}));
const { call, thingOf } = await import('../factories/calls.js');
const { markMunicipality } = await import('../factories/marked-municipality.js');
const { signInMember } = await import('../factories/people.js');
const { CODES } = await import('../factories/registrations.js');
const { rowsOf, walledTables } = await import('../setup/rows.js');
const { startTestPortal } = await import('../setup/test-portal.js');
const { Database } = await import('../../src/platform/database/database.service.js');
const { DataSource } = await import('typeorm');

let portal: TestPortal;
let ours: MarkedMunicipality;
let theirs: MarkedMunicipality;
let before: Record<string, string[]>;

beforeAll(async () => {
  portal = await startTestPortal();
  ours = await markMunicipality(portal, CODES.otofuke, 'marka', '0155-11');
  theirs = await markMunicipality(portal, CODES.totsukawa, 'markb', '0746-22');
  before = await rowsOf(portal, theirs.registration.id);
});
afterAll(() => portal.close());

const signInOurs = (): Promise<SignedIn> => signInMember(portal, ours.registration);

/** Public operations do what they are for, whoever asks. */
const GUARDED = OPERATIONS.filter(({ access }) => access !== 'public');

/** Ids of theirs that may stand where an operation takes one: also of their other change requests. */
function idsFor(operation: Operation): Record<string, string>[] {
  if (thingOf(operation) !== 'changeRequest') return [theirs.things];
  const { ofStaff, scheduled, things } = theirs;
  return [things.changeRequest, ofStaff, scheduled].map((changeRequest) => ({ ...things, changeRequest }));
}

/** What of theirs an answer holds; a problem repeats the path that was asked. */
function readIn(body: unknown): string[] {
  const text = JSON.stringify(body ?? null).replace(/"instance":"[^"]*"/, '');
  return theirs.traces.filter((trace) => text.includes(trace));
}

/** Departments and people by their ids, so that a write would be a good one, and in words that aren't theirs. */
function disguised(): RegistrationDocument {
  const [departments, contacts] = [theirs.document.departments, theirs.document.contacts];
  return {
    ...ours.document,
    primaryDepartmentId: theirs.document.primaryDepartmentId,
    departments: ours.document.departments.map((department, index) => ({
      ...department,
      id: departments[index]?.id ?? '',
    })),
    contacts: ours.document.contacts.map((contact, index) => ({
      ...contact,
      id: contacts[index]?.id ?? '',
      departmentId: theirs.document.primaryDepartmentId,
    })),
  };
}

describe('with the guards switched off', () => {
  it('the guards are off, so that the tests below mean something', async () => {
    const { client } = await signInOurs();
    expect((await client.get('/users')).status).toBe(200);
    expect((await client.get('/audit-events')).status).toBe(200);
    expect((await client.get<{ items: unknown[] }>('/registrations')).body.items).toHaveLength(1);
  });

  it.each(GUARDED)('$id gives a member nothing of another municipality by its ids', async (operation) => {
    for (const things of idsFor(operation)) {
      for (const ifMatch of operation.needsIfMatch ? [1, 2, 3] : [1]) {
        const { client } = await signInOurs();
        const answer = await call(client, operation, { things, document: disguised(), ifMatch });
        if (thingOf(operation) !== null && thingOf(operation) !== 'municipality')
          expect([200, 201, 202, 204]).not.toContain(answer.status);
        expect(readIn(answer.body)).toEqual([]);
      }
    }
  });

  it.each(GUARDED.filter(({ query }) => query.length > 0))(
    '$id gives a member nothing of another municipality by its parameters',
    async (operation) => {
      for (const name of operation.query) {
        const { client } = await signInOurs();
        const value = VALUES[name] ?? theirs.things.registration;
        const answer = await call(client, operation, { things: ours.things, query: { [name]: value } });
        expect(readIn(answer.body)).toEqual([]);
      }
    },
  );

  it('and nothing of the other municipality has changed', async () => {
    expect(await rowsOf(portal, theirs.registration.id)).toEqual(before);
    expect(Object.values(before).filter((rows) => rows.length > 0).length).toBeGreaterThan(10);
  });
});

/** What a list may be narrowed by where it is no id. */
const VALUES: Readonly<Record<string, string>> = {
  q: '十津川',
  limit: '500',
  prefecture: '290009',
  status: 'awaiting_verification',
  from: '2020-01-01',
  to: '2099-01-01',
};

describe('plain SQL', () => {
  let tables: WalledTable[];
  let viewer: SessionViewer;
  beforeAll(async () => {
    tables = await walledTables(portal);
    ({ viewer } = await signInOurs());
  });

  const asMember = (sql: string, parameters: unknown[] = []): Promise<{ row: string }[]> =>
    portal.app
      .get(Database)
      .transaction(viewer, permission.Permission.ReadRegistration, (tx) => tx.query(sql, parameters));

  it('finds tables enough, and rows of the other municipality in them', async () => {
    expect(tables.length).toBeGreaterThan(20);
    const empty = Object.keys(before).filter((name) => before[name]?.length === 0);
    // An application knows its registration once it was accepted; its marks are looked for all the same.
    expect(empty).toEqual(['membership_application']);
  });

  it('shows a member no row of another municipality, in whatever table', async () => {
    for (const { name, owner } of tables) {
      const rows = await asMember(`SELECT t::text AS row FROM ${name} t`);
      const traces = theirs.traces.filter((trace) => rows.some(({ row }) => row.includes(trace)));
      expect([name, traces]).toEqual([name, []]);
      if (owner === null) continue;
      const others = await asMember(
        `SELECT t::text AS row FROM ${name} t WHERE ${owner} IS DISTINCT FROM $1`,
        [ours.registration.id],
      );
      expect([name, others]).toEqual([name, []]);
    }
  });

  it('lets a member change or delete no row of another municipality, in whatever table', async () => {
    for (const { name, owner } of tables) {
      if (owner === null) continue;
      for (const statement of [
        `UPDATE ${name} SET ${owner} = ${owner} WHERE ${owner} = $1`,
        `DELETE FROM ${name} WHERE ${owner} = $1`,
      ]) {
        const touched = await countTouched(statement);
        expect([statement, touched]).toEqual([
          statement,
          expect.stringMatching(/^(0 rows|permission denied)$/),
        ]);
      }
    }
    expect(await rowsOf(portal, theirs.registration.id)).toEqual(before);
  });

  async function countTouched(statement: string): Promise<string> {
    try {
      const count = await portal.app
        .get(Database)
        .transaction(viewer, permission.Permission.ReadRegistration, (tx) =>
          tx.execute(statement, [theirs.registration.id]),
        );
      return `${count} rows`;
    } catch (error) {
      return /permission denied/.exec(String(error))?.[0] ?? String(error);
    }
  }

  it('shows nobody anything, in whatever table', async () => {
    const dataSource = portal.app.get(DataSource);
    for (const { name } of tables) {
      expect([name, await dataSource.query(`SELECT 1 FROM ${name} LIMIT 1`)]).toEqual([name, []]);
    }
  });

  it('shows everything of it to the portal itself, so that the marks above were there to be found', async () => {
    const all = Object.values(await rowsOf(portal))
      .flat()
      .join('\n');
    expect(theirs.traces.filter((trace) => !all.includes(trace))).toEqual([]);
  });
});
