import { parseArgs } from 'node:util';
import { SettingsError } from '../../config/env.js';
import { rotateKeysFile } from '../keys-file.js';

export async function rotateKeys(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { everything: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const [file] = positionals;
  if (!file) throw new SettingsError('rotate-keys needs the path of the keys file.');
  rotateKeysFile(file, values.everything);
  console.log(
    values.everything
      ? `${file} is made anew. Restart every process now; then invite staff again: their authenticator apps are worthless.`
      : `${file} has a fresh signing key; the one before is still believed. Restart every process, one after the other.`,
  );
}
