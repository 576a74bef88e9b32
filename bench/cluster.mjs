/** The throwaway PostgreSQL of one run, and the databases on it: a seeded template and its clones. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../dist/src/app.module.js';
import { prepareDatabase } from '../dist/src/cli/database.js';
import { demoSettings } from '../dist/src/config/env.js';
import { DemoSeed } from '../dist/src/demo/demo.seed.js';
import {
  APPLICATION_ROLE,
  OWNER_ROLE,
  databaseUrl,
  prepareRoles,
  roleUrl,
  withConnection,
} from '../dist/src/platform/database/database-roles.js';
import { findPostgresBinaries } from '../dist/src/platform/database/postgres-binaries.js';
import { initdbArguments } from '../dist/src/platform/database/postgres-data-folder.js';
import { programsFor } from '../dist/src/platform/database/postgres-programs.js';
import {
  findPostmaster,
  freePort,
  startPostmaster,
  stopPostmaster,
} from '../dist/src/platform/database/postmaster.js';

const TEMPLATE = 'bench_template';

/** PostgreSQL's own defaults, so as durable as in production, unless `fsync` is false. On disk, not in memory. */
export class Cluster {
  #folder = mkdtempSync(path.join(os.tmpdir(), 'renkei-bench-db-'));
  #data = path.join(this.#folder, 'data');
  #settings;
  #port;

  constructor({ fsync }) {
    this.#settings = fsync ? [] : ['--set', 'fsync=off', '--set', 'synchronous_commit=off'];
  }

  /** A superuser's connection. */
  get adminUrl() {
    return `postgres://postgres@127.0.0.1:${this.#port}/postgres`;
  }

  async start() {
    const run = this.#programs();
    await run('initdb', [...initdbArguments(this.#data), '-A', 'trust', '--no-sync', ...this.#settings]);
    this.#port = await freePort();
    await startPostmaster(run, this.#data, path.join(this.#folder, 'postgres.log'), this.#port);
  }

  /** Whatever has become of it so far. */
  async remove() {
    if (existsSync(this.#data) && findPostmaster(this.#data)) {
      await stopPostmaster(this.#programs(), this.#data, 'immediate');
    }
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }

  #programs() {
    return programsFor(findPostgresBinaries(), this.#folder);
  }
}

/**
 * Fills the template: schema, master, the 372 registrations and staff of the demo, and a session for whoever
 * acts in the run, so that signing in is no part of it.
 *
 * @returns whom the run is about: `members`, each with registration, session and document; `reviewerSessionId`
 */
export async function seedTemplate({ adminUrl }, keys) {
  await prepareRoles(adminUrl, { database: TEMPLATE });
  const url = databaseUrl(adminUrl, TEMPLATE);
  await prepareDatabase(roleUrl(url, OWNER_ROLE));
  const settings = demoSettings(roleUrl(url, APPLICATION_ROLE), { WORKER: 'off' });
  const app = await NestFactory.createApplicationContext(AppModule.register(settings, keys), {
    logger: ['error'],
  });
  await app.get(DemoSeed).fill();
  await app.close();
  return withConnection(url, async (client) => {
    const { rows: members } = await client.query(OPEN_MEMBER_SESSIONS);
    const { rows: reviewers } = await client.query(OPEN_REVIEWER_SESSION);
    await client.query('VACUUM (ANALYZE)');
    return { members, reviewerSessionId: reviewers[0].sessionId };
  });
}

/** @returns connection strings of a fresh clone: the portal's role, and a superuser to count rows with */
export async function cloneTemplate({ adminUrl }, name) {
  await withConnection(adminUrl, (admin) =>
    admin.query(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE} OWNER ${OWNER_ROLE}`),
  );
  const url = databaseUrl(adminUrl, name);
  return { appUrl: roleUrl(url, APPLICATION_ROLE), superuserUrl: url };
}

/** @returns how many rows each table holds that the four operations write to */
export async function countRows({ superuserUrl }) {
  return withConnection(superuserUrl, async (client) => {
    const counts = WRITTEN_TABLES.map((table) => `(SELECT count(*)::int FROM ${table}) AS ${table}`);
    const { rows } = await client.query(`
      SELECT ${counts.join(', ')},
             (SELECT count(*)::int FROM change_request WHERE status = 'approved') AS approved_change_request,
             (SELECT sum(version)::int FROM registration) AS sum_of_registration_versions`);
    return rows[0];
  });
}

/** @returns PostgreSQL's version, such as `18.4` */
export async function serverVersion({ adminUrl }) {
  const { rows } = await withConnection(adminUrl, (admin) => admin.query('SHOW server_version'));
  return rows[0].server_version;
}

const WRITTEN_TABLES = [
  'change_request',
  'registration_version',
  'department',
  'contact',
  'field_freshness',
  'audit_event',
  'audit_personal',
  'outbox_message',
];

/** One clerk for each registration that has a person to replace and no change request of the demo's waiting. */
const OPEN_MEMBER_SESSIONS = `
  WITH opened AS (
    INSERT INTO session (id, token_hash, registration_id, mailbox, operator_name, expires_at)
    SELECT gen_random_uuid(), sha256(r.id::text::bytea), r.id, d.email, '小野寺 真理', now() + interval '1 day'
      FROM registration r JOIN department d ON d.id = r.primary_department_id
     WHERE EXISTS (SELECT FROM contact c WHERE c.registration_id = r.id)
       AND NOT EXISTS (SELECT FROM change_request c WHERE c.registration_id = r.id)
    RETURNING id, registration_id)
  SELECT v.registration_id AS "registrationId", o.id AS "sessionId", v.document
    FROM opened o JOIN registration_version v ON v.registration_id = o.registration_id AND v.version = 1
   ORDER BY v.registration_id`;

const OPEN_REVIEWER_SESSION = `
  INSERT INTO session (id, token_hash, account_id, expires_at)
  SELECT gen_random_uuid(), sha256(id::text::bytea), id, now() + interval '1 day'
    FROM account WHERE 'reviewer' = ANY (roles) ORDER BY email LIMIT 1
  RETURNING id AS "sessionId"`;
