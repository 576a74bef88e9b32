import { chmodSync, chownSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { SettingsError } from '../config/env.js';
import { generateKeysFile, Keys, KeysError, type KeysFile, rotateSigningKey } from '../config/keys.js';

/** @throws SettingsError when the file is there already or can't be made */
export function createKeysFile(file: string): void {
  try {
    writeFileSync(file, textOf(generateKeysFile()), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    throw new SettingsError(`${file} can't be made: ${(error as Error).message}.`);
  }
}

/**
 * Puts a fresh signing key in front of the one that signed so far, or, with `everything`, makes all secrets anew. The
 * file is replaced as a whole: whoever reads it meanwhile gets the old one or the new one.
 *
 * @throws SettingsError when it can't be read or written
 */
export function rotateKeysFile(file: string, everything: boolean): void {
  const fresh = everything ? generateKeysFile() : rotateSigningKey(read(file));
  const draft = `${file}.new`;
  try {
    writeFileSync(draft, textOf(fresh), { mode: 0o600, flag: 'wx' });
    keepOwner(file, draft);
    renameSync(draft, file);
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') rmSync(draft, { force: true });
    throw new SettingsError(`${file} can't be replaced: ${(error as Error).message}.`);
  }
}

/** Whoever rotates, root say, isn't always whom the portal runs as. */
function keepOwner(from: string, to: string): void {
  const { uid, gid } = statSync(from);
  chmodSync(to, 0o600);
  if (statSync(to).uid !== uid) chownSync(to, uid, gid);
}

function read(file: string): KeysFile {
  try {
    const content = JSON.parse(readFileSync(file, 'utf8')) as KeysFile;
    // What isn't fit to be kept is better found now than at the next start.
    Keys.from(content, '');
    return content;
  } catch (error) {
    const reason = error instanceof KeysError ? error.message : "it can't be read as JSON";
    throw new SettingsError(`${file} can't be rotated: ${reason}.`);
  }
}

const textOf = (keys: KeysFile): string => `${JSON.stringify(keys, null, 2)}\n`;
