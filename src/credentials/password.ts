import argon2 from 'argon2';

export const PASSWORD_MIN = 15;
export const PASSWORD_MAX = 128;

/** OWASP's smallest recommended cost for argon2id; about 40 ms. */
const OPTIONS = { type: argon2.argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export const hashPassword = (password: string): Promise<string> =>
  argon2.hash(password.normalize('NFKC'), OPTIONS);

let decoy: Promise<string> | undefined;

/** Takes as long for an unknown account (`hash` null) as for a known one. */
export async function verifyPassword(hash: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword('nobody has this password');
  const matches = await argon2.verify(hash ?? (await decoy), password.normalize('NFKC'));
  return matches && hash !== null;
}
