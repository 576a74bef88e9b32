import { DataSource } from 'typeorm';
import { migrations } from '../../migrations/index.js';
import { dataSourceOptions } from '../../src/platform/database/data-source.js';
import { migrate } from '../../src/platform/database/migrate.js';
import { createDataSource } from '../../src/platform/database/data-source.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

let portal: TestPortal;
let admin: DataSource;

beforeAll(async () => {
  portal = await startTestPortal();
  const { entities } = portal.app.get(DataSource).options;
  admin = new DataSource({ ...dataSourceOptions(portal.database.adminUrl), entities: entities ?? [] });
  await admin.initialize();
});
afterAll(async () => {
  await admin.destroy();
  await portal.close();
});

const query = <Row>(sql: string): Promise<Row[]> => admin.query<Row[]>(sql);

describe('the schema', () => {
  it('is what the entities say: generated from them, there would be nothing to change', async () => {
    expect(admin.entityMetadatas.length).toBeGreaterThan(15);
    const { upQueries } = await admin.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query: sql }) => sql)).toEqual([]);
  });

  it('has one line of migrations, in order, and running them again does nothing', async () => {
    const stamps = migrations.map(({ name }) => Number(/\d{13}$/.exec(name)?.[0]));
    expect(stamps.every(Number.isInteger)).toBe(true);
    expect(stamps).toEqual([...new Set(stamps)].toSorted((a, b) => a - b));
    expect(await migrate(createDataSource(portal.database.ownerUrl))).toEqual([]);
  });

  it('names its constraints in full', async () => {
    const generated = await query<{ name: string }>(
      `SELECT conname AS name FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
          AND conname ~ '(^(PK|FK|UQ|CHK|REL)_)|(_(fkey|key|check)[0-9]*$)'
          AND conrelid <> 'schema_migration'::regclass`,
    );
    expect(generated).toEqual([]);
  });
});

describe('the walls', () => {
  it('stand around every table that knows a registration: row-level security, forced, with a policy', async () => {
    const tables = await query<{ name: string; walled: boolean }>(
      `SELECT c.relname AS name,
              c.relrowsecurity AND c.relforcerowsecurity
                AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid) AS walled
         FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
          AND (c.relname = 'registration' OR EXISTS (
                SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'registration_id' AND NOT a.attisdropped))
        ORDER BY 1`,
    );
    expect(tables.map(({ name }) => name)).toEqual([
      'address_verification',
      'announcement_delivery',
      'announcement_reading',
      'announcement_recipient',
      'audit_event',
      'campaign_call',
      'campaign_question',
      'campaign_reminder',
      'campaign_target',
      'change_request',
      'contact',
      'department',
      'field_freshness',
      'membership_application',
      'outbox_message',
      'outbox_message_about',
      'personal_read',
      'recovery',
      'registration',
      'registration_draft',
      'registration_version',
      'session',
      'task',
    ]);
    expect(tables.filter(({ walled }) => !walled)).toEqual([]);
  });

  it('leave open only tables without a word of a member', async () => {
    const open = await query<{ name: string }>(
      `SELECT relname AS name FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relrowsecurity ORDER BY 1`,
    );
    expect(open.map(({ name }) => name)).toEqual([
      'association',
      'municipality',
      'municipality_successor',
      'prefecture',
      'schema_migration',
    ]);
  });

  it("bind the application's role, which owns nothing, bypasses nothing and deletes nothing but drafts and their files, remembered answers, limits and challenges", async () => {
    const [role] = await query<object>(
      `SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,
              (SELECT count(*)::int FROM pg_class WHERE relowner = r.oid) AS owned
         FROM pg_roles r WHERE rolname = 'renkei_app'`,
    );
    expect(role).toEqual({
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
      rolcreatedb: false,
      owned: 0,
    });
    const rights = await query<{ table: string; privileges: string }>(
      `SELECT table_name AS table, string_agg(privilege_type, ',' ORDER BY privilege_type) AS privileges
         FROM information_schema.role_table_grants
        WHERE grantee = 'renkei_app' AND table_schema = 'public' GROUP BY 1 ORDER BY 1`,
    );
    const byTable = Object.fromEntries(rights.map(({ table, privileges }) => [table, privileges]));
    expect(Object.values(byTable).join()).not.toMatch(/TRUNCATE/);
    expect(Object.keys(byTable).filter((table) => byTable[table]?.includes('DELETE'))).toEqual([
      'announcement',
      'announcement_attachment',
      'campaign',
      'campaign_step',
      'idempotency_key',
      'rate_limit',
      'registration_draft',
      'sign_in_challenge',
    ]);
    expect(byTable).toMatchObject({
      audit_event: 'INSERT,SELECT',
      audit_personal: 'INSERT,SELECT',
      audit_seal: 'INSERT,SELECT',
      audit_head: 'INSERT,SELECT',
      personal_read: 'INSERT,SELECT',
      registration_version: 'INSERT,SELECT',
      freshness_snapshot: 'INSERT,SELECT',
      municipality: 'SELECT',
      association: 'SELECT',
    });
  });

  it('let some columns alone be changed, and no other of their tables', async () => {
    const columns = await query<{ table: string; columns: string }>(
      `SELECT table_name AS table, string_agg(column_name, ',' ORDER BY column_name) AS columns
         FROM information_schema.role_column_grants c
        WHERE grantee = 'renkei_app' AND table_schema = 'public' AND privilege_type = 'UPDATE'
          AND NOT EXISTS (SELECT FROM information_schema.role_table_grants t
                           WHERE t.grantee = c.grantee AND t.table_schema = c.table_schema
                             AND t.table_name = c.table_name AND t.privilege_type = 'UPDATE')
        GROUP BY 1 ORDER BY 1`,
    );
    expect(Object.fromEntries(columns.map(({ table, columns }) => [table, columns]))).toEqual({
      audit_personal: 'data,erased_at,salt',
      idempotency_key: 'response',
      session: 'last_seen_at,revoked_at,stepped_up_at,token_hash',
    });
  });

  it('can be set for a viewer only by the functions that know who it is', async () => {
    const definers = await query<{ name: string }>(
      `SELECT proname AS name FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef ORDER BY 1`,
    );
    expect(definers.map(({ name }) => name)).toEqual(['open_session', 'registered_municipality_codes']);
  });
});
