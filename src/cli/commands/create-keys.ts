import { writeFileSync } from 'node:fs';
import { SettingsError } from '../../config/env.js';
import { generateKeysFile } from '../../config/keys.js';

export async function createKeys([file]: readonly string[]): Promise<void> {
  if (!file) throw new SettingsError('create-keys needs the path of the file to make.');
  try {
    writeFileSync(file, `${JSON.stringify(generateKeysFile(), null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    throw new SettingsError(`${file} can't be made: ${(error as Error).message}.`);
  }
  console.log(`${file} is made. Whoever reads it can sign in as anybody: keep it like a password.`);
}
