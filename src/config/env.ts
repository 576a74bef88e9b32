import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Keys, type KeysFile } from './keys.js';

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

/** The folder for the embedded database and what belongs to it. */
export const dataDirFrom = (source: Source = process.env): string =>
  path.resolve(source['DATA_DIR'] ?? 'var');

/** @throws SettingsError when a setting can't be read */
function common(
  source: Source,
): Pick<Settings, 'port' | 'worker' | 'trustedProxies' | 'logLevel' | 'registrationDesk' | 'projectDesk'> {
  const port = Number(source['PORT'] ?? 3000);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new SettingsError('PORT must be a number from 1 to 65535.');
  }
  return {
    port,
    worker: source['WORKER'] !== 'off',
    trustedProxies: (source['TRUSTED_PROXIES'] ?? '')
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
    logLevel: source['LOG_LEVEL'] ?? 'info',
    registrationDesk: {
      name: source['REGISTRATION_DESK_NAME'] ?? DEFAULT_REGISTRATION_DESK,
      phone: source['REGISTRATION_DESK_PHONE'] ?? '03-5210-9080',
    },
    projectDesk: {
      name: source['PROJECT_DESK_NAME'] ?? DEFAULT_PROJECT_DESK,
      phone: source['PROJECT_DESK_PHONE'] ?? '03-5210-9747',
    },
  };
}

/** @throws SettingsError when HOST isn't loopback: the demo's mailbox would be open to the network */
export function demoSettings(databaseUrl: string, source: Source = process.env): Settings {
  const host = source['HOST'] ?? '127.0.0.1';
  if (!['127.0.0.1', '::1', 'localhost'].includes(host)) {
    throw new SettingsError(
      'The demo shows every mail to whoever reaches it, so HOST can only be 127.0.0.1.',
    );
  }
  const shared = common(source);
  return {
    ...shared,
    mode: 'demo',
    host,
    publicUrl: `http://${host.includes(':') ? `[${host}]` : host}:${shared.port}`,
    databaseUrl,
    smtpUrl: null,
    mailFrom: 'renkei@portal.example',
  };
}

/** @throws SettingsError naming the first setting that is missing or unsafe */
export function productionSettings(databaseUrl: string, source: Source = process.env): Settings {
  return {
    ...common(source),
    mode: 'production',
    host: source['HOST'] ?? '127.0.0.1',
    publicUrl: readPublicUrl(source),
    databaseUrl,
    smtpUrl: readSmtpUrl(source),
    mailFrom: required(source, 'MAIL_FROM', 'the address that mails come from, such as renkei@example.jp'),
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
  if (!URL.canParse(value) || !/^smtps?:$/.test(new URL(value).protocol)) {
    throw new SettingsError('SMTP_URL must begin with smtp:// or smtps://.');
  }
  return value;
}

function required(source: Source, name: string, meaning: string): string {
  const value = source[name];
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
  try {
    return Keys.from(JSON.parse(readFileSync(file, 'utf8')) as KeysFile, audience);
  } catch (error) {
    throw new SettingsError(`${file} can't be used as a keys file: ${(error as Error).message}.`);
  }
}

/** Connection string of a database that somebody else runs; null: the embedded one is used. */
export const externalDatabaseUrl = (source: Source = process.env): string | null =>
  source['DATABASE_URL'] || null;

/** Connection string of its owner, which only migrating takes. @throws SettingsError when it isn't set */
export const ownerDatabaseUrl = (source: Source = process.env): string =>
  required(source, 'DATABASE_OWNER_URL', 'the connection of renkei_owner');
