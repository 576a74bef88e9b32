/** The servers under test, each a process of its own with its log in a file. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../dist/src/platform/database/postmaster.js';

const MAIN = fileURLToPath(new URL('../dist/src/main.js', import.meta.url));
const RECORD = new URL('./record.mjs', import.meta.url).href;
const FLOOR = fileURLToPath(new URL('./floor.mjs', import.meta.url));

/** Tokens are made for it; the servers listen elsewhere. */
export const PUBLIC_URL = 'https://renkei.example';
const PATIENCE_MS = 60_000;

/**
 * The portal as `npm start` runs it, but for the worker: sending mail is no part of the four operations.
 *
 * @param options `recording`: where to note statements and answers; `profile`: a folder for a CPU profile
 */
export async function startPortal(name, { appUrl }, { folder, keysFile, recording, profile }) {
  const port = await freePort();
  const flags = [
    ...(recording ? ['--import', RECORD] : []),
    ...(profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : []),
  ];
  return start(name, port, [...flags, '--enable-source-maps', MAIN], {
    folder,
    env: {
      PORT: String(port),
      DATABASE_URL: appUrl,
      PUBLIC_URL,
      TRUSTED_PROXIES: '127.0.0.1',
      KEYS_FILE: keysFile,
      SMTP_URL: 'smtp://127.0.0.1:9',
      MAIL_FROM: 'renkei@portal.example',
      WORKER: 'off',
      BENCH_RECORDING: recording,
    },
  });
}

export async function startFloor(name, { appUrl }, { folder, recording }) {
  const port = await freePort();
  return start(name, port, [FLOOR, String(port), appUrl, recording], { folder, env: {} });
}

async function start(name, port, args, { folder, env }) {
  const log = path.join(folder, `${name}.log`);
  const output = openSync(log, 'w');
  const inherited = { PATH: process.env.PATH, NODE_ENV: 'production' };
  const child = spawn(process.execPath, args, {
    env: { ...inherited, ...env },
    stdio: ['ignore', output, output],
  });
  const server = {
    port,
    residentMb: () => residentMb(child.pid),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill();
      await once(child, 'exit');
    },
  };
  try {
    await ready(child, port);
  } catch (error) {
    await server.stop();
    throw new Error(`${name} didn't start:\n${readFileSync(log, 'utf8')}`, { cause: error });
  }
  return server;
}

async function ready(child, port) {
  const deadline = Date.now() + PATIENCE_MS;
  while (child.exitCode === null && Date.now() < deadline) {
    const response = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => null);
    if (response?.ok) return;
    await delay(50);
  }
  throw new Error(child.exitCode === null ? 'no answer in time' : `it ended with code ${child.exitCode}`);
}

/** @returns what the process holds in memory, in MB (2^20 bytes); null where the system doesn't tell */
function residentMb(pid) {
  const { stdout } = spawnSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
  const kilobytes = Number(stdout?.trim() || readProc(pid));
  return kilobytes ? Math.round(kilobytes / 1024) : null;
}

function readProc(pid) {
  try {
    return /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  } catch {
    return undefined;
  }
}
