import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { OUTSIDE_THE_API } from '../../src/platform/http/create-app.js';
import { PAGE_ROOTS } from '../../src/platform/http/web-page.js';
import { signInMember } from '../factories/people.js';
import { CODES, createRegistration, type TestRegistration } from '../factories/registrations.js';
import { Child, freePort } from '../setup/child.js';
import { ask, type RawAnswer } from '../setup/raw.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

/** Once as in production, reached by https, and once as in the demo, by plain http. */
let secure: TestPortal;
let plain: TestPortal;
/** The first once more in a process of its own, with the documentation that it has there. */
let documented: { readonly origin: string; readonly child: Child };
let folder: string;
let registration: TestRegistration;

beforeAll(async () => {
  plain = await startTestPortal({ mode: 'demo' });
  // Last: passport knows one way to read a token in a process, and so the newest portal's.
  secure = await startTestPortal({ publicUrl: 'https://renkei.example.jp' });
  registration = await createRegistration(secure, CODES.otofuke);
  folder = mkdtempSync(path.join(tmpdir(), 'renkei-pages-'));
  documented = await startDocumented();
});
afterAll(async () => {
  await documented.child.end('SIGTERM');
  await secure.close();
  await plain.close();
  rmSync(folder, { recursive: true });
});

async function startDocumented(): Promise<typeof documented> {
  const keysFile = path.join(folder, 'keys.json');
  writeFileSync(keysFile, JSON.stringify(secure.keysFile), { mode: 0o600 });
  const port = await freePort();
  const child = Child.start('dist/src/main.js', {
    PORT: String(port),
    PUBLIC_URL: secure.settings.publicUrl,
    SMTP_URL: 'smtp://127.0.0.1:1',
    MAIL_FROM: secure.settings.mailFrom,
    KEYS_FILE: keysFile,
    DATABASE_URL: secure.database.appUrl,
    TRUSTED_PROXIES: '127.0.0.1',
    WORKER: 'off',
  });
  await child.printed(/ready/);
  return { child, origin: `http://127.0.0.1:${port}` };
}

const isDocumentation = (where: string): boolean => where.startsWith('/api/docs');
/** Whoever serves it: all pages there are, between the two of them. */
const serverOf = (where: string): { readonly origin: string } =>
  isDocumentation(where) ? documented : plain;

const PAGES = [...PAGE_ROOTS, ...OUTSIDE_THE_API].map((path) => `/${path}`).concat('/api/docs');
const FOREIGN = ['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:evil.example'];

describe('no page leads elsewhere', () => {
  it.each(PAGES)('%s, whatever is asked of it', async (where) => {
    const asked = await ask(serverOf(where), where);
    for (const name of ['next', 'redirect', 'returnTo', 'url', 'continue']) {
      for (const target of FOREIGN) {
        const answer = await ask(serverOf(where), `${where}?${name}=${encodeURIComponent(target)}`);
        expect([answer.status < 300 || answer.status >= 400, answer.headers['location']]).toEqual([
          true,
          undefined,
        ]);
        expect(answer.status).toBe(asked.status);
        expect(answer.body + JSON.stringify(answer.headers)).not.toContain('evil.example');
      }
    }
  });

  it.each([
    '//evil.example',
    '//evil.example/v',
    '/\\evil.example',
    '/%5Cevil.example',
    '/%2F%2Fevil.example',
    '/v/',
    '/v//evil.example',
    '/api/docs/',
    '/api/docs//evil.example/..',
    '/api/docs/%2e%2e/%2e%2e//evil.example',
  ])('%s sends nobody on', async (where) => {
    const answer = await ask(serverOf(where), where);
    expect(answer.headers['location']).toBeUndefined();
    expect(answer.status < 300 || answer.status >= 400).toBe(true);
  });

  it('a Host that is another does not come back in any answer', async () => {
    for (const where of [...PAGES, '/api/v1/nowhere']) {
      const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example' };
      const { body, headers: sent } = await ask(serverOf(where), where, { headers });
      expect([where, body.includes('evil.example') || JSON.stringify(sent).includes('evil.example')]).toEqual(
        [where, false],
      );
    }
  });
});

/** Of the page's files, this one has the same name for ever. */
const CACHED = '/favicon.svg';

/** One of each kind of answer. */
const KINDS: [kind: string, where: string, status: number][] = [
  ['a page', '/', 200],
  ['a form', '/v', 200],
  ['a page for those who are signed in', '/staff/registrations', 200],
  ['an icon', CACHED, 200],
  ['the documentation', '/api/docs', 200],
  ['life', '/health/live', 200],
  ['readiness', '/health/ready', 200],
  ['no session', '/api/v1/me', 401],
  ['no such page', '/nowhere', 404],
  ['no such route', '/api/v1/nowhere', 404],
  ['a path that cannot be decoded', '/api/v1/municipalities/%E0%A4%A', 400],
  ['a part that is too long', `/api/v1/municipalities/${'1'.repeat(300)}`, 404],
];

function expectGuarded(where: string, { headers }: RawAnswer, https: boolean): void {
  const policy = String(headers['content-security-policy']);
  const directives = new Map(
    policy.split(';').map((words) => {
      const [name = '', ...values] = words.trim().split(' ');
      return [name, values.join(' ')];
    }),
  );
  expect(directives.get('frame-ancestors')).toBe("'none'");
  const scripts = directives.get('script-src') ?? directives.get('default-src');
  expect(["'self'", "'none'"]).toContain(scripts);
  if (!isDocumentation(where)) expect(policy).not.toContain('unsafe-inline');
  expect(policy).not.toContain('unsafe-eval');
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['referrer-policy']).toBe('no-referrer');
  if (where !== CACHED && !isDocumentation(where)) expect(headers['cache-control']).toBe('no-store');
  expect(headers['strict-transport-security'] !== undefined).toBe(https);
  expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
  expect(headers['x-powered-by'] ?? headers['server']).toBeUndefined();
}

describe('security headers', () => {
  it.each(KINDS)('come with %s', async (_kind, where, status) => {
    for (const portal of isDocumentation(where) ? [documented] : [secure, plain]) {
      const answer = await ask(portal, where);
      expect(answer.status).toBe(status);
      expectGuarded(where, answer, portal !== plain);
    }
  });

  it('come with data', async () => {
    const { client } = await signInMember(secure, registration);
    const headers = { authorization: `Bearer ${client.token}` };
    for (const where of [
      '/api/v1/me',
      `/api/v1/registrations/${registration.id}`,
      '/api/v1/municipalities',
    ]) {
      const answer = await ask(secure, where, { headers });
      expect([where, answer.status]).toEqual([where, 200]);
      expectGuarded(where, answer, true);
    }
  });

  it('pages hold no script, style or handler of their own', async () => {
    for (const where of ['/', '/dev/mailbox']) {
      const { body } = await ask(plain, where);
      expect([
        where,
        body.match(/<script(?![^>]*\bsrc=)[^>]*>|<style|\sstyle=|\son\w+=|javascript:/g),
      ]).toEqual([where, null]);
    }
  });
});
