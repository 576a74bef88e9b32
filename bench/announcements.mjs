/**
 * Announcements at the size of the whole country: 5,000 that are out, 1,741 municipalities registered.
 *
 * Lists and searches of a member are held against the floor (node:http and pg playing the same statements), and
 * publishing to all against the bare INSERT … SELECTs that write the same rows and mails in one transaction.
 *
 *     npm run bench:announcements [-- --rounds 7 --requests 150]
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { JwtService } from '@nestjs/jwt';
import { Client } from 'pg';
import { generateKeysFile, Keys } from '../dist/src/config/keys.js';
import { AccessTokens } from '../dist/src/platform/access/access-token.js';
import { withConnection } from '../dist/src/platform/database/database-roles.js';
import { ANNOUNCEMENTS, seedAnnouncements } from './announcements-seed.mjs';
import { send } from './client.mjs';
import { cloneTemplate, Cluster, seedTemplate, serverVersion } from './cluster.mjs';
import { PUBLIC_URL, startFloor, startPortal } from './servers.mjs';

const RESULTS = fileURLToPath(new URL('./results-announcements.json', import.meta.url));
const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '7' }, requests: { type: 'string', default: '150' } },
});
const ROUNDS = Number(values.rounds);
const REQUESTS = Number(values.requests);
const CONCURRENCY = 4;

/** What a clerk asks for: the first page, what is new, words of two characters, two words, one of a single character. */
const READS = {
  'list, first page': '?state=published',
  'what is unread (home)': '?state=published&unread=true&limit=5',
  'search 防災': `?state=published&q=${encodeURIComponent('防災')}`,
  'search 物産展 移住': `?state=published&q=${encodeURIComponent('物産展 移住')}`,
  'search 林 (one character)': `?state=published&q=${encodeURIComponent('林')}`,
};

const folder = mkdtempSync(path.join(os.tmpdir(), 'renkei-bench-'));
const cluster = new Cluster({ fsync: true });
const servers = [];
async function main() {
  const keysFile = path.join(folder, 'keys.json');
  writeFileSync(keysFile, JSON.stringify(generateKeysFile()), { mode: 0o600 });
  const keys = Keys.from(JSON.parse(readFileSync(keysFile, 'utf8')), PUBLIC_URL);
  const tokens = new AccessTokens(new JwtService(), keys);
  await cluster.start();
  await seedTemplate(cluster, keys);
  const database = await cloneTemplate(cluster, 'portal');
  const sessions = await withConnection(database.superuserUrl, seedAnnouncements);
  const member = () => tokens.sign(sessions.memberSessionId, ['member']);
  const editor = () => tokens.sign(sessions.editorSessionId, ['editor']);
  const recording = path.join(folder, 'recording.jsonl');
  await record({ database, keysFile, recording, token: member() });
  const portal = await started(startPortal('portal', database, { folder, keysFile }));
  const floor = await started(startFloor('floor', database, { folder, recording }));
  return {
    measuredOn: new Date().toISOString().slice(0, 10),
    node: process.versions.node,
    postgres: await serverVersion(cluster),
    cpus: os.availableParallelism(),
    announcements: ANNOUNCEMENTS,
    ...(await withConnection(database.superuserUrl, sizes)),
    reads: await measureReads(portal, floor, member),
    publishing: await measurePublishing(portal, database, editor),
    residentMb: portal.residentMb(),
  };
}

async function started(server) {
  const ready = await server;
  servers.push(ready);
  return ready;
}

const requestOf = (query, token) => ({
  method: 'GET',
  url: `/api/v1/announcements${query}`,
  token,
  expected: 200,
});

async function record({ database, keysFile, recording, token }) {
  const portal = await started(startPortal('recorded', database, { folder, keysFile, recording }));
  await send(
    portal.port,
    Object.values(READS).map((query) => requestOf(query, token)),
    1,
  );
  await portal.stop();
}

/** Both servers in turns; milliseconds per request, the median of the rounds. */
async function measureReads(portal, floor, member) {
  const times = Object.fromEntries(Object.keys(READS).map((name) => [name, { portal: [], floor: [] }]));
  const totals = {};
  for (let round = 0; round <= ROUNDS; round += 1) {
    const turns = round % 2 ? [portal, floor] : [floor, portal];
    for (const [name, query] of Object.entries(READS)) {
      const requests = Array.from({ length: REQUESTS }, () => requestOf(query, member()));
      for (const server of turns) {
        const { micros, answers } = await send(server.port, requests, CONCURRENCY);
        totals[name] = JSON.parse(answers[0].body).total;
        // The first round warms up.
        if (round > 0) times[name][server === portal ? 'portal' : 'floor'].push(micros / 1000);
      }
    }
  }
  return Object.fromEntries(
    Object.entries(times).map(([name, { portal: ours, floor: bare }]) => [
      name,
      {
        found: totals[name],
        portalMs: round2(median(ours)),
        floorMs: round2(median(bare)),
        ratio: round2(median(bare) / median(ours)),
      },
    ]),
  );
}

/** A draft for everybody is published over the API, and its rows and mails are written once more, bare. */
async function measurePublishing(portal, { appUrl, superuserUrl }, editor) {
  const times = { portal: [], asTheApplication: [], asSuperuser: [] };
  let mails = 0;
  let municipalities = 0;
  for (let round = 0; round <= ROUNDS; round += 1) {
    const { ms, id, recipients } = await publishOverApi(portal, editor());
    municipalities = recipients;
    const turns = { asTheApplication: appUrl, asSuperuser: superuserUrl };
    const bare = {};
    for (const [name, url] of Object.entries(turns)) {
      const copy = await prepareCopy(superuserUrl, id);
      bare[name] = await publishBare(url, copy);
      mails = bare[name].mails;
    }
    if (round === 0) continue;
    times.portal.push(ms);
    times.asTheApplication.push(bare.asTheApplication.ms);
    times.asSuperuser.push(bare.asSuperuser.ms);
  }
  const portalMs = round2(median(times.portal));
  const bareMs = round2(median(times.asTheApplication));
  const superuserMs = round2(median(times.asSuperuser));
  return {
    municipalities,
    mails,
    portalMs,
    bareMs,
    timesBare: round2(portalMs / bareMs),
    bareAsSuperuserMs: superuserMs,
    timesBareAsSuperuser: round2(portalMs / superuserMs),
  };
}

async function publishOverApi({ port }, token) {
  const call = async (method, url, { body, version } = {}) => {
    const headers = {
      authorization: `Bearer ${token}`,
      ...(body && { 'content-type': 'application/json' }),
      ...(version && { 'if-match': `"${version}"` }),
    };
    const response = await fetch(`http://127.0.0.1:${port}/api/v1${url}`, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  const { categories } = await call('GET', '/announcement-settings');
  const draft = await call('POST', '/announcements', {
    body: {
      title: '全国の皆さまへ',
      summary: '全国の自治体の皆さまへ、新しい取組をお知らせします。',
      body: '## 新しい取組\n\n本文です。',
      categoryId: categories[0].id,
      audience: { kind: 'all' },
    },
  });
  const before = performance.now();
  const out = await call('POST', `/announcements/${draft.id}/publish`, { version: draft.version });
  return { ms: performance.now() - before, id: out.id, recipients: out.reach.recipients };
}

/** An announcement like it without a recipient, and the text of its mail. */
async function prepareCopy(superuserUrl, id) {
  return withConnection(superuserUrl, async (client) => {
    const { rows: copies } = await client.query(COPY, [id]);
    const { rows: texts } = await client.query(
      `SELECT subject, body FROM outbox_message WHERE dedupe_key LIKE 'announcement.published:' || $1 || ':%' LIMIT 1`,
      [id],
    );
    return { id: copies[0].id, ...texts[0] };
  });
}

/** One transaction, as the portal's is: who acts, the rows, the mails. */
async function publishBare(url, { id, subject, body }) {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const before = performance.now();
    await client.query('BEGIN');
    await client.query('SELECT * FROM open_system()');
    await client.query(INSERT_RECIPIENTS, [id]);
    const { rowCount } = await client.query(INSERT_MAILS, [id, subject, body.slice(body.indexOf('\n'))]);
    await client.query('COMMIT');
    return { ms: performance.now() - before, mails: rowCount };
  } finally {
    await client.end();
  }
}

async function sizes(client) {
  const { rows } = await client.query(
    `SELECT (SELECT count(*)::int FROM registration WHERE status = 'active') AS municipalities,
            (SELECT count(*)::int FROM announcement_recipient) AS recipients`,
  );
  return rows[0];
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const round2 = (number) => Math.round(number * 100) / 100;

const COPY = `
  INSERT INTO announcement (id, state, title, summary, body, category_id, audience, published_at, revision,
                            search_text)
  SELECT gen_random_uuid(), state, title, summary, body, category_id, audience, published_at, revision, search_text
    FROM announcement WHERE id = $1 RETURNING id`;

const INSERT_RECIPIENTS = `
  INSERT INTO announcement_recipient (registration_id, announcement_id, delivery, mailed_at)
  SELECT id, $1, 'at-once', now() FROM registration WHERE status = 'active'`;

const INSERT_MAILS = `
  INSERT INTO outbox_message (id, kind, dedupe_key, message_id, recipient, subject, body, registration_id, priority)
  SELECT id, 'announcement.published', 'bare:' || $1 || ':' || registration_id || ':' || lower(mailbox),
         id || '@portal.example', mailbox, $2, municipality || $3, registration_id, 7
    FROM (SELECT uuidv7() AS id, b.mailbox, n.registration_id, p.name || m.name || '　ご担当者様' AS municipality
            FROM announcement_recipient n
            JOIN registered_mailbox b ON b.registration_id = n.registration_id
            JOIN registration g ON g.id = n.registration_id
            JOIN municipality m ON m.code = g.municipality_code
            JOIN prefecture p ON p.code = m.prefecture_code
           WHERE n.announcement_id = $1::uuid) mails`;

try {
  const results = await main();
  writeFileSync(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
  console.log(JSON.stringify(results, null, 2));
} finally {
  for (const server of servers) await server.stop();
  await cluster.remove();
  rmSync(folder, { recursive: true, force: true });
}
