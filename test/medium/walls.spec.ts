import { DataSource } from 'typeorm';
import type { SessionViewer } from '../../src/platform/access/viewer.js';
import { Permission } from '../../src/platform/access/permission.js';
import { Database } from '../../src/platform/database/database.service.js';
import { AuditHeads } from '../../src/platform/audit/heads.service.js';
import type { Tx } from '../../src/platform/database/tx.js';
import { signInMember, signInStaff } from '../factories/people.js';
import { CODES, createRegistration, type TestRegistration } from '../factories/registrations.js';
import { rowsOf, seal } from '../factories/trail.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

/** Row-level security by itself: plain SQL in the application's role, no guard and no repository in between. */
let portal: TestPortal;
let ours: TestRegistration;
let theirs: TestRegistration;
let viewer: SessionViewer;

const TABLES = [
  'department',
  'contact',
  'field_freshness',
  'registration_version',
  'change_request',
  'address_verification',
  'registration_draft',
];

/** Nothing is sent and nobody types a code here. */
const MAY_BE_EMPTY = new Set(['outbox_attempt', 'sign_in_challenge']);

beforeAll(async () => {
  portal = await startTestPortal();
  ours = await createRegistration(portal, CODES.otofuke);
  theirs = await createRegistration(portal, CODES.totsukawa);
  ({ viewer } = await signInMember(portal, ours));
  for (const registration of [ours, theirs]) {
    const { client } = await signInMember(portal, registration);
    await client.post(`/registrations/${registration.id}/confirmations`, { ifMatch: 1 });
    const [department] = registration.document.departments;
    const proposed = {
      ...registration.document,
      departments: [{ ...department, email: `new@t${registration.code}.example` }],
    };
    const sent = await client.post(`/registrations/${registration.id}/change-requests`, {
      ifMatch: 1,
      body: { proposed },
      headers: { 'idempotency-key': 'k' },
    });
    expect(sent.status).toBe(201);
    const draft = { baseVersion: 1, content: { mainPhone: '0155' } };
    expect((await client.put(`/registrations/${registration.id}/draft`, { body: draft })).status).toBe(200);
  }
});
afterAll(() => portal.close());

const asMember = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
  portal.app.get(Database).transaction(viewer, Permission.ReadRegistration, work);

describe('a member, with every guard out of the way,', () => {
  it.each(TABLES)('reads of %s only what is their own', async (table) => {
    const counts = await asMember((tx) =>
      tx.query<{ own: number; all: number }>(
        `SELECT count(*) FILTER (WHERE registration_id = $1)::int AS own, count(*)::int AS all FROM ${table}`,
        [ours.id],
      ),
    );
    expect(counts[0]?.own).toBeGreaterThan(0);
    expect(counts[0]?.all).toBe(counts[0]?.own);
  });

  it('reads one registration, sessions of one mailbox, and no account, factor, limit, mail or trail', async () => {
    const read = async (sql: string): Promise<unknown[]> => asMember((tx) => tx.query(sql));
    expect(await read('SELECT id FROM registration')).toEqual([{ id: ours.id }]);
    const sessions = (await read('SELECT DISTINCT registration_id, mailbox FROM session')) as object[];
    expect(sessions).toEqual([{ registration_id: ours.id, mailbox: ours.mailbox }]);
    const { client } = await signInStaff(portal, ['admin']);
    await client.get('/registrations');
    await client.post('/me/recovery-codes');
    await client.post('/users', { body: { email: 'new@council.example', name: '新任', roles: ['editor'] } });
    await client.post('/auth/challenges', { body: { email: ours.mailbox } });
    await seal(portal);
    await portal.app.get(AuditHeads).tell();
    for (const table of [
      'account',
      'staff_factor',
      'recovery_code',
      'staff_invitation',
      'rate_limit',
      'outbox_message',
      'outbox_attempt',
      'audit_event',
      'audit_personal',
      'audit_seal',
      'audit_head',
      'personal_read',
      'sign_in_challenge',
    ]) {
      expect([table, await read(`SELECT 1 FROM ${table} LIMIT 1`)]).toEqual([table, []]);
      if (!MAY_BE_EMPTY.has(table)) {
        expect([table, await rowsOf(portal, `SELECT 1 FROM ${table} LIMIT 1`)]).toEqual([
          table,
          [expect.anything()],
        ]);
      }
    }
    expect(await read('SELECT DISTINCT registration_id AS id FROM registered_mailbox')).toEqual([
      { id: ours.id },
    ]);
  });

  it('finds nobody else’s draft or answer to change or to throw away', async () => {
    for (const [statement, touched] of [
      ['UPDATE registration_draft SET base_version = 2', 1],
      ['DELETE FROM registration_draft', 1],
      [`UPDATE idempotency_key SET response = '{}'`, 1],
      ['DELETE FROM idempotency_key', 1],
    ] as const) {
      const undone = asMember(async (tx) => {
        throw new Error(`${statement}: ${await tx.execute(statement)}`);
      });
      await expect(undone).rejects.toThrow(`${statement}: ${touched}`);
    }
    for (const statement of [
      `INSERT INTO idempotency_key (scope, key, fingerprint) VALUES ('account:x', 'k2', sha256('x'))`,
      `INSERT INTO registration_draft (registration_id, version, base_version, content, saved_by, saved_by_mailbox)
       VALUES ('${theirs.id}', 1, 1, '{}', 'x', 'x') ON CONFLICT DO NOTHING`,
    ]) {
      await expect(asMember((tx) => tx.execute(statement))).rejects.toThrow(/row-level security/);
    }
  });

  it('changes nothing of another municipality', async () => {
    const changed = await asMember((tx) =>
      tx.execute(`UPDATE registration SET main_phone = '0' WHERE id = $1`, [theirs.id]),
    );
    expect(changed).toBe(0);
    const theft = asMember((tx) =>
      tx.execute('UPDATE contact SET registration_id = $1 WHERE registration_id = $2', [theirs.id, ours.id]),
    );
    await expect(theft).rejects.toThrow(/row-level security/);
    const planting = asMember((tx) =>
      tx.execute(
        `INSERT INTO field_freshness (registration_id, pointer, confirmed_at, confirmed_by, method)
         VALUES ($1, '/x', now(), 'x', 'phone')`,
        [theirs.id],
      ),
    );
    await expect(planting).rejects.toThrow(/row-level security/);
  });

  it('settles nothing of its own session, and writes no trail or mail for another', async () => {
    const move = asMember((tx) => tx.execute('UPDATE session SET registration_id = $1', [theirs.id]));
    await expect(move).rejects.toThrow(/permission denied/);
    const prolong = asMember((tx) =>
      tx.execute(`UPDATE session SET expires_at = now() + interval '10 years'`),
    );
    await expect(prolong).rejects.toThrow(/permission denied/);
    const forged = asMember((tx) =>
      tx.execute(
        `INSERT INTO audit_event (id, type, actor_kind, subject_type, subject_id, registration_id, details)
         VALUES (gen_random_uuid(), 'x', 'member', 'x', 'x', $1, '{}')`,
        [theirs.id],
      ),
    );
    await expect(forged).rejects.toThrow(/row-level security/);
  });

  it('still learns who is a member, and nothing else of them', async () => {
    const [row] = await asMember((tx) =>
      tx.query<{ codes: string[] }>(
        'SELECT array_agg(code) AS codes FROM registered_municipality_codes() AS code',
      ),
    );
    expect(row?.codes.toSorted()).toEqual([CODES.otofuke, CODES.totsukawa].toSorted());
    // The function puts back what the viewer may see.
    expect(await asMember((tx) => tx.query('SELECT id FROM registration'))).toHaveLength(1);
  });
});

describe('a member of staff, with every guard out of the way,', () => {
  it('reads no draft, and no answer that somebody else got', async () => {
    const staff = await signInStaff(portal, ['reviewer', 'editor', 'admin']);
    const read = (sql: string): Promise<unknown[]> =>
      portal.app.get(Database).transaction(staff.viewer, Permission.ReadRegistration, (tx) => tx.query(sql));
    expect(await read('SELECT id FROM registration')).toHaveLength(2);
    expect(await read('SELECT * FROM registration_draft')).toEqual([]);
    expect(await read('SELECT * FROM idempotency_key')).toEqual([]);
  });

  it('changes of accounts, sessions, factors and rules what is theirs to change, and no more', async () => {
    const reviewer = await signInStaff(portal, ['reviewer']);
    const other = await signInStaff(portal, ['admin']);
    const run = (who: typeof reviewer, sql: string, parameters: unknown[] = []): Promise<number> =>
      portal.app
        .get(Database)
        .transaction(who.viewer, Permission.ReadRegistration, (tx) => tx.execute(sql, parameters));
    const own = reviewer.person.accountId;
    for (const change of [`roles = '{admin}'`, `status = 'disabled'`, `email = 'x@council.example'`]) {
      const promotion = run(reviewer, `UPDATE account SET ${change} WHERE id = $1`, [own]);
      await expect(promotion).rejects.toThrow(/accounts are changed by admins/);
    }
    expect(await run(reviewer, `UPDATE account SET password_hash = 'x' WHERE id = $1`, [own])).toBe(1);
    const others = [other.person.accountId];
    expect(await run(reviewer, `UPDATE account SET password_hash = 'x' WHERE id = $1`, others)).toBe(0);
    expect(await run(reviewer, 'UPDATE session SET revoked_at = now() WHERE account_id = $1', others)).toBe(
      0,
    );
    for (const who of [reviewer, other]) {
      const factors = run(who, 'UPDATE staff_factor SET removed_at = now() WHERE account_id <> $1', [
        who.person.accountId,
      ]);
      expect(await factors).toBe(0);
      const session = run(
        who,
        `INSERT INTO session (id, token_hash, account_id, expires_at)
         VALUES (gen_random_uuid(), 'x', $1, now() + interval '1 day')`,
        [who.person.accountId],
      );
      await expect(session).rejects.toThrow(/row-level security/);
    }
    const rule = run(
      reviewer,
      `INSERT INTO review_policy (id, version, status, at_once, decided_at)
       VALUES (gen_random_uuid(), 99, 'in_force', '{}', now())`,
    );
    await expect(rule).rejects.toThrow(/row-level security/);
    expect(await run(reviewer, 'UPDATE office_settings SET review_business_days = 1')).toBe(0);
    expect(await asMember((tx) => tx.execute('UPDATE office_settings SET review_business_days = 1'))).toBe(0);
  });

  it('keeps mails and their tries from members, also those of their own municipality', async () => {
    for (const table of ['outbox_message', 'outbox_message_about', 'outbox_attempt']) {
      expect(await asMember((tx) => tx.query(`SELECT * FROM ${table}`))).toEqual([]);
    }
  });
});

describe("the application's role", () => {
  it('sees nothing before somebody is known, and nothing after a transaction', async () => {
    const dataSource = portal.app.get(DataSource);
    expect(await dataSource.query('SELECT id FROM registration')).toEqual([]);
    await asMember((tx) => tx.query('SELECT 1'));
    for (let connection = 0; connection < 12; connection += 1) {
      expect(await dataSource.query('SELECT id FROM registration')).toEqual([]);
    }
  });

  it.each([
    'UPDATE audit_event SET type = type',
    'DELETE FROM audit_event',
    'TRUNCATE audit_event',
    'UPDATE audit_personal SET event_id = event_id',
    'DELETE FROM audit_personal',
    'UPDATE audit_seal SET seq = seq',
    'DELETE FROM audit_seal',
    'TRUNCATE audit_seal',
    'UPDATE audit_head SET seq = seq',
    'DELETE FROM audit_head',
    'UPDATE personal_read SET operation = operation',
    'DELETE FROM personal_read',
    'UPDATE registration_version SET cause = cause',
    'DELETE FROM registration_version',
    'DELETE FROM registration',
    `UPDATE idempotency_key SET scope = 'account:x'`,
    'TRUNCATE registration_draft',
    'ALTER TABLE registration DISABLE ROW LEVEL SECURITY',
    `INSERT INTO prefecture VALUES ('990000', 'x', 'x')`,
    'CREATE TABLE mine (id int)',
  ])('may not: %s', async (statement) => {
    const attempt = portal.app.get(Database).asSystem('test', (tx) => tx.execute(statement));
    await expect(attempt).rejects.toThrow(/permission denied|must be owner/);
  });
});
