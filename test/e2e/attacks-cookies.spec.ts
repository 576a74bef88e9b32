import { pathOf } from '../factories/calls.js';
import { createStaff, PASSWORD, signInMember, totpOf } from '../factories/people.js';
import { CODES, createRegistration, type TestRegistration } from '../factories/registrations.js';
import { Client } from '../setup/client.js';
import { OPERATIONS } from '../setup/openapi.js';
import { mailedCode } from '../setup/outbox.js';
import { ask } from '../setup/raw.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

/** Once as in production, reached by https, and once as in the demo, by plain http. */
const HTTPS = 'https://renkei.example.jp';
let secure: TestPortal;
let plain: TestPortal;
let registration: TestRegistration;

beforeAll(async () => {
  plain = await startTestPortal({ mode: 'demo' });
  // Last: passport knows one way to read a token in a process, and so the newest portal's.
  secure = await startTestPortal({ publicUrl: HTTPS });
  registration = await createRegistration(secure, CODES.otofuke);
});
afterAll(async () => {
  await secure.close();
  await plain.close();
});

describe('another site', () => {
  it('is never told that it may read an answer', async () => {
    for (const operation of OPERATIONS) {
      for (const method of [operation.method, 'OPTIONS']) {
        const headers = {
          origin: 'https://evil.example',
          'access-control-request-method': operation.method,
          'access-control-request-headers': 'authorization,content-type',
        };
        const answer = await ask(secure, pathOf(operation), { method, headers });
        const allowing = Object.keys(answer.headers).filter((name) => name.startsWith('access-control-'));
        expect([operation.id, method, allowing]).toEqual([operation.id, method, []]);
        if (method === 'OPTIONS') expect([operation.id, answer.status]).toEqual([operation.id, 404]);
      }
    }
  });

  const COOKIE_ROUTES = OPERATIONS.filter(({ path }) =>
    /\/auth\/(challenges|password|refresh|logout|step-up)/.test(path),
  );

  it('the routes that set or believe cookies are found', () => {
    expect(COOKIE_ROUTES.map(({ id }) => id)).toEqual([
      'Sessions_refresh',
      'Sessions_logout',
      'Credentials_stepUp',
      'SignIn_startChallenge',
      'SignIn_verifyChallenge',
      'SignIn_signInWithPassword',
    ]);
  });

  it.each(
    [
      'https://evil.example',
      'null',
      'http://renkei.example.jp',
      `${HTTPS}.evil.example`,
      `${HTTPS}:8443`,
    ].flatMap((origin) => COOKIE_ROUTES.map((operation) => ({ origin, ...operation }))),
  )('may not use $id from $origin', async ({ origin, method, path }) => {
    const { client } = await signInMember(secure, registration);
    const headers = { origin, 'x-renkei-request': '1' };
    const where = path.replace('{id}', registration.id);
    const answer = await client.call(method, where, { body: {}, headers });
    // Who has no permission to step up is refused before.
    expect([answer.status, answer.body.code]).toEqual([
      403,
      path.endsWith('/step-up') ? 'forbidden' : 'foreign-origin',
    ]);
    expect(answer.headers.getSetCookie()).toEqual([]);
  });
});

const attributes = (cookie: string): string[] =>
  cookie
    .split('; ')
    .slice(1)
    .filter((part) => !/^(Max-Age|Expires)=/.test(part))
    .toSorted();
const nameOf = (cookie: string): string => cookie.split('=', 1)[0] ?? '';

describe('cookies', () => {
  /** Every cookie that the portal sets, by signing in, stepping up and signing out. */
  async function cookiesOf(portal: TestPortal, mailbox: string): Promise<string[]> {
    const set: string[] = [];
    const clerk = new Client(portal);
    const post = async (
      client: Client,
      path: string,
      body: object,
    ): Promise<{ accessToken?: string; challengeId?: string }> => {
      const answer = await client.post<{ accessToken?: string }>(path, {
        body,
        headers: { 'x-renkei-request': '1' },
      });
      expect([path, answer.status < 300]).toEqual([path, true]);
      set.push(...answer.headers.getSetCookie());
      return answer.body;
    };
    const { challengeId } = await post(clerk, '/auth/challenges', { email: mailbox });
    const code = await mailedCode(portal, 'sign-in.sign-in-code', mailbox);
    await post(clerk, `/auth/challenges/${challengeId}/verify`, { code, operatorName: '小野寺 真理' });
    const person = await createStaff(portal, ['reviewer']);
    const staff = new Client(portal);
    const totp = await totpOf(portal, person);
    staff.token =
      (await post(staff, '/auth/password', { email: person.email, password: PASSWORD, totp })).accessToken ??
      null;
    if (portal === secure) await post(staff, '/auth/step-up', { totp: await totpOf(portal, person, 1) });
    await post(staff, '/auth/logout', {});
    return set;
  }

  const NAMES = ['renkei_challenge', 'renkei_device', 'renkei_session'];

  it('over https belong to this host alone, are sent by its own pages over TLS, and no script reads them', async () => {
    const cookies = await cookiesOf(secure, registration.mailbox);
    expect([...new Set(cookies.map(nameOf))].toSorted()).toEqual(NAMES.map((name) => `__Host-${name}`));
    for (const cookie of cookies)
      expect(attributes(cookie)).toEqual(['HttpOnly', 'Path=/', 'SameSite=Strict', 'Secure']);
  });

  it('over plain http have other names, since browsers refuse such ones without Secure', async () => {
    const { mailbox } = await createRegistration(plain, CODES.yusuhara);
    const cookies = await cookiesOf(plain, mailbox);
    expect([...new Set(cookies.map(nameOf))].toSorted()).toEqual(NAMES);
    for (const cookie of cookies)
      expect(attributes(cookie)).toEqual(['HttpOnly', 'Path=/', 'SameSite=Strict']);
  });

  it('the name of the other kind is not believed', async () => {
    const { cookie } = await signInMember(secure, registration);
    const client = new Client(secure);
    client.cookies.set('renkei_session', cookie);
    expect((await client.post('/auth/refresh', { headers: { 'x-renkei-request': '1' } })).status).toBe(401);
    client.cookies.set('__Host-renkei_session', cookie);
    expect((await client.post('/auth/refresh', { headers: { 'x-renkei-request': '1' } })).status).toBe(200);
  });
});
