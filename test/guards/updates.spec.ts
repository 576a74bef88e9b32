import { randomBytes } from 'node:crypto';
import { migrations } from '../../migrations/index.js';
import { createDataSource } from '../../src/platform/database/data-source.js';
import {
  databaseUrl,
  OWNER_ROLE,
  prepareRoles,
  roleUrl,
  withConnection,
} from '../../src/platform/database/database-roles.js';
import { migrate } from '../../src/platform/database/migrate.js';

/** The state of the first release: what was built until then, with rows as a council would have them. */
const FIRST_RELEASE = 1795300003000;
const REGISTRATIONS = [
  ['019aa0c8-0000-7000-8000-000000000001', '019aa0c8-0000-7000-8000-00000000000a', '016314', 'approved'],
  ['019aa0c8-0000-7000-8000-000000000002', '019aa0c8-0000-7000-8000-00000000000b', '394050', 'under_review'],
  [
    '019aa0c8-0000-7000-8000-000000000003',
    '019aa0c8-0000-7000-8000-00000000000c',
    '294497',
    'awaiting_verification',
  ],
] as const;

const server = process.env['RENKEI_TEST_ADMIN_URL'] ?? '';
const name = `renkei_test_update_${randomBytes(4).toString('hex')}`;
const adminUrl = databaseUrl(server, name);

beforeAll(async () => {
  const password = decodeURIComponent(new URL(server).password);
  await prepareRoles(server, { database: name, ownerPassword: password, applicationPassword: password });
  const ownerUrl = roleUrl(adminUrl, OWNER_ROLE, password);
  const before = createDataSource(ownerUrl);
  before.setOptions({
    migrations: migrations.filter(
      (migration) => Number(/\d{13}$/.exec(migration.name)?.[0]) <= FIRST_RELEASE,
    ),
  });
  await migrate(before);
  await withConnection(adminUrl, async (admin) => {
    await admin.query('BEGIN');
    await admin.query(`INSERT INTO prefecture VALUES ('010006', '北海道', 'ほっかいどう')`);
    for (const [id, departmentId, code, status] of REGISTRATIONS) {
      await admin.query(
        `INSERT INTO municipality (code, prefecture_code, name, kana, type, search_text)
         VALUES ($1, '010006', '町', 'まち', 'town', '町')`,
        [code],
      );
      await admin.query(
        `INSERT INTO registration (id, municipality_code, main_phone, primary_department_id) VALUES ($1, $2, '0', $3)`,
        [id, code, departmentId],
      );
      await admin.query(
        `INSERT INTO department (id, registration_id, name, email, position, valid_from)
         VALUES ($1, $2, '企画課', 'kikaku@town.example', 1, '2026-04-01')`,
        [departmentId, id],
      );
      await admin.query(
        `INSERT INTO change_request (id, number, registration_id, status, base_version, base, proposed, changes,
                                     proposed_by_session_id, proposed_by_mailbox, proposed_by_name, submitted_at, decided_at)
         VALUES ($1, 'R8-' || $3, $1, $2, 1, '{}', '{}', '[]', $1, 'kikaku@town.example', '担当者',
                 '2026-04-08T00:00Z', CASE WHEN $2 = 'approved' THEN timestamptz '2026-04-09T00:00Z' END)`,
        [id, status, code],
      );
      await admin.query(
        `INSERT INTO address_verification (id, change_request_id, registration_id, email, expires_at)
         VALUES ($1, $1, $1, 'new@town.example', now() + interval '14 days')`,
        [id],
      );
    }
    await admin.query(
      `INSERT INTO audit_event (id, type, actor_kind, subject_type, subject_id, details)
       VALUES ($1, 'session.started', 'member', 'session', 'x', '{}'), ($2, 'session.ended', 'member', 'session', 'x', '{}')`,
      REGISTRATIONS.map(([id]) => id).slice(0, 2),
    );
    await admin.query(
      `INSERT INTO audit_personal (event_id, data) VALUES ($1, '{"name": "小野寺 真理", "mailbox": "a@town.example"}')`,
      [REGISTRATIONS[0][0]],
    );
    await admin.query('COMMIT');
  });
  await migrate(createDataSource(ownerUrl));
});
afterAll(() =>
  withConnection(server, async (admin) => {
    await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
  }),
);

const rows = <Row>(sql: string): Promise<Row[]> =>
  withConnection(adminUrl, async (admin) => (await admin.query(sql)).rows as Row[]);

describe('an update of a portal that is in use', () => {
  it('puts what waits for the office into its list', async () => {
    const tasks = await rows<{ kind: string; title: string }>('SELECT kind, title FROM task');
    expect(tasks).toEqual([{ kind: 'change-request.review', title: '北海道町　変更届 R8-394050' }]);
  });

  it('knows when each change became part of its registration', async () => {
    const found = await rows<{ status: string; same: boolean | null }>(
      'SELECT status, applied_at = decided_at AS same FROM change_request ORDER BY id',
    );
    expect(found).toEqual([
      { status: 'approved', same: true },
      { status: 'under_review', same: null },
      { status: 'awaiting_verification', same: null },
    ]);
  });

  it('keeps the codes that mailboxes were sent', async () => {
    const found = await rows<{ kind: string; own: boolean }>(
      'SELECT subject_kind AS kind, subject_id = id AS own FROM address_verification',
    );
    expect(found).toEqual(REGISTRATIONS.map(() => ({ kind: 'change-request', own: true })));
  });

  it('makes digests of the personal values that the trail holds', async () => {
    const found = await rows<{ type: string; digest: string | null; expected: string | null }>(
      `SELECT type, encode(personal_digest, 'hex') AS digest,
              encode(sha256(salt || convert_to('{"name": "小野寺 真理", "mailbox": "a@town.example"}', 'UTF8')), 'hex')
                AS expected
         FROM audit_event e LEFT JOIN audit_personal p ON p.event_id = e.id ORDER BY type`,
    );
    expect(found.map(({ type }) => type)).toEqual(['session.ended', 'session.started']);
    expect(found[0]).toMatchObject({ digest: null, expected: null });
    expect(found[1]?.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(found[1]?.digest).toBe(found[1]?.expected);
    // What let the update reach them is gone again.
    expect(await rows(`SELECT FROM pg_policy WHERE polname = 'audit_event_digested'`)).toEqual([]);
  });

  it('leaves no constraint unread', async () => {
    expect(await rows('SELECT conname FROM pg_constraint WHERE NOT convalidated')).toEqual([]);
  });
});
