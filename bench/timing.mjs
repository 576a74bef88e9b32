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

const folder = mkdtempSync(path.join(os.tmpdir(), 'renkei-timing-'));
const keysFile = path.join(folder, 'keys.json');
const file = generateKeysFile();
writeFileSync(keysFile, JSON.stringify(file), { mode: 0o600 });
const cluster = new Cluster({ fsync: true });
let portal;
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

const ask = (email) => () => post('/auth/challenges', { email }, 202);
const signIn = (email, typed) => () =>
  post('/auth/password', { email, password: typed, totp: '000000' }, 401);

async function measure({ superuserUrl }) {
  const { mailboxes, staff } = await people(superuserUrl);
  const password = demoPassword(Buffer.from(file.codeSecret, 'base64url'), staff);
  const groups = {
    'code, registered': (i) => ask(mailboxes[i % mailboxes.length]),
    'code, unknown': (i) => ask(`nobody${i}@t016314.example`),
    'password, unknown address': (i) => signIn(`nobody${i}@council.example`, 'a long wrong password'),
    'password, wrong': () => signIn(staff, 'a long wrong password'),
    'password right, code wrong': () => signIn(staff, password),
  };
  const names = Object.keys(groups);
  const asked = await takeTurns(names.slice(0, 2), groups, superuserUrl);
  const signedIn = await takeTurns(names.slice(2), groups, superuserUrl);
  const times = { ...asked, ...signedIn };
  const pairs = [
    ['code, registered', 'code, unknown'],
    ['password, unknown address', 'password, wrong'],
    ['password, wrong', 'password right, code wrong'],
  ];
  const results = {
    measuredOn: new Date().toISOString().slice(0, 10),
    times: TIMES,
    medians: Object.fromEntries(names.map((name) => [name, round(median(times[name]))])),
    differences: pairs.map(([a, b]) => ({ between: [a, b], ...difference(times[a], times[b]) })),
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

/** One of each group after the other, so that whatever slows the machine slows all alike. */
async function takeTurns(names, groups, superuserUrl) {
  const times = Object.fromEntries(names.map((name) => [name, []]));
  let next = 0;
  const work = async () => {
    while (next < TIMES * names.length) {
      const turn = next++;
      const name = names[turn % names.length];
      const request = groups[name](Math.floor(turn / names.length));
      // Limits are another matter; without them nothing else would be measured.
      if (turn % 20 === 0)
        await withConnection(superuserUrl, (admin) => admin.query('DELETE FROM rate_limit'));
      const started = performance.now();
      await request();
      times[name].push(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  return times;
}

async function post(where, body, expected) {
  const response = await fetch(`http://127.0.0.1:${portal.port}/api/v1${where}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-forwarded-for': `198.51.100.${(1 + Math.random() * 250) | 0}`,
    },
    body: JSON.stringify(body),
  });
  await response.text();
  if (response.status !== expected) throw new Error(`${where} answered ${response.status}`);
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
