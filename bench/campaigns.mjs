/**
 * A 年度確認 of the whole country: 1,741 registrations.
 *
 * - starting it, against the bare INSERT … SELECT of the same rows;
 * - a step's day (find whom, render, ledger, queue), against rendering the same mails and bare inserts of the same rows;
 * - sending to a mail server on loopback, against a loop with the same statements and nodemailer connections.
 *
 *     npm run bench:campaigns [-- --rounds 5]
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import os from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../dist/src/app.module.js';
import { SessionsService } from '../dist/src/accounts/sessions.service.js';
import { CampaignsService } from '../dist/src/campaigns/campaigns.service.js';
import { DueStepsService } from '../dist/src/campaigns/due-steps.service.js';
import { RunningService } from '../dist/src/campaigns/running.service.js';
import { generateKeysFile, Keys } from '../dist/src/config/keys.js';
import { demoSettings } from '../dist/src/config/env.js';
import { Database } from '../dist/src/platform/database/database.service.js';
import { withConnection } from '../dist/src/platform/database/database-roles.js';
import { freePort } from '../dist/src/platform/database/postmaster.js';
import { OutboxWorker } from '../dist/src/platform/outbox/outbox.worker.js';
import { REGISTER_THE_REST } from './announcements-seed.mjs';
import { bareInserts, bareRendering, bareSending, bareStart, noteRendering } from './campaigns-floor.mjs';
import { cloneTemplate, Cluster, seedTemplate, serverVersion } from './cluster.mjs';
import { PUBLIC_URL } from './servers.mjs';

const RESULTS = fileURLToPath(new URL('./results-campaigns.json', import.meta.url));
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });
const ROUNDS = Number(values.rounds);

const cluster = new Cluster({ fsync: true });
let app;
let sink;

async function main() {
  const keys = Keys.from(generateKeysFile(), PUBLIC_URL);
  await cluster.start();
  await seedTemplate(cluster, keys);
  const database = await cloneTemplate(cluster, 'portal');
  await withConnection(database.superuserUrl, async (client) => {
    for (const statement of REGISTER_THE_REST) await client.query(statement);
    await client.query('VACUUM (ANALYZE)');
  });
  const smtpUrl = await startSink();
  const settings = {
    ...demoSettings(database.appUrl, { WORKER: 'off' }),
    mode: 'production',
    smtpUrl,
    publicUrl: PUBLIC_URL,
    logLevel: 'silent',
  };
  app = await NestFactory.createApplicationContext(AppModule.register(settings, keys), { logger: ['error'] });
  const viewer = await signInReviewer(database);
  const rounds = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const measured = await measure(viewer, database, smtpUrl, settings);
    // The first one warms up.
    if (round > 0) rounds.push(measured);
  }
  return {
    measuredOn: new Date().toISOString().slice(0, 10),
    node: process.versions.node,
    postgres: await serverVersion(cluster),
    cpus: os.availableParallelism(),
    rounds: ROUNDS,
    registrations: rounds[0].registrations,
    mails: rounds[0].mails,
    start: compare(rounds, 'start', 'bareStart'),
    step: {
      ...compare(rounds, 'step', 'bareStep'),
      renderingMs: median(rounds.map(({ renderingMs }) => renderingMs)),
      insertsMs: median(rounds.map(({ insertsMs }) => insertsMs)),
    },
    sending: compareRates(rounds),
  };
}

/** One whole campaign: it starts, its ask goes, its mails are sent; and each part once more, bare. */
async function measure(viewer, { superuserUrl, appUrl }, smtpUrl, settings) {
  const year = new Date().getUTCFullYear() + 1;
  const plan = {
    title: '年度確認',
    audience: {
      kind: 'all',
      prefectures: [],
      associations: [],
      types: [],
      freshness: [],
      municipalities: [],
    },
    countsFrom: `${year}-04-01`,
    deadline: `${year}-04-30`,
    steps: [
      {
        template: 'ask',
        recipients: 'primary',
        on: `${year}-04-05`,
        afterDays: null,
        hour: 9,
        opening: null,
      },
      { template: 'reminder', recipients: 'deputy', on: null, afterDays: 5, hour: 9, opening: null },
    ],
  };
  const { id, version, steps } = await app.get(CampaignsService).create(viewer, plan);
  const { ms: start, result: started } = await timed(() =>
    app.get(RunningService).start(viewer, id, version),
  );
  await withConnection(superuserUrl, (client) =>
    client.query(`UPDATE campaign_step SET on_date = current_date - 7, after_days = NULL WHERE id = $1`, [
      steps[0].id,
    ]),
  );
  const rendered = noteRendering();
  const due = app.get(DueStepsService);
  const { ms: step } = await timed(() => app.get(Database).asSystem('bench', (tx) => due.goOn(tx, id)));
  const mails = rendered.stop();
  const renderingMs = bareRendering(mails, settings);
  const insertsMs = await bareInserts({ appUrl, superuserUrl }, id);
  const sendingMs = await sendAll(superuserUrl);
  const bareSendingMs = await bareSending({ appUrl, superuserUrl }, id, smtpUrl);
  const bare = await bareStart({ appUrl, superuserUrl }, id);
  const closing = await app.get(CampaignsService).get(viewer, id);
  await app.get(RunningService).close(viewer, id, closing.version);
  return {
    registrations: started.progress.targets,
    mails: mails.length,
    start,
    bareStart: bare,
    step,
    renderingMs,
    insertsMs,
    bareStep: renderingMs + insertsMs,
    sending: mails.length / sendingMs,
    bareSending: mails.length / bareSendingMs,
  };
}

/** As the worker does it, all its lanes at once. */
async function sendAll() {
  const { ms } = await timed(() => app.get(OutboxWorker).drain());
  return ms / 1000;
}

async function signInReviewer({ superuserUrl }) {
  const accountId = await withConnection(superuserUrl, async (client) => {
    const { rows } = await client.query(`SELECT id FROM account WHERE 'reviewer' = ANY (roles) LIMIT 1`);
    return rows[0].id;
  });
  const { id } = await app
    .get(Database)
    .asSystem('bench', (tx) => app.get(SessionsService).open(tx, { accountId }));
  await withConnection(superuserUrl, (client) =>
    client.query(
      `UPDATE session SET stepped_up_at = now() + interval '1 hour', expires_at = now() + interval '1 day' WHERE id = $1`,
      [id],
    ),
  );
  return { kind: 'session', sessionId: id };
}

async function startSink() {
  const port = await freePort();
  const script = fileURLToPath(new URL('./sink.mjs', import.meta.url));
  sink = spawn(process.execPath, [script, String(port)], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(sink.stdout, 'data');
  return `smtp://127.0.0.1:${port}`;
}

async function timed(work) {
  const before = performance.now();
  const result = await work();
  return { ms: performance.now() - before, result };
}

const median = (numbers) =>
  Math.round(numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] * 100) / 100;

function compare(rounds, ours, bare) {
  const portalMs = median(rounds.map((round) => round[ours]));
  const bareMs = median(rounds.map((round) => round[bare]));
  return { portalMs, bareMs, timesBare: Math.round((portalMs / bareMs) * 100) / 100 };
}

function compareRates(rounds) {
  const perSecond = median(rounds.map(({ sending }) => sending));
  const barePerSecond = median(rounds.map(({ bareSending: bare }) => bare));
  return { perSecond, barePerSecond, ratio: Math.round((perSecond / barePerSecond) * 100) / 100 };
}

try {
  const results = await main();
  writeFileSync(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
  console.log(JSON.stringify(results, null, 2));
} finally {
  await app?.close();
  sink?.kill('SIGTERM');
  await cluster.remove();
}
