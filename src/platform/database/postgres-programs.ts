import { environmentWithout } from '../../config/env.js';
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type { PostgresBinaries } from './postgres-binaries.js';

/** Runs one of the PostgreSQL programs to its end; rejects with what it wrote to standard error. */
export type RunProgram = (program: 'initdb' | 'pg_ctl', args: string[]) => Promise<void>;

interface SystemUser {
  uid: number;
  gid: number;
}

/** How to start a program as the server's user: a command put before it, or the spawn options. */
interface Disguise {
  prefix: string[];
  options: Partial<SystemUser>;
}

/**
 * Prepares `folder` (which holds, or will hold, the data folder) for the server's user and returns the way to
 * run programs as that user.
 *
 * PostgreSQL refuses to run as root. A portal started by root therefore runs it as the user who owns the
 * folder already, else as `postgres` or `nobody`, to whom the folder is then given.
 *
 * @throws Error when root has no user at hand who can reach both the programs and the folder
 */
export function programsFor(binaries: PostgresBinaries, folder: string): RunProgram {
  const disguise = disguiseFor(binaries, folder);
  return (program, args) => {
    const command = [...disguise.prefix, path.join(binaries.bin, program), ...args];
    return runToEnd(command, disguise.options, folder);
  };
}

function disguiseFor(binaries: PostgresBinaries, folder: string): Disguise {
  if (process.getuid?.() !== 0) return { prefix: [], options: {} };
  const user = handOver(folder);
  const needed = [path.join(binaries.bin, 'postgres'), folder];
  const plain: Disguise = { prefix: [], options: user };
  if (canReach(plain, needed)) return plain;
  const capable: Disguise = { prefix: asUserPastPermissions(user), options: {} };
  if (canReach(capable, needed)) return capable;
  throw new Error(
    `PostgreSQL refuses to run as root, and the system user ${user.uid} it would run as cannot enter ` +
      `${binaries.bin} or ${path.dirname(folder)}: start the portal as an ordinary user, or move it and its ` +
      'DATA_DIR out of folders that only root may enter.',
  );
}

/** Gives the folder to the server's user unless it belongs to an ordinary user already. */
function handOver(folder: string): SystemUser {
  const data = path.join(folder, 'data');
  const { uid, gid } = fs.statSync(fs.existsSync(data) ? data : folder);
  if (uid !== 0) return { uid, gid };
  const user = unprivilegedUser();
  const { status } = spawnSync('chown', ['-R', `${user.uid}:${user.gid}`, folder], { stdio: 'ignore' });
  if (status !== 0) throw new Error(`Could not give ${folder} to the system user ${user.uid}.`);
  return user;
}

function unprivilegedUser(): SystemUser {
  for (const name of ['postgres', 'nobody']) {
    const uid = spawnSync('id', ['-u', name], { encoding: 'utf8' });
    const gid = spawnSync('id', ['-g', name], { encoding: 'utf8' });
    if (uid.status === 0 && gid.status === 0) return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  }
  throw new Error(
    'PostgreSQL refuses to run as root, and there is neither a user postgres nor a user nobody: ' +
      'start the portal as an ordinary user.',
  );
}

/**
 * A server's user cannot enter, say, /root. setpriv (util-linux) lets it keep the one capability that gets it
 * past file permissions. `no_setuid_fixup` is needed as PostgreSQL asks access(2) about its own programs, which
 * leaves capabilities out of account otherwise.
 */
function asUserPastPermissions({ uid, gid }: SystemUser): string[] {
  const capability = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override'];
  const identity = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--securebits=+no_setuid_fixup'];
  return ['setpriv', ...identity, ...capability, '--'];
}

/** Asks as that very user, as mode bits alone don't know about access lists, mounts and capabilities. */
function canReach(disguise: Disguise, files: string[]): boolean {
  const script = 'for file; do test -x "$file" || exit 1; done';
  const [command = 'sh', ...args] = [...disguise.prefix, 'sh', '-c', script, 'sh', ...files];
  return spawnSync(command, args, { ...disguise.options, cwd: '/', stdio: 'ignore' }).status === 0;
}

function runToEnd(command: string[], options: Partial<SystemUser>, folder: string): Promise<void> {
  const [program = '', ...args] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...options,
      // Not the portal's own folder: the server's user may have no access to it.
      cwd: path.parse(folder).root,
      env: programEnvironment(),
      // On Windows a server started by pg_ctl would inherit the pipe and keep it open for ever.
      stdio: ['ignore', 'ignore', process.platform === 'win32' ? 'ignore' : 'pipe'],
      windowsHide: true,
    });
    let complaint = '';
    child.stderr?.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(complaint.trim() || `${program} ended with code ${code}`));
    });
  });
}

/** The caller's PG* variables must not bend an embedded server; English messages, as some are recognised. */
function programEnvironment(): NodeJS.ProcessEnv {
  return { ...environmentWithout('PG'), LC_ALL: 'C', TZ: 'UTC' };
}
