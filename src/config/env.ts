import { existsSync, readFileSync, statSync } from 'node:fs';
import { isIP } from 'node:net';
import path from 'node:path';
import { isEmail } from 'class-validator';
import { Keys, KeysError } from './keys.js';

/** A desk of the project's staff, as mails and pages name it. */
export interface Desk {
  readonly name: string;
  readonly phone: string;
}

/** Everything that differs between one installation and another. Made once, at start. */
export abstract class Settings {
  /** `demo` shows mails in a page of its own and binds to loopback only. */
  abstract readonly mode: 'demo' | 'production';
  abstract readonly host: string;
  abstract readonly port: number;
  /** Where people reach the portal, without a final slash. */
  abstract readonly publicUrl: string;
  /** Connection string of the application's role. */
  abstract readonly databaseUrl: string;
  /** Whether this process also sends mail. */
  abstract readonly worker: boolean;
  /** null: nothing leaves the machine (demo). */
  abstract readonly smtpUrl: string | null;
  abstract readonly mailFrom: string;
  /** Addresses or networks whose `X-Forwarded-For` is believed. */
  abstract readonly trustedProxies: readonly string[];
  /** How much is logged: `info` has a line per request. */
  abstract readonly logLevel: string;
  abstract readonly registrationDesk: Desk;
  abstract readonly projectDesk: Desk;
}

/** A setting is missing or unsafe. The message is one sentence that says what to set. */
export class SettingsError extends Error {}

const DEFAULT_REGISTRATION_DESK = '公益財団法人特別区協議会　事業部事業推進課';
const DEFAULT_PROJECT_DESK = '特別区長会事務局　調査第1課　全国連携プロジェクト担当';

type Source = Readonly<Record<string, string | undefined>>;

/** A setting that is empty is one that is left out. */
const textOr = (source: Source, name: string, fallback: string): string => source[name]?.trim() || fallback;

/** The folder for the embedded database and what belongs to it. */
export const dataDirFrom = (source: Source = process.env): string =>
  path.resolve(textOr(source, 'DATA_DIR', 'var'));

const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'];

/** @throws SettingsError when a setting can't be read */
function common(
  source: Source,
): Pick<Settings, 'port' | 'worker' | 'trustedProxies' | 'logLevel' | 'registrationDesk' | 'projectDesk'> {
  return {
    port: readPort(source),
    worker: oneOf(source, 'WORKER', ['on', 'off'], 'on') === 'on',
    trustedProxies: readTrustedProxies(source),
    logLevel: oneOf(source, 'LOG_LEVEL', LOG_LEVELS, 'info'),
    registrationDesk: {
      name: textOr(source, 'REGISTRATION_DESK_NAME', DEFAULT_REGISTRATION_DESK),
      phone: textOr(source, 'REGISTRATION_DESK_PHONE', '03-5210-9080'),
    },
    projectDesk: {
      name: textOr(source, 'PROJECT_DESK_NAME', DEFAULT_PROJECT_DESK),
      phone: textOr(source, 'PROJECT_DESK_PHONE', '03-5210-9747'),
    },
  };
}

function readPort(source: Source): number {
  const port = Number(source['PORT'] ?? 3000);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new SettingsError('PORT must be a number from 1 to 65535.');
}

function oneOf(source: Source, name: string, values: readonly string[], fallback: string): string {
  const value = textOr(source, name, fallback);
  if (values.includes(value)) return value;
  throw new SettingsError(`${name} must be one of: ${values.join(', ')}.`);
}

function readTrustedProxies(source: Source): string[] {
  const proxies = textOr(source, 'TRUSTED_PROXIES', '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
  for (const proxy of proxies) {
    const [address = '', bits = '0'] = proxy.split('/');
    const most = { 4: 32, 6: 128 }[isIP(address)] ?? -1;
    if (/\/0*[0-7]$/.test(proxy)) {
      throw new SettingsError(
        'TRUSTED_PROXIES must not hold half the world (/0 to /7): anybody could then name any address as their own.',
      );
    }
    if (!/^\d+$/.test(bits) || Number(bits) > most) {
      throw new SettingsError(
        'TRUSTED_PROXIES must hold IP addresses or networks, with commas between them, such as 10.0.0.0/8.',
      );
    }
  }
  return proxies;
}

/** @throws SettingsError when HOST isn't loopback: the demo's mailbox would be open to the network */
export function demoSettings(databaseUrl: string, source: Source = process.env): Settings {
  const host = textOr(source, 'HOST', '127.0.0.1');
  if (!['127.0.0.1', '::1', 'localhost'].includes(host)) {
    throw new SettingsError(
      'The demo shows every mail to whoever reaches it, so HOST can only be 127.0.0.1.',
    );
  }
  const shared = common(source);
  return {
    ...shared,
    mode: 'demo',
    // A line per request would scroll the accounts away.
    logLevel: source['LOG_LEVEL'] ? shared.logLevel : 'warn',
    // Only this machine reaches it, so whoever acts out several people may give each an address.
    trustedProxies: ['127.0.0.1', '::1'],
    host,
    // While the page is worked on, another server on this machine sends it; sessions are for that address.
    publicUrl: readDemoPage(source) ?? `http://${host.includes(':') ? `[${host}]` : host}:${shared.port}`,
    databaseUrl,
    smtpUrl: null,
    mailFrom: 'renkei@portal.example',
  };
}

/** @throws SettingsError unless it is on loopback */
function readDemoPage(source: Source): string | null {
  const page = textOr(source, 'DEMO_PAGE', '');
  if (page === '') return null;
  if (/^http:\/\/(?:127\.0\.0\.1|localhost):\d{1,5}$/.test(page)) return page;
  throw new SettingsError('DEMO_PAGE can only be on this machine, such as http://127.0.0.1:5173.');
}

/** @throws SettingsError naming the first setting that is missing or unsafe */
export function productionSettings(databaseUrl: string, source: Source = process.env): Settings {
  const shared = common(source);
  const publicUrl = readPublicUrl(source);
  if (publicUrl.startsWith('https:') && shared.trustedProxies.length === 0) {
    throw new SettingsError(
      'TRUSTED_PROXIES is not set: it must hold where the reverse proxy sends from, such as 127.0.0.1; without it ' +
        'everybody counts as one caller, and anybody uses up the tries of all.',
    );
  }
  return {
    ...shared,
    mode: 'production',
    host: textOr(source, 'HOST', '127.0.0.1'),
    publicUrl,
    databaseUrl,
    smtpUrl: readSmtpUrl(source),
    mailFrom: readMailFrom(source),
  };
}

function readPublicUrl(source: Source): string {
  const value = required(
    source,
    'PUBLIC_URL',
    'the address at which people reach the portal, such as https://renkei.example.jp',
  );
  const url = URL.canParse(value) ? new URL(value) : null;
  const loopback = url !== null && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  if (!url || (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback))) {
    throw new SettingsError('PUBLIC_URL must begin with https:// (http:// only on this machine itself).');
  }
  return url.origin;
}

function readSmtpUrl(source: Source): string {
  const value = required(
    source,
    'SMTP_URL',
    'the mail server, such as smtp://user:password@mail.example.jp:587',
  );
  if (!/^smtps?:\/\/./.test(value) || !URL.canParse(value) || new URL(value).hostname === '') {
    throw new SettingsError('SMTP_URL must begin with smtp:// or smtps:// and name a server.');
  }
  return value;
}

function readMailFrom(source: Source): string {
  const value = required(source, 'MAIL_FROM', 'the address that mails come from, such as renkei@example.jp');
  if (!isEmail(value)) {
    throw new SettingsError('MAIL_FROM must be one e-mail address alone, such as renkei@example.jp.');
  }
  return value;
}

function required(source: Source, name: string, meaning: string): string {
  const value = source[name]?.trim();
  if (!value) throw new SettingsError(`${name} is not set: it must hold ${meaning}.`);
  return value;
}

/** @throws SettingsError when `KEYS_FILE` is missing, unreadable or weak */
export function productionKeys(audience: string, source: Source = process.env): Keys {
  const file = required(
    source,
    'KEYS_FILE',
    'the path of the keys file; make one with: npm run cli -- create-keys <path>',
  );
  return readKeys(file, audience);
}

/** @throws SettingsError when the file can't be read or its keys are weak */
export function readKeys(file: string, audience: string): Keys {
  if (!existsSync(file)) {
    throw new SettingsError(
      `KEYS_FILE names ${file}, which doesn't exist; make it with: npm run cli -- create-keys ${file}`,
    );
  }
  if (isReadByOthers(file)) {
    throw new SettingsError(
      `KEYS_FILE names ${file}, which other users of this machine can read: make it yours alone with chmod 600 ${file}`,
    );
  }
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const denied = (error as { code?: string }).code === 'EACCES';
    throw unusableKeys(file, denied ? "the portal's user may not read it" : "it can't be read as JSON");
  }
  try {
    return Keys.from(content, audience);
  } catch (error) {
    throw unusableKeys(file, error instanceof KeysError ? error.message : 'its keys could not be read');
  }
}

/** Windows has no such bits, and says so with others. */
const isReadByOthers = (file: string): boolean =>
  process.platform !== 'win32' && (statSync(file).mode & 0o004) !== 0;

/** What is wrong is said without a word of what stands in the file: part of it may be a secret. */
function unusableKeys(file: string, reason: string): SettingsError {
  return new SettingsError(`${file} can't be used as KEYS_FILE: ${reason}.`);
}

/**
 * Connection string of a database that somebody else runs; null: the embedded one is used.
 *
 * @throws SettingsError where it leads to another machine without a word on TLS
 */
export const externalDatabaseUrl = (source: Source = process.env): string | null =>
  source['DATABASE_URL'] ? withTls('DATABASE_URL', source['DATABASE_URL']) : null;

/** A name without a dot is a neighbour on a network of containers. */
function withTls(name: string, value: string): string {
  const url = URL.canParse(value) ? new URL(value) : null;
  const elsewhere = url !== null && /[.:]/.test(url.hostname) && !/^(127\.|\[::1\])/.test(url.hostname);
  if (elsewhere && !url.searchParams.has('sslmode')) {
    throw new SettingsError(
      `${name} leads to another machine: add ?sslmode=verify-full to it (or ?sslmode=disable, if nobody else can ` +
        'reach that wire).',
    );
  }
  return value;
}

/** Connection string of its owner, which only migrating takes. @throws SettingsError when it isn't set */
export const ownerDatabaseUrl = (source: Source = process.env): string =>
  withTls('DATABASE_OWNER_URL', required(source, 'DATABASE_OWNER_URL', 'the connection of renkei_owner'));

/** The environment for a program that the portal starts, without the variables that begin so. */
export const environmentWithout = (prefix: string): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith(prefix)));
