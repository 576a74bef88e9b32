import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DemoAccount } from '../../src/demo/demo-accounts.js';
import { Child, freePort } from '../setup/child.js';

/** `npm run demo` and `npm run story`, as a newcomer types them, in a data folder of their own. */
let folder: string;
let env: Record<string, string>;
let demo: Child;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'renkei-demo-'));
  env = { PORT: String(await freePort()), DATA_DIR: folder };
  demo = Child.start('dist/src/cli/demo.js', env);
  await demo.printed(/ready/);
});
afterAll(async () => {
  await demo.end('SIGKILL');
  // The server outlived the killed process; a portal that starts and ends takes it along.
  const last = Child.start('dist/src/cli/demo.js', { ...env, PORT: String(await freePort()) });
  await last.printed(/ready/);
  await last.end('SIGINT');
  rmSync(folder, { recursive: true });
});

const accounts = (): DemoAccount[] =>
  JSON.parse(readFileSync(path.join(folder, 'demo-accounts.json'), 'utf8')) as DemoAccount[];

const story = (...chapters: string[]): Promise<{ code: number | null; output: string }> =>
  Child.start('dist/src/cli/story/index.js', env, chapters).ended();
/** Those that a story's output tells. */
const toldIn = (output: string): string[] =>
  [...output.matchAll(/^━━ ([\w-]+):/gm)].map(([, name = '']) => name);

it('writes down who can sign in, for nobody else to read', () => {
  const roles = accounts().map(({ role }) => role);
  expect(roles.toSorted()).toEqual(['admin', 'admin', 'editor', 'member', 'member', 'reviewer', 'reviewer']);
  const members = accounts().filter(({ role }) => role === 'member');
  expect(new Set(members.map(({ municipalityCode }) => municipalityCode)).size).toBe(2);
  for (const { email, registrationId } of members) {
    expect(email).toMatch(/\.example$/);
    expect(registrationId).toMatch(/^[0-9a-f-]{36}$/);
  }
  expect(accounts().filter(({ role, password }) => role !== 'member' && !password)).toEqual([]);
  expect(statSync(path.join(folder, 'demo-accounts.json')).mode & 0o077).toBe(0);
});

it('tells the whole story to its end, and again', async () => {
  for (let time = 1; time <= 2; time += 1) {
    const { code, output } = await story();
    // What went wrong stands in the last lines.
    expect(output.split('\n').slice(-8).join('\n')).toContain('everything is as it should be');
    expect(toldIn(output)).toEqual([
      'main-job',
      'accept-some',
      'moved-meanwhile',
      'rules',
      'recovery',
      'joining',
      'handover',
      'draft',
      'expiry',
      'history',
      'tasks',
      'announcements',
      'campaign',
      'staff',
    ]);
    expect(code).toBe(0);
  }
  // Twice all chapters, in which clerks wait for mails, also on a machine with other work.
}, 180_000);

it('tells a chapter alone, and names them all for one that there is not', async () => {
  const alone = await story('draft');
  expect([alone.code, toldIn(alone.output)]).toEqual([0, ['draft']]);
  const unknown = await story('drafts');
  expect(unknown.code).toBe(1);
  expect(unknown.output).toMatch(/there is no chapter drafts; there are main-job, .*, draft, /);
});

it('shows a page, its documentation and its mailbox, with nothing for a stranger to run', async () => {
  const base = `http://127.0.0.1:${env['PORT']}`;
  const landing = await fetch(base);
  expect(await landing.text()).toContain('<div id="root"></div>');
  expect(landing.headers.get('content-security-policy')).toContain("default-src 'self'");
  for (const path of ['/api/docs', '/v', '/i', '/dev/mailbox.css']) {
    expect([path, (await fetch(base + path)).status]).toEqual([path, 200]);
  }
  const document = (await (await fetch(`${base}/api/openapi.json`)).json()) as { paths: object };
  expect(Object.keys(document.paths)).toContain('/api/v1/change-requests/{id}/approve');
  const mailbox = await (await fetch(`${base}/dev/mailbox`)).text();
  expect(mailbox).toContain('変更届を受け付けました');
  const mails = (await (await fetch(`${base}/dev/mailbox/messages`)).json()) as Record<string, string>[];
  expect(Object.keys(mails[0] ?? {})).toEqual(['id', 'to', 'subject', 'text', 'sentAt']);
  const times = mails.map(({ sentAt }) => sentAt ?? '');
  expect(times).toEqual(times.toSorted().toReversed());
});

it('goes on after kill -9 with what it had, and stands beside a second one', async () => {
  const before = accounts();
  await demo.end('SIGKILL');
  demo = Child.start('dist/src/cli/demo.js', env);
  await demo.printed(/ready/);
  expect(accounts().filter(({ role }) => role !== 'member')).toEqual(
    before.filter(({ role }) => role !== 'member'),
  );

  const samePort = await Child.start('dist/src/cli/demo.js', env).ended();
  expect(samePort.code).toBe(1);
  expect(samePort.output).toMatch(/The portal can't start\. Port \d+ is in use/);

  const second = Child.start('dist/src/cli/demo.js', { ...env, PORT: String(await freePort()) });
  await second.printed(/ready/);
  await second.end('SIGINT');
  expect((await fetch(`http://127.0.0.1:${env['PORT']}/health/ready`)).status).toBe(200);
  expect((await story('main-job')).code).toBe(0);
});

it('is refused an address that others can reach', async () => {
  const { code, output } = await Child.start('dist/src/cli/demo.js', { ...env, HOST: '0.0.0.0' }).ended();
  expect(code).toBe(1);
  expect(output).toMatch(/HOST can only be 127\.0\.0\.1/);
});
