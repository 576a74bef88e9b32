import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { TOTP } from 'otpauth';
import { Child, freePort } from '../setup/child.js';
import { SmtpSink } from '../setup/smtp-sink.js';
import { createTestDatabase } from '../setup/test-database.js';

/** `npm start`: the real thing, from nothing to a first member of staff. */
let folder: string;
let sink: SmtpSink;
let complete: Record<string, string>;
let port: number;
/** Of the first member of staff. */
let accessToken: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'renkei-start-'));
  sink = await SmtpSink.start();
  port = await freePort();
  complete = {
    PORT: String(port),
    DATA_DIR: path.join(folder, 'var'),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    SMTP_URL: sink.url,
    MAIL_FROM: 'renkei@portal.example',
    KEYS_FILE: path.join(folder, 'keys.json'),
  };
  const made = await Child.start('dist/src/cli/cli.js', {}, [
    'create-keys',
    complete['KEYS_FILE'] ?? '',
  ]).ended();
  expect(made.code).toBe(0);
});
afterAll(async () => {
  await sink.stop();
  rmSync(folder, { recursive: true });
});

const without = (name: string): Record<string, string> =>
  Object.fromEntries(Object.entries(complete).filter(([key]) => key !== name));

it.each([
  ['PUBLIC_URL', () => without('PUBLIC_URL'), /PUBLIC_URL is not set/],
  ['SMTP_URL', () => without('SMTP_URL'), /SMTP_URL is not set/],
  ['MAIL_FROM', () => without('MAIL_FROM'), /MAIL_FROM is not set/],
  ['KEYS_FILE', () => without('KEYS_FILE'), /KEYS_FILE is not set/],
  [
    'https',
    () => ({ ...complete, PUBLIC_URL: 'http://renkei.example.jp' }),
    /PUBLIC_URL must begin with https/,
  ],
  ['a real PORT', () => ({ ...complete, PORT: 'three thousand' }), /PORT must be a number/],
])('refuses to start without %s, in one sentence', async (_what, env, sentence) => {
  const { code, output } = await Child.start('dist/src/main.js', env()).ended();
  expect(code).toBe(1);
  expect(output).toMatch(sentence);
  expect(output.trim().split('\n')).toHaveLength(1);
});

it('makes a keys file that only its owner reads, and never over another', async () => {
  expect(statSync(complete['KEYS_FILE'] ?? '').mode & 0o077).toBe(0);
  const again = await Child.start('dist/src/cli/cli.js', {}, [
    'create-keys',
    complete['KEYS_FILE'] ?? '',
  ]).ended();
  expect([again.code, again.output]).toEqual([1, expect.stringContaining("can't be made")]);
});

it('starts empty, and its first member of staff comes in by an invitation from the command line', async () => {
  const portal = Child.start('dist/src/main.js', complete);
  await portal.printed(/ready/);
  const invite = await Child.start('dist/src/cli/cli.js', complete, [
    'invite-staff',
    'first@council.example',
    '堀越 直央',
    'admin,reviewer',
  ]).ended();
  expect(invite).toEqual({ code: 0, output: expect.stringContaining('first@council.example is invited') });
  const [mail] = await sink.waitFor(1);
  const number = /番号\s+([\d ]+)$/mu.exec(mail?.text ?? '')?.[1] ?? '';
  const code = /コード\s+([\d ]+)$/mu.exec(mail?.text ?? '')?.[1] ?? '';
  const api = `http://127.0.0.1:${port}/api/v1`;
  const post = (where: string, body: unknown): Promise<Response> =>
    fetch(api + where, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const password = '長い合言葉は忘れにくいものですね';
  const invitation = `/auth/invitations/${encodeURIComponent(number)}`;
  const setup = (await (await post(`${invitation}/setup`, { code })).json()) as {
    secret: string;
    factorId: string;
  };
  const totp = new TOTP({ secret: setup.secret }).generate();
  const accepted = await post(`${invitation}/accept`, { code, password, factorId: setup.factorId, totp });
  const { codes } = (await accepted.json()) as { codes: string[] };
  const email = 'first@council.example';
  const signedIn = await post('/auth/password', { email, password, recoveryCode: codes[0] });
  ({ accessToken } = (await signedIn.json()) as { accessToken: string });
  const read = async (where: string): Promise<{ total: number }> =>
    (await (await fetch(api + where, { headers: { authorization: `Bearer ${accessToken}` } })).json()) as {
      total: number;
    };
  expect((await read('/registrations')).total).toBe(0);
  expect((await read('/municipalities?limit=1')).total).toBe(1741);
  expect((await fetch(`http://127.0.0.1:${port}/dev/mailbox`)).status).toBe(404);
  expect((await fetch(`http://127.0.0.1:${port}/dev/time`, { method: 'POST' })).status).toBe(404);
  await portal.end('SIGTERM');
});

it('believes tokens of the key before after a rotation, and no longer after the next', async () => {
  const file = complete['KEYS_FILE'] ?? '';
  const statuses: number[] = [];
  for (let rotation = 1; rotation <= 2; rotation += 1) {
    const rotated = await Child.start('dist/src/cli/cli.js', {}, ['rotate-keys', file]).ended();
    expect([rotated.code, statSync(file).mode & 0o777]).toEqual([0, 0o600]);
    const portal = Child.start('dist/src/main.js', complete);
    await portal.printed(/ready/);
    const headers = { authorization: `Bearer ${accessToken}` };
    statuses.push((await fetch(`http://127.0.0.1:${port}/api/v1/me`, { headers })).status);
    await portal.end('SIGTERM');
  }
  expect(statuses).toEqual([200, 401]);
  const unreadable = await Child.start('dist/src/cli/cli.js', {}, ['rotate-keys', 'package.json']).ended();
  expect([unreadable.code, unreadable.output]).toEqual([
    1,
    expect.stringMatching(/^Not done\. package\.json can't be rotated/),
  ]);
});

it('invites somebody again who has lost what they sign in with, from the command line', async () => {
  const reset = (email: string): Promise<{ code: number | null; output: string }> =>
    Child.start('dist/src/cli/cli.js', complete, ['reset-staff', email]).ended();
  expect(await reset('first@council.example')).toEqual({
    code: 0,
    output: expect.stringContaining('first@council.example is invited again'),
  });
  expect(await reset('nobody@council.example')).toEqual({
    code: 1,
    output: 'Not done. There is no account with this address.\n',
  });
});

it('refuses wrong words on the command line', async () => {
  for (const args of [
    [],
    ['dance'],
    ['invite-staff', 'not an address', 'x', 'admin'],
    ['invite-staff', 'a@x.example', 'x', 'king'],
    ['invite-staff', 'first@council.example', 'x', 'admin'],
    ['reset-staff'],
    ['rotate-keys'],
    ['rotate-keys', '--dance', 'x'],
  ]) {
    const { code, output } = await Child.start('dist/src/cli/cli.js', complete, args).ended();
    expect([code, output]).toEqual([1, expect.stringMatching(/^Not done\. /)]);
  }
});

describe('with a database of somebody else', () => {
  it('refuses a role that the walls do not bind', async () => {
    const database = await createTestDatabase();
    for (const url of [database.adminUrl, database.ownerUrl]) {
      const { code, output } = await Child.start('dist/src/main.js', {
        ...complete,
        DATABASE_URL: url,
      }).ended();
      expect([code, output]).toEqual([1, expect.stringMatching(/use the role renkei_app/)]);
    }
    await database.drop();
  });

  it('migrates by a step of its own, which may be run again', async () => {
    const database = await createTestDatabase();
    const { code, output } = await Child.start(
      'dist/src/cli/cli.js',
      { DATABASE_OWNER_URL: database.ownerUrl },
      ['migrate'],
    ).ended();
    expect([code, output]).toEqual([0, '0 migrations ran; the master holds 1741 municipalities.\n']);
    await database.drop();
  });
});
