import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { withConnection } from '../../src/platform/database/database-roles.js';
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../src/platform/database/embedded-postgres.js';
import { findPostmaster } from '../../src/platform/database/postmaster.js';

jest.setTimeout(60_000);

type Reply = Pick<EmbeddedPostgres, 'ownerUrl' | 'appUrl' | 'started'>;
interface Portal extends Reply {
  kill(): Promise<void>;
}

const LAUNCHER = path.resolve('dist/src/platform/database/embedded-postgres.js');
const SCRIPT = `
  import { startEmbeddedPostgres } from ${JSON.stringify(`file://${LAUNCHER}`)};
  console.log(JSON.stringify(await startEmbeddedPostgres({ dir: process.argv[1] })));
  setInterval(() => undefined, 60_000);
`;
const SCRATCH = path.join(process.env['RENKEI_TEST_FOLDER'] ?? os.tmpdir(), 'renkei-launcher-');
const RUNS_AS_ROOT = process.getuid?.() === 0;

let dir: string;
let children: ChildProcess[];
let earlier: string;

beforeAll(async () => {
  earlier = fs.mkdtempSync(SCRATCH);
  await (await startEmbeddedPostgres({ dir: earlier })).release();
});

afterAll(() => fs.rmSync(earlier, { recursive: true, force: true }));

beforeEach(() => {
  dir = fs.mkdtempSync(SCRATCH);
  // When root runs the tests, the server's user must be able to enter.
  fs.chmodSync(dir, 0o755);
  children = [];
});

afterEach(async () => {
  await Promise.all(children.map(kill));
  const pid = postmasterPid();
  if (pid) process.kill(pid, 'SIGINT');
  await until(() => postmasterPid() === undefined);
  fs.rmSync(dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

const start = () => startEmbeddedPostgres({ dir });
/** Spares the tests that aren't about the first start its second or two; also what a restored backup is. */
const restoreEarlierFolder = () => fs.cpSync(earlier, dir, { recursive: true });
const postgresFile = (...names: string[]) => path.join(dir, 'postgres', ...names);

function postmasterPid(): number | undefined {
  const running = findPostmaster(postgresFile('data'));
  return typeof running === 'object' ? running.pid : undefined;
}

function query<T extends object>(url: string, sql: string): Promise<T[]> {
  return withConnection(url, async (client) => (await client.query<T>(sql)).rows);
}

/** A portal in a process of its own, which never releases. */
function spawnLauncher(): ChildProcess {
  const child = spawn(process.execPath, ['--input-type=module', '-e', SCRIPT, dir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  return child;
}

async function startPortal(): Promise<Portal> {
  const child = spawnLauncher();
  for await (const line of createInterface({ input: child.stdout! })) {
    const reply: Reply = JSON.parse(line);
    return { ...reply, kill: () => kill(child) };
  }
  throw new Error('The launcher ended without an answer.');
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** A process that has ended while its parent, the sleep, doesn't ask for its exit code. */
async function zombiePid(): Promise<number> {
  const parent = spawn('sh', ['-c', 'true & echo $!; exec sleep 60'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(parent);
  const [pid] = await once(createInterface({ input: parent.stdout }), 'line');
  return Number(pid);
}

async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await delay(5);
}

describe('first start', () => {
  it('makes a database with an owner and an application role that can do no more than they need', async () => {
    const postgres = await start();

    expect(postgres.started).toBe(true);
    await expect(query(postgres.appUrl, 'SELECT current_user, current_database()')).resolves.toEqual([
      { current_user: 'renkei_app', current_database: 'renkei' },
    ]);
    await expect(
      query(
        postgres.ownerUrl,
        `SELECT rolname, rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb AS mighty,
                EXISTS (SELECT FROM pg_database WHERE datname = 'renkei' AND datdba = pg_roles.oid) AS owner
           FROM pg_roles WHERE rolname LIKE 'renkei%' ORDER BY rolname`,
      ),
    ).resolves.toEqual([
      { rolname: 'renkei_app', mighty: false, owner: false },
      { rolname: 'renkei_owner', mighty: false, owner: true },
    ]);
    await postgres.release();
  });

  it('searches Japanese by trigrams and sorts by code point', async () => {
    const postgres = await start();

    const [row] = await query(
      postgres.appUrl,
      `SELECT cardinality(show_trgm('千代田区')) > 1 AS trigrams, 'Z' < 'a' AS by_code_point`,
    );
    expect(row).toEqual({ trigrams: true, by_code_point: true });
    await postgres.release();
  });

  it('asks for a password, keeps it private and listens on this machine only', async () => {
    const postgres = await start();

    const stranger = new URL(postgres.appUrl);
    stranger.password = 'guess';
    await expect(query(stranger.href, 'SELECT')).rejects.toMatchObject({ code: '28P01' });
    await expect(query(postgres.appUrl, 'SHOW listen_addresses')).resolves.toEqual([
      { listen_addresses: '127.0.0.1' },
    ]);
    expect(fs.statSync(postgresFile('secrets.json')).mode & 0o777).toBe(0o600);
    expect(fs.readdirSync(postgresFile()).sort()).toEqual(['data', 'postgres.log', 'secrets.json']);
    await postgres.release();
  });

  it('ends with one server when two portals do it at the same moment', async () => {
    const portals = await Promise.all([startPortal(), startPortal()]);

    expect(portals[0].appUrl).toBe(portals[1].appUrl);
    expect(portals.filter((portal) => portal.started)).toHaveLength(1);
    expect(fs.readdirSync(dir)).toEqual(['postgres']);
    await Promise.all(portals.map((portal) => query(portal.ownerUrl, 'SELECT')));
  });

  it('drops what a first start that was killed in the middle left behind', async () => {
    const child = spawnLauncher();
    const draft = () => fs.readdirSync(dir).find((name) => name.startsWith('postgres.new-'));
    await until(() => fs.existsSync(path.join(dir, draft() ?? '', 'data', 'base')));
    await kill(child);
    expect(draft()).toBeDefined();

    const postgres = await start();

    expect(fs.readdirSync(dir)).toEqual(['postgres']);
    await postgres.release();
  });

  it('touches no folder that holds something else', async () => {
    fs.mkdirSync(postgresFile());
    fs.writeFileSync(postgresFile('diary.txt'), 'mine');

    await expect(start()).rejects.toThrow(/neither empty nor a database of the portal/);
    expect(fs.readdirSync(dir)).toEqual(['postgres']);
  });
});

describe('a server that is running', () => {
  beforeEach(restoreEarlierFolder);

  it('is shared, and stopped by whoever leaves last', async () => {
    const first = await start();
    const second = await start();
    expect(second).toMatchObject({ started: false, appUrl: first.appUrl });

    await first.release();
    await first.release();
    await expect(query(second.appUrl, 'SELECT 1 AS alive')).resolves.toEqual([{ alive: 1 }]);

    await second.release();
    expect(fs.existsSync(postgresFile('data', 'postmaster.pid'))).toBe(false);
    await expect(query(second.appUrl, 'SELECT')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('survives the kill -9 of its portal, and the next one attaches to it', async () => {
    const portal = await startPortal();
    await portal.kill();

    const postgres = await start();

    expect(postgres).toMatchObject({ started: false, appUrl: portal.appUrl });
    await postgres.release();
    expect(postmasterPid()).toBeUndefined();
  });

  it('is not stopped under a portal whose connection it cut', async () => {
    const first = await startPortal();
    const second = await start();
    // As after a crash of one server process: every connection is lost, the server stays.
    const { superuser } = JSON.parse(fs.readFileSync(postgresFile('secrets.json'), 'utf8'));
    const admin = first.appUrl.replace(/\/\/.*@/, `//postgres:${superuser}@`).replace(/renkei$/, 'postgres');
    const holders = "FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ShareLock' AND granted";
    await query(admin, `SELECT pg_terminate_backend(pid) ${holders}`);
    const count = async () =>
      (await query<{ n: number }>(admin, `SELECT count(*)::int AS n ${holders}`))[0]?.n;
    await until(async () => (await count()) === 2);

    await second.release();

    await expect(query(first.appUrl, 'SELECT 1 AS alive')).resolves.toEqual([{ alive: 1 }]);
  });
});

describe('a server that has ended', () => {
  beforeEach(restoreEarlierFolder);

  it('comes up again with its data after a kill -9', async () => {
    const before = await start();
    await query(before.ownerUrl, "CREATE TABLE note AS SELECT 'kept' AS text");
    process.kill(postmasterPid()!, 'SIGKILL');

    const after = await start();

    expect(after.started).toBe(true);
    await expect(query(after.ownerUrl, 'SELECT text FROM note')).resolves.toEqual([{ text: 'kept' }]);
    await before.release();
    await after.release();
  });

  it.each([
    ['another program by now', () => process.pid],
    ['no more', () => 2 ** 22 + 1],
    ['dead but not buried', zombiePid],
  ])('comes up again when a power cut left the postmaster.pid of a process that is %s', async (_, pid) => {
    fs.writeFileSync(postgresFile('data', 'postmaster.pid'), `${await pid()}\n/elsewhere\n0\n5432\n`);

    const postgres = await start();

    expect(postgres.started).toBe(true);
    await postgres.release();
  });

  it('comes up again when a power cut left an empty postmaster.pid', async () => {
    const file = postgresFile('data', 'postmaster.pid');
    fs.writeFileSync(file, '');
    fs.utimesSync(file, 0, 0);

    const postgres = await start();

    expect(postgres.started).toBe(true);
    await postgres.release();
  });
});

describe('a start that cannot be', () => {
  beforeEach(restoreEarlierFolder);

  it('names both versions when the data is of another PostgreSQL', async () => {
    fs.writeFileSync(postgresFile('data', 'PG_VERSION'), '17\n');

    await expect(start()).rejects.toThrow(
      `The data folder ${postgresFile('data')} was made by PostgreSQL 17, but this portal brings PostgreSQL 18: ` +
        'dump it with PostgreSQL 17 and restore the dump into a new folder, or point DATA_DIR elsewhere.',
    );
  });

  it('shows what the server complained about', async () => {
    fs.appendFileSync(postgresFile('data', 'postgresql.conf'), 'no_such_setting = 1\n');

    await expect(start()).rejects.toThrow(/unrecognized configuration parameter "no_such_setting"/);
  });
});

(RUNS_AS_ROOT ? describe : describe.skip)('started by root', () => {
  it('runs as another user, even in a folder that only root may enter', async () => {
    fs.chmodSync(dir, 0o700);

    const postgres = await start();

    expect(fs.statSync(`/proc/${postmasterPid()}`).uid).not.toBe(0);
    await postgres.release();
  });
});
