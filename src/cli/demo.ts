import 'reflect-metadata';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { dataDirFrom, demoSettings, readKeys, type Settings } from '../config/env.js';
import { generateKeysFile, type Keys } from '../config/keys.js';
import type { DemoAccount } from '../demo/demo-accounts.js';
import { DemoSeed } from '../demo/demo.seed.js';
import { openEmbeddedDatabase } from './database.js';
import { buildPortal, closeOnSignal, listen, refuse } from './serve.js';

/** The portal with invented data on an embedded PostgreSQL: nothing has to be installed, nothing leaves. */
async function main(): Promise<void> {
  const draft = demoSettings('');
  const dir = dataDirFrom();
  mkdirSync(dir, { recursive: true });
  const keys = demoKeys(dir, draft.publicUrl);
  say(`Starting PostgreSQL in ${dir} …`);
  const database = await openEmbeddedDatabase('renkei_demo');
  try {
    const settings = { ...draft, databaseUrl: database.appUrl };
    const app = await buildPortal(settings, keys);
    const accounts = await app.get(DemoSeed).fill();
    writeAccounts(dir, accounts);
    await listen(app, settings);
    closeOnSignal(async () => {
      say('Stopping …');
      await app.close();
      await database.release();
    });
    greet(settings, accounts, dir);
  } catch (error) {
    await database.release();
    throw error;
  }
}

/** Keys of this data folder alone, made with it. Two first starts at once agree on the one that was written. */
function demoKeys(dir: string, audience: string): Keys {
  const file = path.join(dir, 'demo-keys.json');
  if (!existsSync(file)) {
    try {
      writeFileSync(file, JSON.stringify(generateKeysFile(), null, 2), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if ((error as { code?: string }).code !== 'EEXIST') throw error;
    }
  }
  return readKeys(file, audience);
}

const accountsFile = (dir: string): string => path.join(dir, 'demo-accounts.json');

function writeAccounts(dir: string, accounts: readonly DemoAccount[]): void {
  writeFileSync(accountsFile(dir), `${JSON.stringify(accounts, null, 2)}\n`, { mode: 0o600 });
}

function greet(settings: Settings, accounts: readonly DemoAccount[], dir: string): void {
  const at = settings.publicUrl;
  say('');
  say(`  Portal     ${at}/`);
  say(`  API docs   ${at}/api/docs`);
  say(`  Mailbox    ${at}/dev/mailbox   (every mail of the demo; nothing leaves this machine)`);
  say('');
  say(`  Accounts (also in ${accountsFile(dir)}):`);
  for (const { role, email, password } of accounts) {
    say(`    ${role.padEnd(9)} ${email.padEnd(46)} ${password ?? 'by a code in the mailbox'}`);
  }
  say('    Staff also need a six-digit code: the mailbox page shows what their apps would show.');
  say('');
  say(
    '  372 municipalities are registered: those that the 13 agreements cover, not the real list of members.',
  );
  say('  People, mailboxes and telephone numbers are made up.');
  say('');
  say('The demo is ready. Stop it with Ctrl-C; its data stays.');
}

const say = (line: string): void => console.log(line);

main().catch(refuse);
