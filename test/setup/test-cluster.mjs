/** Makes and removes the throwaway PostgreSQL of one test run, with the launcher's own parts. */
import {
  accessSync,
  constants,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statfsSync,
  statSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findPostgresBinaries } from '../../dist/src/platform/database/postgres-binaries.js';
import { initdbArguments, processExists } from '../../dist/src/platform/database/postgres-data-folder.js';
import { programsFor } from '../../dist/src/platform/database/postgres-programs.js';
import {
  findPostmaster,
  freePort,
  startPostmaster,
  stopPostmaster,
} from '../../dist/src/platform/database/postmaster.js';

const NAME = /^renkei-test-(\d+)-/;
const DAY_MS = 24 * 60 * 60 * 1000;
const NEEDED_BYTES = 1024 ** 3;

/** Nothing in it outlives the run, so all that makes PostgreSQL survive a power cut is switched off. */
const SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  max_connections: '300',
};

/** @returns {Promise<{ adminUrl: string, remove(): Promise<void> }>} */
export async function startTestCluster() {
  const parent = fastestFolder();
  await removeStaleClusters(parent);
  const folder = mkdtempSync(path.join(parent, `renkei-test-${process.pid}-`));
  try {
    const port = await startServer(folder);
    return {
      adminUrl: `postgres://postgres@127.0.0.1:${port}/postgres`,
      remove: () => removeCluster(folder),
    };
  } catch (error) {
    await removeCluster(folder);
    throw error;
  }
}

async function startServer(folder) {
  const run = programsFor(findPostgresBinaries(), folder);
  const data = path.join(folder, 'data');
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['--set', `${name}=${value}`]);
  await run('initdb', [...initdbArguments(data), '-A', 'trust', '--no-sync', ...settings]);
  const port = await freePort();
  await startPostmaster(run, data, path.join(folder, 'postgres.log'), port);
  return port;
}

/** The RAM disk, unless it is missing, closed to us or as small as Docker makes it. */
export function fastestFolder() {
  try {
    accessSync('/dev/shm', constants.W_OK);
    const { bavail, bsize } = statfsSync('/dev/shm');
    return bavail * bsize >= NEEDED_BYTES ? '/dev/shm' : os.tmpdir();
  } catch {
    return os.tmpdir();
  }
}

/** A run that is killed leaves its server behind, which knows nothing of it and stays up. */
async function removeStaleClusters(parent) {
  for (const name of readdirSync(parent)) {
    const run = NAME.exec(name)?.[1];
    const folder = path.join(parent, name);
    if (run && isStale(folder, Number(run))) {
      await removeCluster(folder).catch((error) => console.warn(`Could not remove ${folder}: ${error}`));
    }
  }
}

function isStale(folder, run) {
  const made = statSync(folder, { throwIfNoEntry: false })?.birthtimeMs;
  return made !== undefined && (!processExists(run) || Date.now() - made > DAY_MS);
}

async function removeCluster(folder) {
  const data = path.join(folder, 'data');
  if (existsSync(data) && findPostmaster(data)) {
    await stopPostmaster(programsFor(findPostgresBinaries(), folder), data, 'immediate');
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}
