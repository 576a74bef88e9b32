/**
 * What the trail costs: transactions that write an event with personal values, while a sealer works, against the same
 * transactions without the event; see docs/performance.md.
 *
 *     npm run bench:audit -- [--rounds 7] [--writes 1000] [--no-fsync]
 */
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import os from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { DataSource } from 'typeorm';
import { prepareDatabase } from '../dist/src/cli/database.js';
import { Audit } from '../dist/src/platform/audit/audit.service.js';
import { AuditSealer } from '../dist/src/platform/audit/audit-sealer.js';
import { SealingRepository } from '../dist/src/platform/audit/sealing.repository.js';
import { VerificationRepository } from '../dist/src/platform/audit/verification.repository.js';
import { AuditVerification } from '../dist/src/platform/audit/verification.service.js';
import { dataSourceOptions } from '../dist/src/platform/database/data-source.js';
import {
  APPLICATION_ROLE,
  OWNER_ROLE,
  databaseUrl,
  prepareRoles,
  roleUrl,
} from '../dist/src/platform/database/database-roles.js';
import { Database } from '../dist/src/platform/database/database.service.js';
import { Cluster, serverVersion } from './cluster.mjs';
import { median } from './table.mjs';

const RESULTS = fileURLToPath(new URL('./results-audit.json', import.meta.url));
const NAME = 'bench_audit';
/** Between two looks of the sealer: much less than in the portal, so that it is at work all the time. */
const PAUSE_MS = 50;
const options = readOptions();

const cluster = new Cluster(options);
try {
  await main();
} finally {
  await cluster.remove();
}

async function main() {
  await cluster.start();
  await prepareRoles(cluster.adminUrl, { database: NAME });
  const url = databaseUrl(cluster.adminUrl, NAME);
  await prepareDatabase(roleUrl(url, OWNER_ROLE));
  const dataSource = new DataSource(dataSourceOptions(roleUrl(url, APPLICATION_ROLE)));
  await dataSource.initialize();
  const database = new Database(dataSource);
  const rounds = await measure(database);
  const verification = await verify(database);
  await dataSource.destroy();
  const [bare, audited, sealed] = Object.values(rounds).map((all) => Math.round(median(all)));
  const results = {
    measuredOn: new Date().toISOString().slice(0, 10),
    node: process.versions.node,
    postgres: await serverVersion(cluster),
    cpus: os.availableParallelism(),
    fsync: options.fsync,
    writes: options.writes,
    connections: dataSource.options.poolSize,
    micros: { bare, audited, sealed },
    ratio: Math.round((bare / sealed) * 100) / 100,
    rounds: Object.fromEntries(Object.entries(rounds).map(([name, all]) => [name, all.map(Math.round)])),
    chain: verification,
  };
  console.log(toText(results));
  writeFileSync(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
}

/** @returns for each kind the microseconds per transaction of each round; the first round only warms up */
async function measure(database) {
  const rounds = { bare: [], audited: [], sealed: [] };
  for (let round = 0; round <= options.rounds; round += 1) {
    for (const kind of turned(Object.keys(rounds), round)) {
      const micros = await time(database, kind);
      if (round > 0) rounds[kind].push(micros);
    }
  }
  return rounds;
}

/** Who goes first changes, so that whatever else the machine does meets all alike. */
function turned(kinds, by) {
  return kinds.map((_, at) => kinds[(at + by) % kinds.length]);
}

async function time(database, kind) {
  // What is left of a round before isn't to be sealed in this one.
  const sealer = newSealer(database);
  await sealer.seal();
  const sealing = kind === 'sealed' ? sealAllTheTime(sealer) : null;
  const audit = kind === 'bare' ? null : new Audit();
  const begun = process.hrtime.bigint();
  await Promise.all(
    Array.from({ length: options.writes }, () => database.asSystem('bench', (tx) => write(tx, audit))),
  );
  const micros = Number(process.hrtime.bigint() - begun) / 1000 / options.writes;
  await sealing?.stop();
  return micros;
}

/** A row of the use case's own, and its event. */
async function write(tx, audit) {
  const id = randomUUID();
  await tx.execute(
    `INSERT INTO task (id, kind, subject_id, title, role, weight) VALUES ($1, 'bench', $1, '北海道音更町　変更届', 'reviewer', 2)`,
    [id],
  );
  await audit?.record(tx, 'change-request.submitted', {
    subjectId: id,
    details: {
      number: 'R8-0412',
      baseVersion: 12,
      pointers: ['/mainPhone', `/contacts/${id}/name`],
      resubmitted: false,
    },
    personal: { name: '小野寺 真理', mailbox: 'kikaku@town-otofuke.example' },
  });
}

function newSealer(database) {
  return new AuditSealer({ worker: false }, database, new SealingRepository());
}

function sealAllTheTime(sealer) {
  const ending = new AbortController();
  const done = (async () => {
    while (!ending.signal.aborted) {
      await sealer.seal();
      await delay(PAUSE_MS);
    }
  })();
  return {
    async stop() {
      ending.abort();
      await done;
    },
  };
}

/** @throws Error when an event is missing from the chain, or the chain is broken */
async function verify(database) {
  await newSealer(database).seal();
  const begun = process.hrtime.bigint();
  const { head, broken } = await new AuditVerification(database, new VerificationRepository()).verify();
  const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
  const expected = 2 * (options.rounds + 1) * options.writes;
  if (broken || head.seq !== expected) {
    throw new Error(`${head.seq} of ${expected} events are sealed; ${JSON.stringify(broken)}`);
  }
  return { events: head.seq, verifiedInSeconds: Math.round(seconds * 100) / 100 };
}

function toText({ micros, ratio, rounds, writes, connections, chain, ...machine }) {
  const line = (name, kind) =>
    `${name.padEnd(34)} ${String(micros[kind]).padStart(6)} µs   ${Math.min(...rounds[kind])}–${Math.max(...rounds[kind])}`;
  return [
    `${writes} transactions at once over ${connections} connections, per transaction:`,
    line('without the event', 'bare'),
    line('with it', 'audited'),
    line('with it, a sealer at work', 'sealed'),
    `ratio ${ratio.toFixed(2)}`,
    `The chain of ${chain.events} events is whole; verifying took ${chain.verifiedInSeconds} s.`,
    `Node.js ${machine.node}, PostgreSQL ${machine.postgres}, ${machine.cpus} CPUs, fsync ${machine.fsync ? 'on' : 'off'}`,
  ].join('\n');
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '7' },
      writes: { type: 'string', default: '1000' },
      'no-fsync': { type: 'boolean', default: false },
    },
  });
  return { rounds: Number(values.rounds), writes: Number(values.writes), fsync: !values['no-fsync'] };
}
