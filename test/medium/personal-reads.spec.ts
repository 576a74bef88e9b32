import { readFileSync } from 'node:fs';
import type { ChangeRequestResponse } from '../../src/change-requests/change-request.dto.js';
import { Database } from '../../src/platform/database/database.service.js';
import { Tx } from '../../src/platform/database/tx.js';
import { noteReads } from '../../src/platform/personal-reads/note-reads.js';
import { PersonalReads } from '../../src/platform/personal-reads/personal-reads.service.js';
import { READ_OPERATIONS } from '../../src/platform/personal-reads/read-operations.js';
import { undeliverableTask } from '../../src/platform/outbox/outbox.worker.js';
import { Tasks } from '../../src/platform/tasks/tasks.service.js';
import type { TaskPage } from '../../src/platform/tasks/task.dto.js';
import { diffRegistrations } from '../../src/registry/registration-diff.js';
import { RegistrationsService } from '../../src/registry/registrations.service.js';
import { v7 as uuidv7 } from 'uuid';
import { applied, freeCode, proposalOf } from '../factories/applications.js';
import { newRegistration, submit, withPhone } from '../factories/change-requests.js';
import { signInStaff, type SignedIn } from '../factories/people.js';
import { noteCall, verifiedClaim } from '../factories/recoveries.js';
import type { TestRegistration } from '../factories/registrations.js';
import { rowsOf } from '../factories/trail.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

interface Read {
  readonly operation: string;
  readonly type: string;
  readonly id: string;
  readonly registrationId: string | null;
}

let portal: TestPortal;
let staff: SignedIn;
let colleague: SignedIn;

beforeAll(async () => {
  portal = await startTestPortal();
  staff = await signInStaff(portal, ['reviewer', 'admin']);
  colleague = await signInStaff(portal, ['reviewer']);
});
afterAll(() => portal.close());

const allReads = (who = staff): Promise<Read[]> =>
  rowsOf<Read>(
    portal,
    `SELECT operation, subject_type AS type, subject_id AS id, registration_id AS "registrationId"
       FROM personal_read r WHERE session_id = $1
        AND account_id = (SELECT account_id FROM session s WHERE s.id = r.session_id) ORDER BY id`,
    [who.viewer.sessionId],
  );

/** What the staff were shown by a piece of work. */
async function readsBy(work: () => Promise<{ status: number }>, status = 200): Promise<Read[]> {
  const before = (await allReads()).length;
  expect((await work()).status).toBe(status);
  return (await allReads()).slice(before);
}

const read = (
  operation: keyof typeof READ_OPERATIONS,
  id: string,
  registrationId: string | null = id,
): Read => ({
  operation,
  type: READ_OPERATIONS[operation],
  id,
  registrationId,
});

/** A change request under review of a municipality of its own. */
async function request(): Promise<{
  registration: TestRegistration;
  clerk: SignedIn;
  sent: ChangeRequestResponse;
  path: string;
}> {
  const { registration, clerk } = await newRegistration(portal);
  const { body: sent } = await submit(clerk, registration, withPhone(registration.document));
  return { registration, clerk, sent, path: `/change-requests/${sent.id}` };
}

/** Changes the registration under an open request, as an import does. */
async function move({ id, document }: TestRegistration): Promise<void> {
  const moved = withPhone(document, '0155-00-5555');
  await portal.app.get(Database).asSystem('test', (tx) =>
    portal.app.get(RegistrationsService).apply(tx, {
      registrationId: id,
      baseVersion: 1,
      document: moved,
      changes: diffRegistrations(document, moved),
      cause: 'import',
      changeRequestId: null,
      proposedBy: '名簿',
      decidedBy: null,
    }),
  );
}

/** A request of the staff's own, which they may go on with like a clerk. */
async function ownRequest(state: 'returned' | 'open', handover = false): Promise<ChangeRequestResponse> {
  const { registration } = await newRegistration(portal);
  const path = `/registrations/${registration.id}/${handover ? 'handovers' : 'change-requests'}`;
  const body = handover ? handoverOf(registration) : { proposed: withPhone(registration.document) };
  const { body: sent } = await staff.client.post<ChangeRequestResponse>(path, { ifMatch: 1, body });
  if (state === 'open') return sent;
  const reason = 'お確かめください。';
  const back = { ifMatch: sent.version, body: { reason } };
  return (await colleague.client.post<ChangeRequestResponse>(`/change-requests/${sent.id}/return`, back))
    .body;
}

const handoverOf = ({ document }: TestRegistration): Record<string, unknown> => ({
  outgoingContactId: document.contacts[1]?.id,
  incoming: { name: '三枝 千紘' },
  effectiveOn: new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10),
});

/** Makes a request that the rules let pass at once, whether they do or not. */
const letPass = (id: string): Promise<unknown> =>
  rowsOf(portal, `UPDATE change_request SET decided_by_rule = 1 WHERE id = $1`, [id]);

/** Puts a mailbox that nobody reads into the office's list. */
async function undeliverable(): Promise<{ id: string; registrationId: string }> {
  const { registration } = await newRegistration(portal);
  const subjectId = uuidv7();
  const task = { subjectId, registrationId: registration.id, title: `${registration.mailbox}　お知らせ` };
  await portal.app
    .get(Database)
    .asSystem('test', (tx) => portal.app.get(Tasks).open(tx, undeliverableTask, task));
  const [row] = await rowsOf<{ id: string }>(portal, 'SELECT id FROM task WHERE subject_id = $1', [
    subjectId,
  ]);
  return { id: row?.id ?? '', registrationId: registration.id };
}

/** Every route that shows staff people of municipalities: what is noted, and what has to be. */
const ROUTES: Readonly<Record<string, () => Promise<{ found: Read[]; expected: Read[] }>>> = {
  Registry_listRegistrations: async () => {
    const { registration } = await newRegistration(portal);
    const found = await readsBy(() => staff.client.get('/registrations?limit=500'));
    expect(found.length).toBe(
      (await staff.client.get<{ total: number }>('/registrations?limit=1')).body.total,
    );
    return only(found, [read('registration.list', registration.id)]);
  },
  Registry_getRegistration: async () => {
    const { registration } = await newRegistration(portal);
    const found = await readsBy(() => staff.client.get(`/registrations/${registration.id}`));
    return { found, expected: [read('registration.read', registration.id)] };
  },
  Registry_getHistory: async () => {
    const { registration } = await newRegistration(portal);
    const found = await readsBy(() => staff.client.get(`/registrations/${registration.id}/history`));
    return { found, expected: [read('registration.history', registration.id)] };
  },
  Registry_createRegistration: async () => {
    const body = { municipalityCode: await freeCode(portal), ...proposalOf('new.example') };
    const headers = { 'idempotency-key': 'create' };
    let id = '';
    const post = async (): Promise<{ status: number }> => {
      const made = await staff.client.post<{ id: string }>('/registrations', { body, headers });
      ({ id } = made.body);
      return made;
    };
    // The second answer is the remembered one, which shows the same.
    const found = [...(await readsBy(post, 201)), ...(await readsBy(post, 201))];
    return { found, expected: [read('registration.create', id), read('registration.create', id)] };
  },
  ChangeRequests_list: async () => {
    const { sent, registration } = await request();
    const found = await readsBy(() => staff.client.get(`/change-requests?registrationId=${registration.id}`));
    return { found, expected: [read('change-request.list', sent.id, registration.id)] };
  },
  ChangeRequests_get: () => onRequest('change-request.read', (path) => staff.client.get(path)),
  ChangeRequests_threeWay: () =>
    onRequest('change-request.three-way', (path) => staff.client.get(`${path}/three-way`)),
  ChangeRequests_submit: async () => {
    const { registration } = await newRegistration(portal);
    let id = '';
    const found = await readsBy(async () => {
      const sent = await submit(staff, registration, withPhone(registration.document));
      ({ id } = sent.body);
      return sent;
    }, 201);
    return { found, expected: [read('change-request.propose', id, registration.id)] };
  },
  ChangeRequests_handOver: async () => {
    const { registration } = await newRegistration(portal);
    let id = '';
    const found = await readsBy(async () => {
      const path = `/registrations/${registration.id}/handovers`;
      const sent = await staff.client.post<{ id: string }>(path, {
        ifMatch: 1,
        body: handoverOf(registration),
      });
      ({ id } = sent.body);
      return sent;
    }, 201);
    return { found, expected: [read('change-request.propose', id, registration.id)] };
  },
  ChangeRequests_edit: () =>
    onOwn('change-request.edit', 'returned', ({ id, version, proposed }) =>
      staff.client.put(`/change-requests/${id}`, {
        ifMatch: version,
        body: { proposed: { ...proposed, mainPhone: '0155-00-7777' } },
      }),
    ),
  ChangeRequests_editHandover: () =>
    onOwn(
      'change-request.edit',
      'returned',
      ({ id, version, changes, effectiveOn }) =>
        staff.client.put(`/change-requests/${id}/handover`, {
          ifMatch: version,
          body: {
            outgoingContactId: changes.find(({ kind }) => kind === 'removed')?.pointer.split('/')[2],
            incoming: { name: '別府 陽' },
            effectiveOn,
          },
        }),
      true,
    ),
  ChangeRequests_resubmit: () =>
    onOwn('change-request.propose', 'returned', ({ id, version }) =>
      staff.client.post(`/change-requests/${id}/submit`, { ifMatch: version }),
    ),
  ChangeRequests_resend: async () => {
    const { registration } = await newRegistration(portal);
    const [department] = registration.document.departments;
    const moved = { ...department, email: `new@t${registration.code}.example` };
    const proposed = { ...registration.document, departments: [moved] };
    const { body: sent } = await submit(staff, registration, proposed);
    const found = await readsBy(() => staff.client.post(`/change-requests/${sent.id}/resend`));
    return { found, expected: [read('change-request.edit', sent.id, registration.id)] };
  },
  ChangeRequests_withdraw: () =>
    onOwn('change-request.edit', 'open', ({ id, version }) =>
      staff.client.post(`/change-requests/${id}/withdraw`, { ifMatch: version }),
    ),
  ChangeRequests_rebase: async () => {
    const { registration, sent, path } = await request();
    await move(registration);
    const found = await readsBy(() =>
      staff.client.post(`${path}/rebase`, {
        ifMatch: 1,
        body: { registrationVersion: 2, choices: [{ pointer: '/mainPhone', take: 'proposed' }] },
      }),
    );
    return { found, expected: [read('change-request.rebase', sent.id, registration.id)] };
  },
  Decisions_approve: () =>
    onRequest('change-request.decide', (path) =>
      staff.client.post(`${path}/approve`, { ifMatch: 1, body: {} }),
    ),
  Decisions_return: () =>
    onRequest('change-request.decide', (path) =>
      staff.client.post(`${path}/return`, { ifMatch: 1, body: { reason: 'お確かめください。' } }),
    ),
  Decisions_lookOver: async () => {
    const { registration, sent, path } = await request();
    await letPass(sent.id);
    const found = await readsBy(() => staff.client.post(`${path}/look-over`));
    return { found, expected: [read('change-request.look-over', sent.id, registration.id)] };
  },
  Decisions_undo: async () => {
    const { registration, path } = await request();
    await colleague.client.post(`${path}/approve`, { ifMatch: 1, body: {} });
    let id = '';
    const found = await readsBy(async () => {
      const made = await staff.client.post<{ id: string }>(`${path}/undo`, { body: { reason: '取り違え' } });
      ({ id } = made.body);
      return made;
    }, 201);
    return { found, expected: [read('change-request.propose', id, registration.id)] };
  },
  Memberships_list: async () => {
    const { id } = await applied(portal, colleague);
    const found = await readsBy(() => staff.client.get('/applications?limit=500'));
    return only(found, [read('application.list', id, null)]);
  },
  Memberships_get: async () => {
    const { id } = await applied(portal, colleague);
    const found = await readsBy(() => staff.client.get(`/applications/${id}`));
    return { found, expected: [read('application.read', id, null)] };
  },
  Memberships_accept: async () => {
    const { id, version } = await applied(portal, colleague);
    let registrationId = '';
    const found = await readsBy(async () => {
      const path = `/applications/${id}/accept`;
      const accepted = await staff.client.post<{ registrationId: string }>(path, { ifMatch: version });
      ({ registrationId } = accepted.body);
      return accepted;
    });
    return { found, expected: [read('application.decide', id, registrationId)] };
  },
  Memberships_decline: async () => {
    const { id, version } = await applied(portal, colleague);
    const body = { reason: '連携先の自治体に限っているためです。' };
    const found = await readsBy(() =>
      staff.client.post(`/applications/${id}/decline`, { ifMatch: version, body }),
    );
    return { found, expected: [read('application.decide', id, null)] };
  },
  Recoveries_list: async () => {
    const { registration } = await newRegistration(portal);
    const { id } = await verifiedClaim(portal, registration);
    const found = await readsBy(() => staff.client.get('/recoveries?limit=500'));
    return only(found, [read('recovery.list', id, registration.id)]);
  },
  Recoveries_get: () => onClaim('recovery.read', (path) => staff.client.get(path)),
  Recoveries_noteCall: () => onClaim('recovery.decide', (path) => noteCall(staff, path), 201),
  Recoveries_agree: () =>
    onClaim('recovery.decide', async (path) => {
      const { body } = await noteCall(colleague, path);
      return staff.client.post(`${path}/agree`, { ifMatch: body.version });
    }),
  Recoveries_decline: () =>
    onClaim('recovery.decide', (path) =>
      staff.client.post(`${path}/decline`, { ifMatch: 2, body: { reason: 'ご本人からお電話があった。' } }),
    ),
  Audit_list: async () => {
    const { registration } = await newRegistration(portal);
    const found = await readsBy(() => staff.client.get(`/audit-events?registrationId=${registration.id}`));
    const events = await rowsOf<{ id: string }>(
      portal,
      `SELECT e.id FROM audit_event e JOIN audit_personal p ON p.event_id = e.id WHERE registration_id = $1
        ORDER BY e.id DESC`,
      [registration.id],
    );
    expect(events.length).toBeGreaterThan(0);
    return { found, expected: events.map(({ id }) => read('audit-event.list', id, registration.id)) };
  },
  Tasks_list: async () => {
    const { id, registrationId } = await undeliverable();
    const found = await readsBy(() => staff.client.get('/tasks?limit=500'));
    const open = (await colleague.client.get<TaskPage>('/tasks?limit=500')).body.items;
    const personal = open.filter(({ kind }) => kind === undeliverableTask.kind);
    // Other tasks' titles name no person.
    expect(found).toHaveLength(personal.length);
    return only(found, [read('task.list', id, registrationId)]);
  },
  Tasks_take: () => onTask('take'),
  Tasks_release: () => onTask('release'),
  Tasks_done: () => onTask('done'),
};

/** Of a list, what is about the subjects that were made for it. */
function only(reads: Read[], expected: Read[]): { found: Read[]; expected: Read[] } {
  const ids = new Set(expected.map(({ id }) => id));
  return { found: reads.filter(({ id }) => ids.has(id)), expected };
}

async function onRequest(
  operation: keyof typeof READ_OPERATIONS,
  work: (path: string) => Promise<{ status: number }>,
): Promise<{ found: Read[]; expected: Read[] }> {
  const { registration, sent, path } = await request();
  const found = await readsBy(() => work(path));
  return { found, expected: [read(operation, sent.id, registration.id)] };
}

async function onOwn(
  operation: keyof typeof READ_OPERATIONS,
  state: 'returned' | 'open',
  work: (own: ChangeRequestResponse) => Promise<{ status: number }>,
  handover = false,
): Promise<{ found: Read[]; expected: Read[] }> {
  const own = await ownRequest(state, handover);
  const found = await readsBy(() => work(own));
  return { found, expected: [read(operation, own.id, own.registrationId)] };
}

async function onClaim(
  operation: keyof typeof READ_OPERATIONS,
  work: (path: string) => Promise<{ status: number }>,
  status = 200,
): Promise<{ found: Read[]; expected: Read[] }> {
  const { registration } = await newRegistration(portal);
  const { id, path } = await verifiedClaim(portal, registration);
  const found = await readsBy(() => work(path), status);
  return { found, expected: [read(operation, id, registration.id)] };
}

async function onTask(verb: string): Promise<{ found: Read[]; expected: Read[] }> {
  const { id, registrationId } = await undeliverable();
  const found = await readsBy(() => staff.client.post(`/tasks/${id}/${verb}`));
  return { found, expected: [read('task.do', id, registrationId)] };
}

describe('what staff are shown of municipalities’ people', () => {
  it.each(Object.keys(ROUTES))('is noted: %s', async (name) => {
    const { found, expected } = (await ROUTES[name]?.()) ?? { found: [], expected: [] };
    expect(expected.length).toBeGreaterThan(0);
    expect(found).toEqual(expected);
  });

  it('is noted even where the answer is a refusal', async () => {
    const { registration, sent, path } = await request();
    await move(registration);
    const found = await readsBy(() => staff.client.post(`${path}/approve`, { ifMatch: 1, body: {} }), 409);
    expect(found).toEqual([read('change-request.three-way', sent.id, registration.id)]);
  });

  it('is not noted of members, who are shown their own', async () => {
    const { registration, clerk, path } = await request();
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
    const { execute } = Tx.prototype;
    let statements = 0;
    Tx.prototype.execute = function counting(this: Tx, ...call) {
      statements += 1;
      return execute.apply(this, call);
    };
    const found = await readsBy(async () => {
      await portal.app
        .get(Database)
        .transaction(staff.viewer, 'registration.list', (tx) => noteReads(tx, 'registration.list', subjects));
      return { status: 200 };
    });
    Tx.prototype.execute = execute;
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

describe('the routes above', () => {
  /** What tells that an answer shows people: names of its members, at any depth. */
  const PERSONAL =
    /^(contacts|departments|contact|department|proposedByName|proposedByMailbox|proposedBy|applicantName|applicantMailbox|contactName|primaryMailbox|personal|currentText|freshness|email|mailbox|mailboxes|recipient|title|spokeWith)$/;
  /** Answers that show staff only themselves or each other. */
  const OF_STAFF = /^(Accounts|ReviewPolicy)_/;

  interface Schema {
    readonly $ref?: string;
    readonly items?: Schema;
    readonly allOf?: Schema[];
    readonly oneOf?: Schema[];
    readonly anyOf?: Schema[];
    readonly properties?: Record<string, Schema>;
  }
  interface Document {
    readonly paths: Record<
      string,
      Record<
        string,
        { operationId: string; responses: Record<string, { content?: Record<string, { schema: Schema }> }> }
      >
    >;
    readonly components: { readonly schemas: Record<string, Schema> };
  }

  const document = JSON.parse(readFileSync('openapi.json', 'utf8')) as Document;

  function showsPeople(schema: Schema | undefined, seen = new Set<string>()): boolean {
    if (!schema) return false;
    const name = schema.$ref?.split('/').at(-1);
    if (name !== undefined) {
      if (seen.has(name)) return false;
      return showsPeople(document.components.schemas[name], new Set([...seen, name]));
    }
    const parts = [schema.items, ...(schema.allOf ?? []), ...(schema.oneOf ?? []), ...(schema.anyOf ?? [])];
    const members = Object.entries(schema.properties ?? {});
    return (
      members.some(([member]) => PERSONAL.test(member)) ||
      [...parts, ...members.map(([, member]) => member)].some((part) => showsPeople(part, seen))
    );
  }

  it('are all that answer with people', () => {
    const showing = Object.values(document.paths)
      .flatMap((operations) => Object.values(operations))
      .filter(({ responses }) =>
        Object.entries(responses).some(
          ([status, { content }]) => status < '300' && showsPeople(content?.['application/json']?.schema),
        ),
      )
      .map(({ operationId }) => operationId)
      .filter((name) => !OF_STAFF.test(name));
    expect(showing.toSorted()).toEqual(Object.keys(ROUTES).toSorted());
  });

  it('leave no kind of reading out', () => {
    const source = readFileSync('test/medium/personal-reads.spec.ts', 'utf8');
    const named = Object.keys(READ_OPERATIONS).filter((operation) => source.includes(`'${operation}'`));
    expect(named).toEqual(Object.keys(READ_OPERATIONS));
  });
});
