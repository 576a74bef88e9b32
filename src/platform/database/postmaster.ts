import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { processExists } from './postgres-data-folder.js';
import type { RunProgram } from './postgres-programs.js';
import { errorCode } from './system-error.js';

/** What a running server says about itself in postmaster.pid. */
export interface Postmaster {
  pid: number;
  port: number;
}

/** A start that failed for a reason that passes by itself. */
export class PassingStartFailure extends Error {}

/** Another starter, or a server on its way out. */
const SOMEBODY_ELSE = /postmaster\.pid" (already exists|is empty)|PID file|pre-existing shared memory/;
/** The port was free when it was chosen. */
const PORT_TAKEN = /Address already in use|could not bind/;
/** Up, then used and left by another portal before pg_ctl, which looks ten times a second, saw it. */
const STOPPED_AGAIN = /received (fast|smart) shutdown request/;
const WRITING_GRACE_MS = 10_000;

/**
 * Reads which server runs on the data folder.
 *
 * A postmaster.pid that a crash of the machine left is removed when its process id belongs to another program
 * by now: PostgreSQL itself, knowing no better, would then refuse to start.
 *
 * @returns undefined when there is none; 'unready' while one is coming up
 */
export function findPostmaster(data: string): Postmaster | 'unready' | undefined {
  const file = path.join(data, 'postmaster.pid');
  const lines = readLines(file);
  if (!lines) return undefined;
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  if (!pid) return isBeingWritten(file) ? 'unready' : forget(file, lines);
  if (!isPostmasterOf(data, pid)) return processExists(pid) ? forget(file, lines) : undefined;
  return port ? { pid, port } : 'unready';
}

function readLines(file: string): string[] | undefined {
  try {
    return fs.readFileSync(file, 'utf8').split('\n');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function isBeingWritten(file: string): boolean {
  const changed = fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return Date.now() - changed < WRITING_GRACE_MS;
}

/**
 * Removes the file unless another starter has replaced it in between. Should even this check come too late,
 * PostgreSQL's lock on the shared memory of the data folder still keeps a second server out.
 */
function forget(file: string, lines: string[]): undefined {
  if (readLines(file)?.join('\n') === lines.join('\n')) fs.rmSync(file, { force: true });
}

/** Whether the process is a server working on this folder, and not a later program with the same id. */
function isPostmasterOf(data: string, pid: number): boolean {
  if (!processExists(pid)) return false;
  if (process.platform === 'linux') return worksIn(data, pid);
  if (process.platform === 'win32')
    return describe('tasklist', '/NH', '/FI', `PID eq ${pid}`).includes('postgres.exe');
  return describe('ps', '-o', 'command=', '-p', String(pid)).includes(data);
}

/** A server's working folder is its data folder. */
function worksIn(data: string, pid: number): boolean {
  try {
    return fs.readlinkSync(`/proc/${pid}/cwd`) === fs.realpathSync(data);
  } catch (error) {
    // Another user's process, at which we may not look, or one that has ended and whose parent hasn't noticed
    // (in a container often for ever). Without any entry in /proc nothing can be told: rather believe the file.
    return errorCode(error) !== 'EACCES' && !fs.existsSync(`/proc/${pid}`);
  }
}

function describe(command: string, ...args: string[]): string {
  return spawnSync(command, args, { encoding: 'utf8', windowsHide: true }).stdout ?? '';
}

/**
 * Starts a server on the data folder and waits until it answers.
 *
 * @throws PassingStartFailure when it is worth trying again, Error with the log's last lines otherwise
 */
export async function startPostmaster(
  run: RunProgram,
  data: string,
  log: string,
  port: number,
): Promise<void> {
  const before = fs.statSync(log, { throwIfNoEntry: false })?.size ?? 0;
  try {
    await run('pg_ctl', ['start', '-D', data, '-w', '-t', '60', '-l', log, '-o', `-p ${port}`]);
  } catch (cause) {
    const said = `${String(cause)}\n${readFrom(log, before)}`;
    if (isPassing(said)) throw new PassingStartFailure(said, { cause });
    throw new Error(`The embedded PostgreSQL did not start (log: ${log}).\n${said.trim()}`, { cause });
  }
}

function isPassing(said: string): boolean {
  return [SOMEBODY_ELSE, PORT_TAKEN, STOPPED_AGAIN].some((reason) => reason.test(said));
}

function readFrom(file: string, start: number): string {
  if (!fs.existsSync(file)) return '';
  return fs.readFileSync(file).subarray(start).toString().split('\n').slice(-20).join('\n');
}

/** Ends the server; open connections are cut, transactions under way rolled back. */
export async function stopPostmaster(
  run: RunProgram,
  data: string,
  mode: 'fast' | 'immediate',
): Promise<void> {
  await run('pg_ctl', ['stop', '-D', data, '-w', '-t', '60', '-m', mode]);
}

/** A port that is free at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (typeof address === 'object' && address) server.close(() => resolve(address.port));
      else reject(new Error('The system gave no port on 127.0.0.1.'));
    });
  });
}
