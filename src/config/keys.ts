import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

/** The current one and the previous, whose tokens are believed until they end. */
const MAX_SIGNING_KEYS = 2;
/** 32 random bytes hardly ever have fewer than 25 different ones; a phrase or a repeated letter has. */
const FEWEST_DIFFERENT_BYTES = 16;

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

/** The keys can't be used. The message says why and quotes nothing of them. */
export class KeysError extends Error {}

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

  /** @param file a {@link KeysFile}, not yet judged @throws KeysError that says what is missing or weak */
  static from(file: unknown, audience: string): Keys {
    const { signing: pems, codeSecret: secret } = (file ?? {}) as Partial<Record<keyof KeysFile, unknown>>;
    if (!Array.isArray(pems)) throw new KeysError('the keys file has no list of signing keys');
    const signing = pems.map(readSigningKey);
    const [current] = signing;
    if (!current) throw new KeysError('the keys file holds no signing key');
    if (signing.length > MAX_SIGNING_KEYS) {
      throw new KeysError('the keys file holds more signing keys than the current and the previous one');
    }
    const codeSecret = Buffer.from(typeof secret === 'string' ? secret : '', 'base64url');
    if (codeSecret.length < 32) throw new KeysError('codeSecret in the keys file is shorter than 32 bytes');
    if (new Set(codeSecret).size < FEWEST_DIFFERENT_BYTES)
      throw new KeysError('codeSecret in the keys file is not random');
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

/** @returns the file with a fresh key in front; the one that signed so far is still believed, those before are not */
export function rotateSigningKey(file: KeysFile): KeysFile {
  return {
    ...file,
    signing: [...generateKeysFile().signing, ...file.signing.slice(0, MAX_SIGNING_KEYS - 1)],
  };
}

function readSigningKey(pem: unknown): SigningKey {
  const privateKey = parsePrivateKey(pem);
  if (privateKey.asymmetricKeyDetails?.namedCurve !== 'prime256v1') {
    throw new KeysError('a signing key in the keys file is not a P-256 key');
  }
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  return { kid: createHash('sha256').update(spki).digest('base64url').slice(0, 16), privateKey };
}

function parsePrivateKey(pem: unknown): KeyObject {
  try {
    return createPrivateKey(String(pem));
  } catch {
    throw new KeysError('a signing key in the keys file is not a private key in PEM');
  }
}
