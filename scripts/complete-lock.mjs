/**
 * Completes package-lock.json after a change of the dependencies: npm run lock:fix
 *
 * Tools such as oxlint publish one optional package per platform. Where a registry (a company's mirror, say)
 * doesn't serve those of foreign platforms, `npm install` leaves them out of the lock file without a word,
 * and `npm ci` then refuses the lock file everywhere ("Missing: ... from lock file"). This adds an entry for each,
 * with what its name tells about the platform; npm fetches it only on that platform.
 *
 * Also drops the addresses that packages came from, so that npm asks whichever registry it is set up for.
 * Running it twice changes nothing.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const SYSTEMS = 'aix android darwin freebsd linux netbsd openbsd openharmony sunos win32'.split(' ');
const PROCESSORS = 'arm arm64 ia32 loong64 mips64el ppc64 riscv64 s390x wasm32 x64'.split(' ');

const file = process.argv[2] ?? 'package-lock.json';
const before = readFileSync(file, 'utf8');
const lock = JSON.parse(before);

const { added, unknown } = addMissingPackages(lock.packages);
dropAddresses(lock.packages);
lock.packages = sortByPath(lock.packages);

const after = JSON.stringify(lock, null, 2) + '\n';
if (after !== before) writeFileSync(file, after);
const outcome = after === before ? 'unchanged' : 'written';
process.stdout.write(`${file}: ${added.length} platform packages added, ${outcome}\n`);
if (unknown.length > 0) {
  process.stderr.write(`Missing, but not named after a platform, so look into them: ${unknown.join(', ')}\n`);
  process.exitCode = 1;
}

function addMissingPackages(packages) {
  const added = [];
  const unknown = [];
  for (const [location, dependent] of Object.entries(packages)) {
    for (const [name, range] of Object.entries(dependent.optionalDependencies ?? {})) {
      if (isLocked(packages, location, name)) continue;
      const platform = platformOf(name);
      if (!platform) {
        unknown.push(`${name} (of ${location})`);
        continue;
      }
      packages[`node_modules/${name}`] = entryFor(dependent, range, platform);
      added.push(name);
    }
  }
  return { added, unknown };
}

/** Looks where Node would: beside the dependent's own packages, then in every folder above. */
function isLocked(packages, location, name) {
  for (let folder = location; ; folder = parentOf(folder)) {
    if (packages[folder ? `${folder}/node_modules/${name}` : `node_modules/${name}`]) return true;
    if (folder === '') return false;
  }
}

function parentOf(location) {
  const end = location.lastIndexOf('/node_modules/');
  return end < 0 ? '' : location.slice(0, end);
}

/** @returns e.g. for @oxlint/binding-linux-x64-musl: { os: ['linux'], cpu: ['x64'], libc: ['musl'] } */
function platformOf(name) {
  const words = name.split(/[^a-z0-9]+/);
  const os = SYSTEMS.filter((system) => words.includes(system));
  const cpu = PROCESSORS.filter((processor) => words.includes(processor));
  const libc = os.includes('linux') ? words.flatMap(libraryOf) : [];
  return os.length + cpu.length > 0 ? { os, cpu, libc } : undefined;
}

/** Understands gnu, gnueabihf, musl, musleabihf, ... */
function libraryOf(word) {
  if (word.startsWith('gnu')) return ['glibc'];
  return word.startsWith('musl') ? ['musl'] : [];
}

/** These packages are always required in the exact version of their dependent. */
function entryFor(dependent, range, { os, cpu, libc }) {
  return {
    version: range.replace(/^[~^]/, ''),
    ...(cpu.length > 0 && { cpu }),
    ...(dependent.dev && { dev: true }),
    ...(dependent.devOptional && { devOptional: true }),
    ...(libc.length > 0 && { libc }),
    ...(dependent.license && { license: dependent.license }),
    optional: true,
    ...(os.length > 0 && { os }),
  };
}

function dropAddresses(packages) {
  for (const entry of Object.values(packages)) {
    if (/^https?:/.test(entry.resolved ?? '')) delete entry.resolved;
  }
}

function sortByPath(packages) {
  return Object.fromEntries(Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en')));
}
