import { createHmac, createPublicKey, sign as signBytes, type KeyObject } from 'node:crypto';
import { JwtService } from '@nestjs/jwt';
import type { SignedInResponse } from '../../src/accounts/sessions.dto.js';
import { generateKeysFile, Keys } from '../../src/config/keys.js';
import { AccessTokens } from '../../src/platform/access/access-token.js';
import { Database } from '../../src/platform/database/database.service.js';
import type { ChallengeResponse } from '../../src/sign-in/sign-in.dto.js';
import { newRegistration, submit, withMailbox } from '../factories/change-requests.js';
import { type SignedIn, signInMember, signInStaff } from '../factories/people.js';
import { CODES, createRegistration } from '../factories/registrations.js';
import { Client } from '../setup/client.js';
import { type PortalProcess, Processes } from '../setup/processes.js';
import { mailedCode } from '../setup/outbox.js';
import { startTestPortal, type TestPortal } from '../setup/test-portal.js';

/** Stolen, forged and outlived proofs, against two processes on one database. */
let portal: TestPortal;
let processes: Processes;
let other: PortalProcess;

beforeAll(async () => {
  portal = await startTestPortal();
  processes = await Processes.beside(portal);
  other = await processes.start({ WORKER: 'off', TRUSTED_PROXIES: '127.0.0.1' });
});
afterAll(async () => {
  await processes.close();
  await portal.close();
});

const own = { 'x-renkei-request': '1' };

/** The same token and cookie, at the other process. */
function elsewhere({ client }: SignedIn): Client {
  const copy = new Client(other);
  copy.token = client.token;
  for (const [name, value] of client.cookies) copy.cookies.set(name, value);
  return copy;
}

describe('what ends at one process is dead at the other with its next request:', () => {
  it('signing out', async () => {
    const clerk = await signInMember(portal, await createRegistration(portal, CODES.otofuke));
    const there = elsewhere(clerk);
    expect((await there.get('/me')).status).toBe(200);
    await clerk.client.post('/auth/logout', { headers: own });
    expect((await there.get('/me')).body.code).toBe('session-ended');
    expect((await there.post('/auth/refresh', { headers: own })).body.code).toBe('session-ended');
  });

  it('a closed account, a role taken away, a session that an admin ends', async () => {
    const admin = await signInStaff(portal, ['admin']);
    const closed = await signInStaff(portal, ['reviewer']);
    const demoted = await signInStaff(portal, ['reviewer', 'editor']);
    const ended = await signInStaff(portal, ['reviewer']);
    const there = [closed, demoted, ended].map(elsewhere);
    for (const client of there) expect((await client.get('/applications')).status).toBe(200);
    await admin.client.post(`/users/${closed.person.accountId}/disable`);
    await admin.client.patch(`/users/${demoted.person.accountId}`, {
      ifMatch: 1,
      body: { roles: ['editor'] },
    });
    await admin.client.delete(`/sessions/${ended.viewer.sessionId}`);
    const codes: string[] = [];
    for (const client of there) codes.push((await client.get('/applications')).body.code);
    expect(codes).toEqual(['session-ended', 'forbidden', 'session-ended']);
  });

  it('a session that is refreshed there while it ends here', async () => {
    const { registration } = await newRegistration(portal);
    for (let round = 0; round < 5; round += 1) {
      const clerk = await signInMember(portal, registration);
      const there = elsewhere(clerk);
      const [, fresh] = await Promise.all([
        clerk.client.post('/auth/logout', { headers: own }),
        there.post<SignedInResponse>('/auth/refresh', { headers: own }),
      ]);
      if (fresh.status === 200) there.token = fresh.body.accessToken;
      expect((await there.get('/me')).status).toBe(401);
    }
  });

  it('a mailbox that a decision replaces: its sessions, and the codes that it was mailed before', async () => {
    const reviewer = await signInStaff(portal, ['reviewer']);
    const { registration, clerk } = await newRegistration(portal);
    const browser = new Client(portal);
    const asked = await browser.post<ChallengeResponse>('/auth/challenges', {
      body: { email: registration.mailbox },
    });
    const code = await mailedCode(portal, 'sign-in.sign-in-code', registration.mailbox);
    const email = `next@t${registration.code}.example`;
    const sent = await submit(clerk, registration, withMailbox(registration.document, email));
    const [verification] = sent.body.verifications;
    const typed = { body: { code: await mailedCode(portal, 'change-request.verify-address', email) } };
    await new Client(portal).post(`/verifications/${verification?.id}`, typed);
    const there = elsewhere(clerk);
    expect((await there.get('/me')).status).toBe(200);
    const path = `/change-requests/${sent.body.id}`;
    const { etag = '' } = await reviewer.client.get(path);
    expect((await reviewer.client.post(`${path}/approve`, { ifMatch: etag })).status).toBe(200);
    expect((await there.get('/me')).body.code).toBe('session-ended');
    const late = await browser.post(`/auth/challenges/${asked.body.challengeId}/verify`, {
      body: { code, operatorName: '前の担当' },
    });
    expect(late.body.code).toBe('sign-in-failed');
  });
});

describe('a token is refused, by both processes and in the same words, that', () => {
  type Json = Record<string, unknown>;
  const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url');
  const es256 =
    (key: KeyObject) =>
    (input: string): Buffer =>
      signBytes('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' });
  let keys: Keys;
  let sessionId: string;

  beforeAll(async () => {
    keys = Keys.from(portal.keysFile, portal.settings.publicUrl);
    const admin = await signInStaff(portal, ['admin']);
    sessionId = admin.viewer.sessionId;
  });

  function forge(header: Json, payload: Json, sign = es256(keys.current.privateKey)): string {
    const now = Math.floor(Date.now() / 1000);
    const input = [
      { alg: 'ES256', typ: 'at+jwt', kid: keys.current.kid, ...header },
      {
        sid: sessionId,
        roles: ['admin'],
        iat: now,
        exp: now + 300,
        iss: 'renkei-portal',
        aud: keys.audience,
        ...payload,
      },
    ]
      .map(encode)
      .join('.');
    return `${input}.${sign(input).toString('base64url')}`;
  }

  const publicPem = (): string =>
    createPublicKey(keys.current.privateKey).export({ type: 'spki', format: 'pem' }).toString();
  const hmac = (hash: string) => (input: string) => createHmac(hash, publicPem()).update(input).digest();
  const unsigned = (): Buffer => Buffer.alloc(0);
  const foreign = (): KeyObject => Keys.from(generateKeysFile(), keys.audience).current.privateKey;

  const statuses = async (token: string): Promise<unknown[]> => {
    const answers: unknown[] = [];
    for (const at of [portal, other]) {
      const client = new Client(at);
      client.token = token;
      const { status, body } = await client.get('/users');
      answers.push([status, body.code]);
    }
    return answers;
  };
  const REFUSED = [
    [401, 'invalid-token'],
    [401, 'invalid-token'],
  ];

  it('but not one that is right in all parts', async () => {
    expect(await statuses(forge({}, {}))).toEqual([
      [200, undefined],
      [200, undefined],
    ]);
  });

  it.each<[string, () => string]>([
    ['has alg none', () => forge({ alg: 'none' }, {}, unsigned)],
    ['has alg none and a good signature', () => forge({ alg: 'none' }, {})],
    ['is HS256 over the public key', () => forge({ alg: 'HS256' }, {}, hmac('sha256'))],
    ['is HS512 over the public key', () => forge({ alg: 'HS512' }, {}, hmac('sha512'))],
    ['has an unknown kid', () => forge({ kid: 'AAAAAAAAAAAAAAAA' }, {})],
    ['has a path for a kid', () => forge({ kid: '../../../../dev/null' }, {}, hmac('sha256'))],
    [
      'brings its key along by jku',
      () => forge({ jku: 'http://127.0.0.1:1/jwks.json' }, {}, es256(foreign())),
    ],
    [
      'brings its key along as jwk',
      () => forge({ jwk: foreign().export({ format: 'jwk' }) }, {}, es256(foreign())),
    ],
    ['has another issuer', () => forge({}, { iss: 'renkei' })],
    ['has another audience', () => forge({}, { aud: 'https://test.renkei.example.jp' })],
    ['has another type', () => forge({ typ: 'JWT' }, {})],
    ['never ends', () => forge({}, { exp: undefined })],
    ['has ended', () => forge({}, { exp: Math.floor(Date.now() / 1000) - 1 })],
    ["is of another environment's key", () => forge({}, {}, es256(foreign()))],
    [
      'is of another environment, which has the same address',
      () =>
        new AccessTokens(new JwtService(), Keys.from(generateKeysFile(), keys.audience)).sign(sessionId, [
          'admin',
        ]),
    ],
  ])('%s', async (_, make) => {
    expect(await statuses(make())).toEqual(REFUSED);
  });

  it('claims a role that the session has not', async () => {
    const clerk = await signInMember(portal, await createRegistration(portal, CODES.yusuhara));
    const token = forge({}, { sid: clerk.viewer.sessionId, roles: ['admin', 'reviewer'] });
    expect(await statuses(token)).toEqual([
      [403, 'forbidden'],
      [403, 'forbidden'],
    ]);
  });

  it('names a session that never was', async () => {
    const token = forge({}, { sid: '019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5e' });
    expect(await statuses(token)).toEqual([
      [401, 'session-ended'],
      [401, 'session-ended'],
    ]);
  });
});

it('neither a restored session nor a cookie’s hash lets anybody in', async () => {
  const { client, viewer } = await signInStaff(portal, ['reviewer']);
  const [row] = await portal.app
    .get(Database)
    .asSystem('test', (tx) =>
      tx.query<{ hash: string }>(`SELECT encode(token_hash, 'base64') AS hash FROM session WHERE id = $1`, [
        viewer.sessionId,
      ]),
    );
  for (const value of [row?.hash ?? '', viewer.sessionId, `${client.cookies.get('renkei_session')}x`]) {
    const thief = new Client(portal);
    thief.cookies.set('renkei_session', encodeURIComponent(value));
    expect((await thief.post('/auth/refresh', { headers: own })).body.code).toBe('session-ended');
  }
});
