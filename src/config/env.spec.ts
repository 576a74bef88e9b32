import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  dataDirFrom,
  demoSettings,
  externalDatabaseUrl,
  ownerDatabaseUrl,
  productionKeys,
  productionSettings,
  SettingsError,
} from './env.js';
import { generateKeysFile } from './keys.js';

const DATABASE = 'postgres://app@127.0.0.1/renkei';
type Source = Record<string, string | undefined>;

const COMPLETE: Source = {
  PUBLIC_URL: 'https://renkei.example.jp',
  SMTP_URL: 'smtp://user:secret@mail.example.jp:587',
  MAIL_FROM: 'renkei@example.jp',
  TRUSTED_PROXIES: '127.0.0.1',
};
const production = (source: Source = {}) => productionSettings(DATABASE, { ...COMPLETE, ...source });
const demo = (source: Source = {}) => demoSettings(DATABASE, source);

/** What the person who starts the portal is told; empty when it starts. */
function refusalOf(start: () => unknown): string {
  try {
    start();
    return '';
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
}

/** One sentence that names what to set. */
const sentenceOn = (setting: string): RegExp => new RegExp(`^[^\\n]*${setting}[^\\n]*$`);

describe('the demo', () => {
  it('needs no setting', () => {
    expect(demo()).toMatchObject({
      mode: 'demo',
      host: '127.0.0.1',
      port: 3000,
      publicUrl: 'http://127.0.0.1:3000',
      smtpUrl: null,
      worker: true,
      trustedProxies: ['127.0.0.1', '::1'],
    });
  });

  it.each([
    ['127.0.0.1', 'http://127.0.0.1:8080'],
    ['localhost', 'http://localhost:8080'],
    ['::1', 'http://[::1]:8080'],
  ])('may stand on %s', (HOST, publicUrl) => {
    expect(demo({ HOST, PORT: '8080' }).publicUrl).toBe(publicUrl);
  });

  it.each(['0.0.0.0', '::', '192.168.1.10', 'renkei.example.jp', '127.0.0.1.example.jp', '*'])(
    'refuses to stand on %s, where others reach it',
    (HOST) => {
      expect(refusalOf(() => demo({ HOST }))).toMatch(sentenceOn('HOST'));
    },
  );

  it('mails nothing, whatever SMTP_URL says', () => {
    expect(demo(COMPLETE).smtpUrl).toBeNull();
  });
});

describe('production', () => {
  it('reads a complete set', () => {
    expect(production()).toMatchObject({
      mode: 'production',
      publicUrl: 'https://renkei.example.jp',
      smtpUrl: COMPLETE['SMTP_URL'],
      mailFrom: 'renkei@example.jp',
      databaseUrl: DATABASE,
    });
  });

  it.each(['PUBLIC_URL', 'SMTP_URL', 'MAIL_FROM'])('does not start without %s', (name) => {
    const missing = refusalOf(() => production({ [name]: undefined }));
    expect(missing).toMatch(new RegExp(`^${name} is not set: it must hold .+\\.$`));
    expect(refusalOf(() => production({ [name]: '' }))).toBe(missing);
  });

  it.each([
    'http://renkei.example.jp',
    'http://127.0.0.1.example.jp',
    'http://localhost.example.jp',
    'http://10.0.0.1',
    'ftp://renkei.example.jp',
    'javascript:alert(1)',
    'renkei.example.jp',
    '/',
  ])('refuses %s as PUBLIC_URL', (PUBLIC_URL) => {
    expect(refusalOf(() => production({ PUBLIC_URL }))).toMatch(sentenceOn('PUBLIC_URL'));
  });

  it.each([
    ['https://renkei.example.jp/', 'https://renkei.example.jp'],
    ['https://renkei.example.jp:8443', 'https://renkei.example.jp:8443'],
    ['http://127.0.0.1:3000/', 'http://127.0.0.1:3000'],
    ['http://[::1]:3000', 'http://[::1]:3000'],
    ['http://localhost:3000', 'http://localhost:3000'],
  ])('reads %s as PUBLIC_URL, without a final slash', (PUBLIC_URL, publicUrl) => {
    expect(production({ PUBLIC_URL }).publicUrl).toBe(publicUrl);
  });

  it.each(['mail.example.jp', 'http://mail.example.jp', 'smtp://', 'smtp:mail.example.jp'])(
    'refuses %s as SMTP_URL',
    (SMTP_URL) => {
      expect(refusalOf(() => production({ SMTP_URL }))).toMatch(sentenceOn('SMTP_URL'));
    },
  );

  it('never repeats the password of SMTP_URL', () => {
    expect(refusalOf(() => production({ SMTP_URL: 'http://user:hunter2@mail.example.jp' }))).not.toContain(
      'hunter2',
    );
  });

  it.each(['renkei', '特別区 <renkei@example.jp>', 'a@example.jp,b@example.jp'])(
    'refuses %j as MAIL_FROM',
    (MAIL_FROM) => {
      expect(refusalOf(() => production({ MAIL_FROM }))).toMatch(sentenceOn('MAIL_FROM'));
    },
  );
});

describe('what both read', () => {
  it.each(['0', '65536', '-1', '3000.5', 'http', ''])('refuses %j as PORT', (PORT) => {
    expect(refusalOf(() => production({ PORT }))).toMatch(sentenceOn('PORT'));
  });

  it('sends no mail with WORKER=off', () => {
    expect(production({ WORKER: 'off' }).worker).toBe(false);
  });

  it.each(['false', 'OFF'])('does not take WORKER=%s for on', (WORKER) => {
    let worker = false;
    expect(refusalOf(() => ({ worker } = production({ WORKER })))).toMatch(sentenceOn('WORKER'));
    expect(worker).toBe(false);
  });

  it('splits TRUSTED_PROXIES at commas', () => {
    expect(production({ TRUSTED_PROXIES: ' 10.0.0.1, ,10.1.0.0/16,' }).trustedProxies).toEqual([
      '10.0.0.1',
      '10.1.0.0/16',
    ]);
  });

  it('has to know its proxies where it is reached by https, and only there', () => {
    const refusal = refusalOf(() => production({ TRUSTED_PROXIES: '' }));
    expect(refusal).toMatch(sentenceOn('TRUSTED_PROXIES'));
    expect(production({ TRUSTED_PROXIES: '', PUBLIC_URL: 'http://127.0.0.1:3000' }).trustedProxies).toEqual(
      [],
    );
  });

  it('names the two desks, and others where they are set', () => {
    expect(production()).toMatchObject({
      registrationDesk: { name: '公益財団法人特別区協議会　事業部事業推進課', phone: '03-5210-9080' },
      projectDesk: {
        name: '特別区長会事務局　調査第1課　全国連携プロジェクト担当',
        phone: '03-5210-9747',
      },
    });
    expect(production({ REGISTRATION_DESK_PHONE: '03-0000-0000' }).registrationDesk.phone).toBe(
      '03-0000-0000',
    );
  });

  it.each([
    ['REGISTRATION_DESK_PHONE', () => production({ REGISTRATION_DESK_PHONE: '' }).registrationDesk.phone],
    ['PROJECT_DESK_NAME', () => production({ PROJECT_DESK_NAME: '' }).projectDesk.name],
    ['LOG_LEVEL', () => production({ LOG_LEVEL: '' }).logLevel],
    ['HOST, which would mean every network', () => production({ HOST: '' }).host],
  ])('takes an empty setting for one that is left out: %s', (_, read) => {
    expect(read()).not.toBe('');
  });

  it('takes an empty DATA_DIR for one that is left out', () => {
    expect(dataDirFrom({ DATA_DIR: '' })).toBe(dataDirFrom({}));
  });

  it.each([
    ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
    ['TRUSTED_PROXIES', { TRUSTED_PROXIES: 'the-proxy' }],
    ['TRUSTED_PROXIES', { TRUSTED_PROXIES: '0.0.0.0/0' }],
    ['TRUSTED_PROXIES', { TRUSTED_PROXIES: '127.0.0.1,::/0' }],
    ['TRUSTED_PROXIES', { TRUSTED_PROXIES: '0.0.0.0/1,128.0.0.0/01' }],
  ])('refuses a %s that nobody can follow', (name, source) => {
    expect(refusalOf(() => production(source))).toMatch(sentenceOn(name));
  });
});

describe('the keys file', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'renkei-keys-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const keysFrom = (text: string) => {
    const file = path.join(folder, 'keys.json');
    writeFileSync(file, text, { mode: 0o600 });
    return productionKeys('https://renkei.example.jp', { KEYS_FILE: file });
  };

  it('is read', () => {
    expect(keysFrom(JSON.stringify(generateKeysFile())).current.kid).toMatch(/^[\w-]{16}$/);
  });

  it('may not be read by everybody on the machine', () => {
    const file = path.join(folder, 'open.json');
    writeFileSync(file, JSON.stringify(generateKeysFile()));
    chmodSync(file, 0o644);
    const message = refusalOf(() => productionKeys('https://renkei.example.jp', { KEYS_FILE: file }));
    expect(message).toMatch(sentenceOn('KEYS_FILE'));
    expect(message).toContain(`chmod 600 ${file}`);
  });

  it('has to be named', () => {
    expect(refusalOf(() => productionKeys('https://renkei.example.jp', {}))).toMatch(sentenceOn('KEYS_FILE'));
  });

  it('has to exist; the refusal says how to make it', () => {
    const KEYS_FILE = path.join(folder, 'missing.json');
    const message = refusalOf(() => productionKeys('https://renkei.example.jp', { KEYS_FILE }));
    expect(message).toMatch(sentenceOn('KEYS_FILE'));
    expect(message).toContain(`create-keys ${KEYS_FILE}`);
  });

  it.each([
    ['nothing', ''],
    ['no JSON', 'signing: none'],
    ['null', 'null'],
    ['an empty object', '{}'],
    ['a weak secret', JSON.stringify({ ...generateKeysFile(), codeSecret: 'short' })],
  ])('with %s in it is refused by its name, in words that help', (_, text) => {
    const message = refusalOf(() => keysFrom(text));
    expect(message).toMatch(sentenceOn('keys.json'));
    expect(message).not.toMatch(/properties|token|JSON input/);
  });

  it('is never quoted, whatever is wrong with it', () => {
    const message = refusalOf(() => keysFrom('{"codeSecret": s3cr3t}'));
    expect(message).toContain('keys.json');
    expect(message).not.toContain('s3cr');
  });
});

describe('the database', () => {
  it.each([undefined, ''])('is the embedded one where DATABASE_URL is %j', (url) => {
    expect(externalDatabaseUrl({ DATABASE_URL: url })).toBeNull();
  });

  it("is somebody else's where DATABASE_URL names it", () => {
    expect(externalDatabaseUrl({ DATABASE_URL: DATABASE })).toBe(DATABASE);
  });

  it.each(['db.example.jp', '10.0.0.5', '[2001:db8::5]'])('at %s needs a word on TLS', (host) => {
    const url = `postgres://renkei_app:secret@${host}/renkei`;
    const refusal = refusalOf(() => externalDatabaseUrl({ DATABASE_URL: url }));
    expect(refusal).toMatch(sentenceOn('sslmode=verify-full'));
    expect(refusal).not.toContain('secret');
    for (const mode of ['verify-full', 'disable']) {
      const chosen = `${url}?sslmode=${mode}`;
      expect(externalDatabaseUrl({ DATABASE_URL: chosen })).toBe(chosen);
    }
  });

  it.each(['127.0.0.1', '[::1]', 'localhost', 'postgres'])('at %s needs none', (host) => {
    expect(
      refusalOf(() => externalDatabaseUrl({ DATABASE_URL: `postgres://renkei_app@${host}/renkei` })),
    ).toBe('');
  });

  it('cannot be migrated without its owner', () => {
    expect(ownerDatabaseUrl({ DATABASE_OWNER_URL: 'postgres://owner@db' })).toBe('postgres://owner@db');
    expect(refusalOf(() => ownerDatabaseUrl({}))).toMatch(sentenceOn('DATABASE_OWNER_URL'));
  });
});
