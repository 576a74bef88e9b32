/**
 * Measures the portal against its floor; see docs/performance.md.
 *
 *     npm run bench -- [--rounds 6] [--reads 400] [--writes 60] [--warm-up 350] [--concurrency 4]
 *                      [--no-fsync] [--profile <folder>]
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { JwtService } from '@nestjs/jwt';
import { generateKeysFile, Keys } from '../dist/src/config/keys.js';
import { AccessTokens } from '../dist/src/platform/access/access-token.js';
import { send } from './client.mjs';
import { cloneTemplate, Cluster, countRows, seedTemplate, serverVersion } from './cluster.mjs';
import { keyOf, readRecording } from './recording.mjs';
import { PUBLIC_URL, startFloor, startPortal } from './servers.mjs';
import { summarise, toTable } from './table.mjs';
import { OPERATIONS, Visitor } from './visitor.mjs';

const RESULTS = fileURLToPath(new URL('./results.json', import.meta.url));
const options = readOptions();
/** What to undo at the end, last first. */
const undo = [];
let ending;

process.once('SIGINT', () => void end(130));
process.once('SIGTERM', () => void end(143));
main().then(
  () => end(0),
  (error) => {
    if (!ending) console.error(error);
    return end(1);
  },
);

async function main() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'renkei-bench-'));
  undo.push(() => rmSync(folder, { recursive: true, force: true }));
  const keysFile = path.join(folder, 'keys.json');
  writeFileSync(keysFile, JSON.stringify(generateKeysFile()), { mode: 0o600 });
  const keys = Keys.from(JSON.parse(readFileSync(keysFile, 'utf8')), PUBLIC_URL);
  const tokens = new AccessTokens(new JwtService(), keys);

  say('Starting PostgreSQL and seeding …');
  const cluster = new Cluster(options);
  undo.push(() => cluster.remove());
  await cluster.start();
  const people = await seedTemplate(cluster, keys);
  const visitor = () => new Visitor(people, (sessionId, roles) => tokens.sign(sessionId, roles));

  say('Recording what the portal does …');
  const recording = path.join(folder, 'recording.jsonl');
  const roundTrips = await record(cluster, visitor(), { folder, keysFile, recording });

  const [portalDatabase, floorDatabase] = [
    await cloneTemplate(cluster, 'portal'),
    await cloneTemplate(cluster, 'floor'),
  ];
  const portal = await startPortal('portal', portalDatabase, { folder, keysFile, profile: options.profile });
  undo.push(() => portal.stop());
  const floor = await startFloor('floor', floorDatabase, { folder, recording });
  undo.push(() => floor.stop());

  const servers = { portal: { ...portal, visitor: visitor() }, floor: { ...floor, visitor: visitor() } };
  const rounds = await measure(servers);
  const results = {
    measuredOn: new Date().toISOString().slice(0, 10),
    node: process.versions.node,
    postgres: await serverVersion(cluster),
    cpus: os.availableParallelism(),
    fsync: options.fsync,
    concurrency: options.concurrency,
    requestsPerRound: options.counts,
    residentMb: portal.residentMb(),
    operations: Object.fromEntries(
      OPERATIONS.map((name) => [name, { roundTrips: roundTrips[name], ...summarise(rounds[name]) }]),
    ),
    rows: await equalRows(portalDatabase, floorDatabase),
  };
  say(`\n${toTable(results)}`);
  save(results);
}

/**
 * Goes once, one by one, through all that the timed run will ask for, on a clone that is not used again.
 *
 * @returns how many round trips to the database a request of each operation takes
 */
async function record(cluster, visitor, files) {
  const portal = await startPortal('recorded', await cloneTemplate(cluster, 'recorded'), files);
  undo.push(() => portal.stop());
  const examples = {};
  const ask = async (operation, count) => {
    const requests = visitor.next(operation, count);
    const { answers } = await send(portal.port, requests, 1);
    visitor.learn(operation, answers);
    examples[operation] ??= requests[0];
  };
  await ask('search', visitor.searches);
  await ask('read', visitor.registrations);
  // Lap by lap as it will be timed, so that the same request is decided in the same way.
  for (const counts of [options.warmUp, ...Array.from({ length: options.rounds }, () => options.counts)]) {
    for (const operation of ['submit', 'approve', 'approveSome']) await ask(operation, counts[operation]);
  }
  await portal.stop();
  const entries = readRecording(files.recording);
  return Object.fromEntries(
    OPERATIONS.map((operation) => {
      const { method, url, ifMatch } = examples[operation];
      const { statements } = entries.get(keyOf({ method, url, headers: { 'if-match': ifMatch } }));
      return [operation, statements.length];
    }),
  );
}

/** @returns for each operation and server the microseconds per request of each round */
async function measure(servers) {
  const rounds = Object.fromEntries(OPERATIONS.map((operation) => [operation, { portal: [], floor: [] }]));
  await round(servers, 0, options.warmUp);
  say('Warm. Measuring …');
  for (let number = 1; number <= options.rounds; number += 1) {
    const timed = await round(servers, number, options.counts);
    for (const { operation, name, micros } of timed) rounds[operation][name].push(micros);
    say(`  round ${number} of ${options.rounds}`);
  }
  return rounds;
}

/** Both servers, one after the other, operation by operation; who goes first alternates. */
async function round(servers, number, counts) {
  const names = number % 2 ? ['portal', 'floor'] : ['floor', 'portal'];
  const timed = [];
  for (const operation of OPERATIONS) {
    for (const name of names) {
      const { port, visitor } = servers[name];
      const requests = visitor.next(operation, counts[operation]);
      const { micros, answers } = await send(port, requests, options.concurrency);
      visitor.learn(operation, answers);
      timed.push({ operation, name, micros });
    }
  }
  return timed;
}

/** @throws Error when the floor wrote less, or more, than the portal */
async function equalRows(portalDatabase, floorDatabase) {
  const [portal, floor] = [await countRows(portalDatabase), await countRows(floorDatabase)];
  if (isDeepStrictEqual(portal, floor)) return portal;
  throw new Error(`The databases differ.\nportal ${JSON.stringify(portal)}\nfloor  ${JSON.stringify(floor)}`);
}

/** Keeps the last durable run and the last run without fsync. */
function save(results) {
  const saved = existsSync(RESULTS) ? JSON.parse(readFileSync(RESULTS, 'utf8')) : {};
  const all = { ...saved, [results.fsync ? 'durable' : 'withoutFsync']: results };
  writeFileSync(RESULTS, `${JSON.stringify(all, null, 2)}\n`);
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '6' },
      reads: { type: 'string', default: '400' },
      writes: { type: 'string', default: '60' },
      'warm-up': { type: 'string', default: '350' },
      concurrency: { type: 'string', default: '4' },
      'no-fsync': { type: 'boolean', default: false },
      profile: { type: 'string' },
    },
  });
  const [reads, writes, warmUp] = [values.reads, values.writes, values['warm-up']].map(Number);
  return {
    rounds: Number(values.rounds),
    concurrency: Number(values.concurrency),
    counts: { search: reads, read: reads, ...decided(writes) },
    warmUp: { search: warmUp * 3, read: warmUp * 3, ...decided(warmUp / 2) },
    fsync: !values['no-fsync'],
    profile: values.profile,
  };
}

/** Each way of deciding as often as the other, and as many submissions as both take. */
function decided(each) {
  return { submit: 2 * each, approve: each, approveSome: each };
}

/** Undoes everything once, however often it is called, and ends the process. */
async function end(code) {
  ending ??= undoAll();
  await ending;
  process.exit(code);
}

async function undoAll() {
  while (undo.length > 0) {
    const step = undo.pop();
    try {
      await step();
    } catch (error) {
      console.error(error);
    }
  }
}

function say(line) {
  console.log(line);
}
