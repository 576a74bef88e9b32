/**
 * Can the clock tell whether somebody is known? Asks for codes for mailboxes that are registered and that aren't,
 * and signs in as staff with an unknown address, a wrong password, and a right password with a wrong code; in turns,
 * each so many times. For each pair it says whether the medians can be told apart (bootstrap, 95 %).
 *
 *     npm run bench:timing [-- --times 500]
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { withConnection } from '../dist/src/platform/database/database-roles.js';
import { generateKeysFile, Keys } from '../dist/src/config/keys.js';
import { demoPassword } from '../dist/src/demo/demo-accounts.js';
import { cloneTemplate, Cluster, seedTemplate } from './cluster.mjs';
import { PUBLIC_URL, startPortal } from './servers.mjs';

const RESULTS = fileURLToPath(new URL('./results-timing.json', import.meta.url));
const { values } = parseArgs({ options: { times: { type: 'string', default: '500' } } });
const TIMES = Number(values.times);
/** Requests under way at a time: enough to be done today, few enough that they don't wait for each other. */
const CONCURRENCY = 2;
const RESAMPLES = 2000;

const file = generateKeysFile();
let portal;

const GROUPS = {
  'asking, registered': (i, { mailboxes }) => timed('/auth/challenges', { email: at(mailboxes, i) }, 202),
  'asking, unknown': (i) => timed('/auth/challenges', { email: nobody(i) }, 202),
  'wrong code, registered': (i, { mailboxes }) => typeWrong(at(mailboxes, i)),
  'wrong code, unknown': (i) => typeWrong(nobody(i)),
  'password, unknown address': (i) => signIn(`nobody${i}@council.example`, 'a long wrong password'),
  'password, wrong': (_, { staff }) => signIn(staff, 'a long wrong password'),
  'password right, code wrong': (_, { staff, password }) => signIn(staff, password),
};

const PAIRS = [
  ['asking, registered', 'asking, unknown'],
  ['wrong code, registered', 'wrong code, unknown'],
  ['password, unknown address', 'password, wrong'],
  ['password, wrong', 'password right, code wrong'],
];

async function measure({ superuserUrl }) {
  const { mailboxes, staff } = await people(superuserUrl);
  const known = {
    mailboxes,
    staff,
    password: demoPassword(Buffer.from(file.codeSecret, 'base64url'), staff),
  };
  const names = Object.keys(GROUPS);
  const times = {
    ...(await takeTurns(names.slice(0, 2), known, superuserUrl)),
    ...(await takeTurns(names.slice(2, 4), known, superuserUrl)),
    ...(await takeTurns(names.slice(4), known, superuserUrl)),
  };
  const results = {
    measuredOn: new Date().toISOString().slice(0, 10),
    times: TIMES,
    medians: Object.fromEntries(names.map((name) => [name, round(median(times[name]))])),
    differences: PAIRS.map(([a, b]) => ({ between: [a, b], ...difference(times[a], times[b]) })),
  };
  console.log('median ms');
  for (const [name, ms] of Object.entries(results.medians)) console.log(`  ${name.padEnd(28)} ${ms}`);
  for (const { between, ms, from, to, separable } of results.differences) {
    console.log(
      `${between.join(' – ')}: ${ms} ms (95 %: ${from} … ${to}), ${separable ? 'SEPARABLE' : 'not separable'}`,
    );
  }
  writeFileSync(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
}

/**
 * One of each group after the other, so that whatever slows the machine slows all alike, and each time in another
 * order: two lines of equal requests fall into step, and who is second waits for the first.
 */
async function takeTurns(names, known, superuserUrl) {
  const times = Object.fromEntries(names.map((name) => [name, []]));
  const turns = Array.from({ length: TIMES }, (_, index) =>
    shuffled(names).map((name) => [name, index]),
  ).flat();
  const work = async () => {
    for (let turn = turns.pop(); turn; turn = turns.pop()) {
      const [name, index] = turn;
      // Limits are another matter; without them nothing else would be measured.
      if (turns.length % 20 === 0) {
        await withConnection(superuserUrl, (admin) => admin.query('DELETE FROM rate_limit'));
      }
      times[name].push(await GROUPS[name](index, known));
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  return times;
}

function shuffled(names) {
  return names
    .map((name) => [Math.random(), name])
    .toSorted(([a], [b]) => a - b)
    .map(([, name]) => name);
}

const at = (list, index) => list[index % list.length];
const nobody = (index) => `nobody${index}@t016314.example`;

function signIn(email, password) {
  return timed('/auth/password', { email, password, totp: '000000' }, 401);
}

/** Asks for a code and types another; the second alone is timed. */
async function typeWrong(email) {
  const asked = await post('/auth/challenges', { email }, 202);
  const cookie = asked.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ');
  const { challengeId } = await asked.json();
  const typed = { code: '00000000', operatorName: '小野寺 真理' };
  return timed(`/auth/challenges/${challengeId}/verify`, typed, 401, cookie);
}

/** @returns milliseconds from the request to the end of its answer */
async function timed(where, body, expected, cookie = '') {
  const started = performance.now();
  const response = await post(where, body, expected, cookie);
  await response.text();
  return performance.now() - started;
}

async function post(where, body, expected, cookie = '') {
  const response = await fetch(`http://127.0.0.1:${portal.port}/api/v1${where}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-forwarded-for': `198.51.100.${1 + Math.floor(Math.random() * 250)}`,
      cookie,
    },
    body: JSON.stringify(body),
  });
  if (response.status !== expected) throw new Error(`${where} answered ${response.status}`);
  return response;
}

function people(url) {
  return withConnection(url, async (admin) => {
    const { rows } = await admin.query('SELECT email FROM department ORDER BY id');
    return { mailboxes: rows.map(({ email }) => email), staff: 'reviewer1@council.example' };
  });
}

function difference(a, b) {
  const resample = (values) => median(values.map(() => values[Math.floor(Math.random() * values.length)]));
  const found = Array.from({ length: RESAMPLES }, () => resample(a) - resample(b)).toSorted((x, y) => x - y);
  const [from, to] = [found[Math.floor(RESAMPLES * 0.025)], found[Math.floor(RESAMPLES * 0.975)]];
  return {
    ms: round(median(a) - median(b)),
    from: round(from),
    to: round(to),
    separable: from > 0 || to < 0,
  };
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function round(ms) {
  return Math.round(ms * 1000) / 1000;
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'renkei-timing-'));
const keysFile = path.join(folder, 'keys.json');
writeFileSync(keysFile, JSON.stringify(file), { mode: 0o600 });
const cluster = new Cluster({ fsync: true });
try {
  await cluster.start();
  await seedTemplate(cluster, Keys.from(file, PUBLIC_URL));
  const database = await cloneTemplate(cluster, 'timing');
  portal = await startPortal('timing', database, { folder, keysFile });
  await measure(database);
} finally {
  await portal?.stop();
  await cluster.remove();
  rmSync(folder, { recursive: true, force: true });
}
