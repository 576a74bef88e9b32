import { SettingsError } from '../../config/env.js';
import { createKeysFile } from '../keys-file.js';

export async function createKeys([file]: readonly string[]): Promise<void> {
  if (!file) throw new SettingsError('create-keys needs the path of the file to make.');
  createKeysFile(file);
  console.log(`${file} is made. Whoever reads it can sign in as anybody: keep it like a password.`);
}
