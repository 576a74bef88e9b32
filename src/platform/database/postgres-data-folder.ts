import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { PostgresBinaries } from './postgres-binaries.js';
import { programsFor } from './postgres-programs.js';
import { errorCode } from './system-error.js';

/** Passwords of the superuser and the two roles of the portal; they belong to one data folder. */
export interface Secrets {
  superuser: string;
  owner: string;
  application: string;
}

/** What the launcher keeps in one folder, which comes into being as a whole. */
export interface PostgresFolder {
  path: string;
  data: string;
  log: string;
  secrets: Secrets;
}

const SUPERUSER = 'postgres';
const DRAFT_GRACE_MS = 10 * 60 * 1000;

/** Drafts that this very process is filling; any other draft with its process id is a remnant. */
const draftsUnderWay = new Set<string>();

/**
 * Opens the folder with the data and its secrets, making it first where there is none.
 *
 * @throws Error when it belongs to another major version, or is no such folder
 */
export async function openPostgresFolder(
  folder: string,
  binaries: PostgresBinaries,
): Promise<PostgresFolder> {
  removeRemnants(folder);
  if (!holdsData(folder)) await createFolder(folder, binaries);
  requireSameMajor(folder, binaries.major);
  closeToOthers(folder);
  return {
    path: folder,
    data: path.join(folder, 'data'),
    log: path.join(folder, 'postgres.log'),
    secrets: readSecrets(folder),
  };
}

/** Arguments of initdb that make every data folder alike: this portal's, the tests' and, by hand, Docker's. */
export function initdbArguments(data: string): string[] {
  const identity = ['-D', data, '-U', SUPERUSER, '-E', 'UTF8', '--no-instructions'];
  const listening = ['--set', 'listen_addresses=127.0.0.1'];
  // No socket file: its path may be too long or not writable, and one way in is enough.
  if (process.platform !== 'win32') listening.push('--set', 'unix_socket_directories=');
  return [...identity, '--locale=C', `--lc-ctype=${characterType()}`, ...listening, '--set', 'timezone=UTC'];
}

/** Sorting is by code point everywhere; with a plain C character type pg_trgm would be blind to Japanese. */
function characterType(): string {
  if (process.platform === 'linux') return 'C.UTF-8';
  return process.platform === 'darwin' ? 'en_US.UTF-8' : 'C';
}

/**
 * Fills a draft beside the folder and renames it, so that a folder is either whole or not there, and of two
 * simultaneous first starts one wins whole, its passwords included.
 */
async function createFolder(folder: string, binaries: PostgresBinaries): Promise<void> {
  if (fs.existsSync(folder) && fs.readdirSync(folder).length > 0) {
    throw new Error(
      `The folder ${folder} is neither empty nor a database of the portal (it has no data/PG_VERSION): ` +
        'move it away, or point DATA_DIR at another folder.',
    );
  }
  const draft = `${folder}.new-${process.pid}-${randomBytes(4).toString('hex')}`;
  draftsUnderWay.add(draft);
  try {
    await fillDraft(draft, binaries);
    publish(draft, folder);
  } finally {
    fs.rmSync(draft, { recursive: true, force: true });
    draftsUnderWay.delete(draft);
  }
}

async function fillDraft(draft: string, binaries: PostgresBinaries): Promise<void> {
  fs.mkdirSync(draft, { recursive: true, mode: 0o700 });
  const secrets: Secrets = { superuser: password(), owner: password(), application: password() };
  const passwordFile = path.join(draft, 'password');
  writePrivately(path.join(draft, 'secrets.json'), JSON.stringify(secrets, null, 2) + '\n');
  writePrivately(passwordFile, secrets.superuser + '\n');
  const run = programsFor(binaries, draft);
  const data = path.join(draft, 'data');
  await run('initdb', [...initdbArguments(data), '-A', 'scram-sha-256', `--pwfile=${passwordFile}`]);
  fs.rmSync(passwordFile);
}

function publish(draft: string, folder: string): void {
  try {
    fs.renameSync(draft, folder);
  } catch (error) {
    // Another portal was first: its folder is as good as ours.
    if (!holdsData(folder)) throw error;
  }
}

/** Drops what a first start that was killed left behind. */
function removeRemnants(folder: string): void {
  const parent = path.dirname(folder);
  if (!fs.existsSync(parent)) return;
  for (const name of fs.readdirSync(parent)) {
    const draft = path.join(parent, name);
    const maker = /\.new-(\d+)-[0-9a-f]{8}$/.exec(name)?.[1];
    if (maker && draft.startsWith(`${folder}.new-`) && isRemnant(draft, Number(maker))) {
      // The killed one's initdb may still be writing for a moment, hence the patience.
      fs.rmSync(draft, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    }
  }
}

function isRemnant(draft: string, maker: number): boolean {
  if (draftsUnderWay.has(draft)) return false;
  if (maker === process.pid || !processExists(maker)) return true;
  // Either its maker is still at it, or the process id has been given to somebody else since.
  const changed = fs.statSync(draft, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return Date.now() - changed > DRAFT_GRACE_MS;
}

/** Whether some process has this id, whosever it is. */
export function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

function holdsData(folder: string): boolean {
  return fs.existsSync(path.join(folder, 'data', 'PG_VERSION'));
}

function requireSameMajor(folder: string, major: number): void {
  const data = path.join(folder, 'data');
  const found = fs.readFileSync(path.join(data, 'PG_VERSION'), 'utf8').trim();
  if (found === String(major)) return;
  throw new Error(
    `The data folder ${data} was made by PostgreSQL ${found}, but this portal brings PostgreSQL ${major}: ` +
      `dump it with PostgreSQL ${found} and restore the dump into a new folder, or point DATA_DIR elsewhere.`,
  );
}

function readSecrets(folder: string): Secrets {
  const file = path.join(folder, 'secrets.json');
  try {
    const secrets: Secrets = JSON.parse(fs.readFileSync(file, 'utf8'));
    return secrets;
  } catch (cause) {
    throw new Error(
      `The database passwords in ${file} cannot be read: start the portal as the user who started it first, ` +
        'or restore the file from the same backup as the data.',
      { cause },
    );
  }
}

/** A copy of a folder, such as a restored backup, may be open to everybody; PostgreSQL refuses to use it then. */
function closeToOthers(folder: string): void {
  if (process.platform === 'win32') return;
  for (const name of ['.', 'data', 'secrets.json']) {
    const file = path.join(folder, name);
    const mode = fs.statSync(file, { throwIfNoEntry: false })?.mode ?? 0;
    if (mode & 0o077) fs.chmodSync(file, mode & 0o700);
  }
}

function password(): string {
  return randomBytes(24).toString('base64url');
}

/** Flushed, as a data folder that outlives its passwords in a power cut could never be opened again. */
function writePrivately(file: string, content: string): void {
  fs.writeFileSync(file, content, { mode: 0o600, flush: true });
}
