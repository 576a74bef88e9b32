import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  sign as signBytes,
} from 'node:crypto';
import { JwtService } from '@nestjs/jwt';
import { generateKeysFile, Keys } from '../../config/keys.js';
import { AccessTokens } from './access-token.js';
import { AccessTokenStrategy } from './access-token.strategy.js';

const AUDIENCE = 'https://renkei.example.jp';
const SID = '019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5f';

const file = generateKeysFile();
const keys = Keys.from(file, AUDIENCE);

/** What passport's strategy answers for a request: who it is, or undefined for a refusal. */
function read(token: string | undefined, believed: Keys = keys): Promise<unknown> {
  const strategy = new AccessTokenStrategy(believed);
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return new Promise((resolve, reject) => {
    Object.assign(strategy, { success: resolve, fail: () => resolve(undefined), error: reject });
    strategy.authenticate({ headers } as never);
  });
}

const issue = (by: Keys = keys) => new AccessTokens(new JwtService(), by).sign(SID, ['member']);

type Json = Record<string, unknown>;
const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url');
const decode = (token: string, index: number): Json =>
  JSON.parse(Buffer.from(token.split('.')[index] ?? '', 'base64url').toString()) as Json;

const es256 =
  (key: KeyObject) =>
  (input: string): Buffer =>
    signBytes('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' });

/** A token like the portal's own but for what `change` says, signed with the portal's own key unless said. */
function forge(
  change: { header?: Json; payload?: Json } = {},
  sign: (input: string) => Buffer = es256(keys.current.privateKey),
): string {
  const genuine = issue();
  const header = { ...decode(genuine, 0), ...change.header };
  const payload = { ...decode(genuine, 1), ...change.payload };
  const input = `${encode(header)}.${encode(payload)}`;
  return `${input}.${sign(input).toString('base64url')}`;
}

const publicPem = createPublicKey(keys.current.privateKey).export({ type: 'spki', format: 'pem' }).toString();
const hmac = (hash: string) => (input: string) => createHmac(hash, publicPem).update(input).digest();

describe('a token of the portal', () => {
  it('is read back as the session and its roles', async () => {
    expect(await read(issue())).toEqual({ sid: SID, roles: ['member'], exp: expect.any(Number) });
  });

  it('holds nothing else, and for five minutes only', () => {
    const { iat, exp, ...claims } = decode(issue(), 1);
    expect(claims).toEqual({ sid: SID, roles: ['member'], iss: 'renkei-portal', aud: AUDIENCE });
    expect(Number(exp) - Number(iat)).toBe(300);
    expect(decode(issue(), 0)).toEqual({ alg: 'ES256', typ: 'at+jwt', kid: keys.current.kid });
  });

  it('is read when it is built by hand, so that the refusals below have one reason each', async () => {
    expect(await read(forge())).toEqual({ sid: SID, roles: ['member'], exp: expect.any(Number) });
  });

  it('is still read after a new key took the place of the one that signed it', async () => {
    const rotated = { ...file, signing: [...generateKeysFile().signing, ...file.signing] };
    expect(await read(issue(), Keys.from(rotated, AUDIENCE))).toEqual({
      sid: SID,
      roles: ['member'],
      exp: expect.any(Number),
    });
  });
});

const seconds = (fromNow: number): number => Math.floor(Date.now() / 1000) + fromNow;
const unsigned = () => Buffer.alloc(0);

describe('refuses', () => {
  it.each([
    ['no token', undefined],
    ['an empty token', ''],
    ['something that is no token', 'abc'],
    ['a header that is no JSON', 'bm90LWpzb24.e30.c2ln'],
    ['a header that is null', `${encode(null)}.e30.c2ln`],
    ['alg none without a signature', forge({ header: { alg: 'none' } }, unsigned)],
    ['alg none with a good signature', forge({ header: { alg: 'none' } })],
    ['no signature', forge({}, unsigned)],
    ['HS256 over the public key', forge({ header: { alg: 'HS256' } }, hmac('sha256'))],
    ['HS512 over the public key', forge({ header: { alg: 'HS512' } }, hmac('sha512'))],
    ['ES384 by name', forge({ header: { alg: 'ES384' } })],
    ['typ JWT', forge({ header: { typ: 'JWT' } })],
    ['typ in other letters', forge({ header: { typ: 'AT+JWT' } })],
    ['no typ', forge({ header: { typ: undefined } })],
    ['no kid', forge({ header: { kid: undefined } })],
    ['an unknown kid', forge({ header: { kid: 'AAAAAAAAAAAAAAAA' } })],
    ['a kid that is a path', forge({ header: { kid: '../../../../dev/null' } })],
    ['a kid that every object has', forge({ header: { kid: '__proto__' } })],
    ['a kid that is no text', forge({ header: { kid: [keys.current.kid] } })],
    ['no exp', forge({ payload: { exp: undefined } })],
    ['an exp that is no number', forge({ payload: { exp: String(seconds(300)) } })],
    ['an expired token', forge({ payload: { exp: seconds(-1) } })],
    ['a token that begins later', forge({ payload: { nbf: seconds(60) } })],
    ['another issuer', forge({ payload: { iss: 'another-portal' } })],
    ['no issuer', forge({ payload: { iss: undefined } })],
    ['another audience', forge({ payload: { aud: 'https://test.renkei.example.jp' } })],
    ['no audience', forge({ payload: { aud: undefined } })],
    ['a session that is no id', forge({ payload: { sid: "' OR true --" } })],
    ['no session', forge({ payload: { sid: undefined } })],
    ['roles that are no list', forge({ payload: { roles: 'admin' } })],
  ])('%s', async (_, token) => {
    expect(await read(token)).toBeUndefined();
  });

  it('claims changed after signing', async () => {
    const [header, , signature] = issue().split('.');
    const payload = encode({ ...decode(issue(), 1), roles: ['admin'] });
    expect(await read(`${header}.${payload}.${signature}`)).toBeUndefined();
  });

  it('a token of another environment, by its key', async () => {
    expect(await read(issue(Keys.from(generateKeysFile(), AUDIENCE)))).toBeUndefined();
  });

  it("another environment's key under our kid", async () => {
    const foreign = createPrivateKey(generateKeysFile().signing[0] ?? '');
    expect(await read(forge({}, es256(foreign)))).toBeUndefined();
  });

  it('a token of another environment with the same keys, by its audience', async () => {
    expect(await read(issue(Keys.from(file, 'https://test.renkei.example.jp')))).toBeUndefined();
  });

  it('a key in the header', async () => {
    const foreign = createPrivateKey(generateKeysFile().signing[0] ?? '');
    const jwk = createPublicKey(foreign).export({ format: 'jwk' });
    const token = forge({ header: { jwk, jku: 'https://evil.example/jwks' } }, es256(foreign));
    expect(await read(token)).toBeUndefined();
  });

  it('a token in the address', async () => {
    const strategy = new AccessTokenStrategy(keys);
    const answer = await new Promise((resolve) => {
      Object.assign(strategy, { success: resolve, fail: () => resolve('refused') });
      strategy.authenticate({ headers: {}, query: { access_token: issue() }, body: {} } as never);
    });
    expect(answer).toBe('refused');
  });
});
