import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { generateKeysFile, Keys, type KeysFile, rotateSigningKey } from './keys.js';

const AUDIENCE = 'https://renkei.example.jp';
const file = generateKeysFile();
const from = (change: Partial<Record<keyof KeysFile, unknown>>): Keys =>
  Keys.from({ ...file, ...change }, AUDIENCE);

const pem = { type: 'pkcs8', format: 'pem' } as const;
const ecKey = (namedCurve: string) =>
  generateKeyPairSync('ec', { namedCurve }).privateKey.export(pem).toString();

describe('fresh keys', () => {
  it('can be used', () => {
    const keys = Keys.from(file, AUDIENCE);
    expect(keys.audience).toBe(AUDIENCE);
    expect(keys.codeSecret).toHaveLength(32);
  });

  it('differ every time', () => {
    const other = generateKeysFile();
    expect(other.signing).not.toEqual(file.signing);
    expect(other.codeSecret).not.toBe(file.codeSecret);
  });
});

describe('signing keys', () => {
  const older = generateKeysFile();
  const both = from({ signing: [...file.signing, ...older.signing] });
  const oldKid = Keys.from(older, AUDIENCE).current.kid;

  it('sign with the first', () => {
    expect(both.current.kid).toBe(Keys.from(file, AUDIENCE).current.kid);
  });

  it('still believe the second', () => {
    expect(both.publicKey(oldKid)?.equals(createPublicKey(older.signing[0] ?? ''))).toBe(true);
  });

  it('know no others', () => {
    expect(from({}).publicKey(oldKid)).toBeUndefined();
    expect(from({}).publicKey('constructor')).toBeUndefined();
  });

  it('give out public keys only', () => {
    expect(both.publicKey(both.current.kid)?.type).toBe('public');
  });

  it.each([
    ['P-384', ecKey('P-384')],
    ['secp256k1', ecKey('secp256k1')],
    ['RSA', generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export(pem).toString()],
    ['Ed25519', generateKeyPairSync('ed25519').privateKey.export(pem).toString()],
  ])('may not be %s, not even the second', (_, weak) => {
    expect(() => from({ signing: [...file.signing, weak] })).toThrow('not a P-256 key');
  });
});

describe('one clear sentence says what is wrong with', () => {
  it.each([
    ['no signing key', { signing: [] }],
    ['signing keys that are left out', { signing: undefined }],
    ['signing keys that are no list', { signing: file.signing[0] }],
    ['a signing key that is no key', { signing: ['not a key'] }],
    ['a public key in place of a private one', { signing: [publicPem()] }],
    ['a short secret', { codeSecret: Buffer.alloc(31, 'a').toString('base64url') }],
    ['an empty secret', { codeSecret: '' }],
    ['a secret of one letter', { codeSecret: 'A'.repeat(64) }],
    [
      'a secret that somebody thought of',
      { codeSecret: Buffer.from('renkei renkei renkei renkei renkei').toString('base64url') },
    ],
    ['three signing keys', { signing: [1, 2, 3].flatMap(() => generateKeysFile().signing) }],
    ['a secret that is left out', { codeSecret: undefined }],
  ])('%s', (_, change) => {
    expect(() => from(change)).toThrow(/keys file/);
  });

  function publicPem(): string {
    return createPublicKey(file.signing[0] ?? '')
      .export({ type: 'spki', format: 'pem' })
      .toString();
  }
});

describe('rotating', () => {
  it('puts a fresh key in front, keeps the one before it and forgets those before that', () => {
    const once = rotateSigningKey(file);
    const twice = rotateSigningKey(once);
    expect(once.signing.slice(1)).toEqual(file.signing);
    expect(twice.signing).toHaveLength(2);
    expect(twice.signing[1]).toBe(once.signing[0]);
    expect(twice.codeSecret).toBe(file.codeSecret);
    expect(Keys.from(twice, AUDIENCE).publicKey(Keys.from(file, AUDIENCE).current.kid)).toBeUndefined();
  });
});
