import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

/** The file that `KEYS_FILE` names. The first signing key signs; the others are still believed. */
export interface KeysFile {
  /** PKCS #8 PEM of P-256 private keys, current first. */
  readonly signing: readonly string[];
  /** At least 32 random bytes, base64url. Mailed codes are derived from it. */
  readonly codeSecret: string;
}

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
}

/** What the portal knows and the database doesn't. */
export class Keys {
  private readonly publicKeys: ReadonlyMap<string, KeyObject>;

  private constructor(
    readonly current: SigningKey,
    signing: readonly SigningKey[],
    /** Key of the HMAC that mailed codes are derived from. */
    readonly codeSecret: Buffer,
    /** `aud` of access tokens: the portal's public address, so that another environment's tokens are refused. */
    readonly audience: string,
  ) {
    this.publicKeys = new Map(signing.map(({ kid, privateKey }) => [kid, createPublicKey(privateKey)]));
  }

  /** @throws Error with one clear sentence when a key is missing or weak */
  static from(file: KeysFile, audience: string): Keys {
    const signing = file.signing.map(readSigningKey);
    const [current] = signing;
    if (!current) throw new Error('the keys file holds no signing key');
    const codeSecret = Buffer.from(file.codeSecret, 'base64url');
    if (codeSecret.length < 32) throw new Error('codeSecret in the keys file is shorter than 32 bytes');
    return new Keys(current, signing, codeSecret, audience);
  }

  publicKey(kid: string): KeyObject | undefined {
    return this.publicKeys.get(kid);
  }
}

/** @returns fresh keys, to be written to a file that only the portal can read */
export function generateKeysFile(): KeysFile {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    signing: [privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()],
    codeSecret: randomBytes(32).toString('base64url'),
  };
}

function readSigningKey(pem: string): SigningKey {
  const privateKey = createPrivateKey(pem);
  if (privateKey.asymmetricKeyDetails?.namedCurve !== 'prime256v1') {
    throw new Error('a signing key in the keys file is not a P-256 key');
  }
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  return { kid: createHash('sha256').update(spki).digest('base64url').slice(0, 16), privateKey };
}
