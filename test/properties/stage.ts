import { createHash, randomBytes } from 'node:crypto';
import { Logger, type LoggerService } from '@nestjs/common';
import { Client } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { SessionsService } from '../../src/accounts/sessions.service.js';
import type { SessionViewer } from '../../src/platform/access/viewer.js';
import { Database } from '../../src/platform/database/database.service.js';
import { buildDocument, createRegistration } from '../factories/registrations.js';
import { signInStaff } from '../factories/people.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';
import type { Place } from './operations.js';
import { Camera, type Snapshot } from './snapshot.js';

export const CODES: Readonly<Record<Place, string>> = { A: '016314', B: '394050' };
export const hostOf = (place: Place): string => (place === 'A' ? 'a.example' : 'b.example');
export const otherThan = (place: Place): Place => (place === 'A' ? 'B' : 'A');

export type StaffRole = 'reviewer' | 'admin';

/** Somebody with the right to act, as the portal knows them. */
export interface Person {
  readonly name: string;
  readonly viewer: SessionViewer;
  readonly accountId: string | null;
  readonly role: 'clerk' | StaffRole;
  /** Whose clerk it is. */
  readonly place: Place | null;
}

const SEATS = [
  { name: 'reviewer 0', role: 'reviewer' },
  { name: 'reviewer 1', role: 'reviewer' },
  { name: 'admin 0', role: 'admin' },
  { name: 'admin 1', role: 'admin' },
] as const;

/** Tables that a sequence leaves nothing in; what refers to them goes with them. */
const EMPTIED =
  'registration, membership_application, sign_in_challenge, outbox_message, audit_event, review_policy';

/**
 * What time doesn't pass for: whoever is signed in signs in again, the master is no sequence's, and a snapshot is of
 * its day.
 */
const TIMELESS = [
  'session',
  'account',
  'staff_invitation',
  'municipality',
  'municipality_successor',
  'schema_migration',
  'freshness_snapshot',
];

/** The portal and its database, used by one sequence after the other. */
export class Stage {
  /** What the portal wrote into its log as an error: nothing that a person does may lead to one. */
  readonly errors: string[] = [];
  /** How often each operation ended how. */
  readonly tally = new Map<string, number>();
  private readonly camera: Camera;

  private constructor(
    readonly portal: TestPortal,
    private readonly admin: Client,
    private readonly staff: readonly { name: string; role: StaffRole; accountId: string }[],
  ) {
    this.camera = new Camera(admin);
  }

  static async open(): Promise<Stage> {
    const portal = await startTestPortal();
    const admin = new Client({ connectionString: portal.database.adminUrl });
    await admin.connect();
    // Time is shifted past triggers and constraints, and read alike wherever the test runs.
    await admin.query(`SET session_replication_role = replica; SET TIME ZONE 'UTC'`);
    await admin.query(await passDaysFunction(admin));
    const staff = [];
    for (const { name, role } of SEATS) {
      await signInStaff(portal, [role], name);
      const { rows } = await admin.query<{ id: string }>('SELECT id FROM account WHERE name = $1', [name]);
      staff.push({ name, role, accountId: rows[0]?.id ?? '' });
    }
    const stage = new Stage(portal, admin, staff);
    Logger.overrideLogger(stage.collector());
    return stage;
  }

  async close(): Promise<void> {
    Logger.overrideLogger(false);
    await this.admin.end();
    await this.portal.close();
  }

  /** Empties the database and sets two registrations up, with everybody signed in. @param atOnce what the rules let pass */
  async reset(atOnce: readonly string[]): Promise<Person[]> {
    this.errors.length = 0;
    await this.admin.query(`TRUNCATE ${EMPTIED} CASCADE`);
    await this.admin.query(
      `INSERT INTO review_policy (id, version, status, at_once, decided_at)
       VALUES (gen_random_uuid(), 1, 'in_force', $1, now())`,
      [atOnce],
    );
    const people = this.staff.map(({ name, role, accountId }): Person => ({
      name,
      role,
      accountId,
      place: null,
      viewer: newViewer(),
    }));
    for (const place of ['A', 'B'] as const) {
      await createRegistration(this.portal, CODES[place], buildDocument(hostOf(place)));
    }
    await this.insertSessions(people);
    return people;
  }

  count(operation: string, ending: string): void {
    const key = `${operation}: ${ending}`;
    this.tally.set(key, (this.tally.get(key) ?? 0) + 1);
  }

  snapshot(): Promise<Snapshot> {
    return this.camera.take();
  }

  /** Makes everything that the database holds older by whole days. */
  async passDays(days: number): Promise<void> {
    await this.admin.query('SELECT pass_days($1)', [days]);
  }

  async signIn(registrationId: string, mailbox: string, operatorName: string): Promise<SessionViewer> {
    const { app } = this.portal;
    const opened = await app
      .get(Database)
      .asSystem('test', (tx) => app.get(SessionsService).open(tx, { registrationId, mailbox, operatorName }));
    return { kind: 'session', sessionId: opened.id };
  }

  private async insertSessions(people: readonly Person[]): Promise<void> {
    const rows = people.map(({ viewer, accountId }) => ({
      id: viewer.sessionId,
      account_id: accountId,
      token: createHash('sha256').update(randomBytes(16)).digest('hex'),
    }));
    await this.admin.query(
      `INSERT INTO session (id, token_hash, account_id, expires_at, stepped_up_at)
       SELECT id, decode(token, 'hex'), account_id, now() + interval '8 hours', 'infinity'
         FROM jsonb_to_recordset($1::jsonb) AS s (id uuid, account_id uuid, token text)`,
      [JSON.stringify(rows)],
    );
  }

  private collector(): LoggerService {
    const ignore = (): void => undefined;
    return { log: ignore, warn: ignore, error: (message: unknown) => void this.errors.push(String(message)) };
  }
}

const newViewer = (): SessionViewer => ({ kind: 'session', sessionId: uuidv7() });

/** One statement for each table, over all of its dates and instants: also those that somebody adds later. */
async function passDaysFunction(admin: Client): Promise<string> {
  const { rows } = await admin.query<{ table_name: string; column_name: string; data_type: string }>(
    `SELECT c.table_name, c.column_name, c.data_type FROM information_schema.columns c
       JOIN information_schema.tables t USING (table_schema, table_name)
      WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.table_name <> ALL ($1)
        AND c.data_type IN ('date', 'timestamp with time zone')`,
    [TIMELESS],
  );
  const updates = [...new Set(rows.map(({ table_name }) => table_name))].map((table) => {
    const set = rows
      .filter(({ table_name }) => table_name === table)
      .map(({ column_name: column, data_type: type }) =>
        type === 'date' ? `${column} = ${column} - n` : `${column} = ${column} - make_interval(days => n)`,
      );
    return `UPDATE ${table} SET ${set.join(', ')};`;
  });
  return `CREATE FUNCTION pass_days(n int) RETURNS void LANGUAGE sql AS $$ ${updates.join('\n')} $$`;
}
