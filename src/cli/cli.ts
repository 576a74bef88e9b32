import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { NestFactory } from '@nestjs/core';
import { InvitationsService } from '../staff/invitations.service.js';
import { AppModule } from '../app.module.js';
import { ownerDatabaseUrl, productionKeys, productionSettings, SettingsError } from '../config/env.js';
import { generateKeysFile } from '../config/keys.js';
import { STAFF_ROLES, type StaffRole } from '../platform/access/permission.js';
import { DomainError } from '../platform/http/domain-error.js';
import { parseEmailAddress } from '../platform/mail/email-address.js';
import { openDatabase, prepareDatabase } from './database.js';

const USAGE = `Commands:
  create-keys <file>                       make the keys file that KEYS_FILE names
  migrate                                  bring the database of DATABASE_OWNER_URL up to date, with the master
  invite-staff <e-mail> <name> <roles>     invite a member of staff; roles: reviewer,editor,admin`;

const COMMANDS: Readonly<Record<string, (...args: string[]) => Promise<void>>> = {
  'create-keys': createKeys,
  migrate: migrateExternal,
  'invite-staff': inviteStaff,
};

async function createKeys(file?: string): Promise<void> {
  if (!file) throw new SettingsError('create-keys needs the path of the file to make.');
  try {
    writeFileSync(file, `${JSON.stringify(generateKeysFile(), null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    throw new SettingsError(`${file} can't be made: ${(error as Error).message}.`);
  }
  console.log(`${file} is made. Whoever reads it can sign in as anybody: keep it like a password.`);
}

async function migrateExternal(): Promise<void> {
  const { migrations, municipalities } = await prepareDatabase(ownerDatabaseUrl());
  console.log(`${migrations.length} migrations ran; the master holds ${municipalities} municipalities.`);
}

async function inviteStaff(email?: string, name?: string, roles?: string): Promise<void> {
  const address = parseEmailAddress(email ?? '');
  const wanted = (roles ?? '').split(',').filter(Boolean);
  const unknown = wanted.filter((role) => !(STAFF_ROLES as readonly string[]).includes(role));
  if (unknown.length > 0) {
    throw new SettingsError(`There is no role ${unknown.join(', ')}; there are ${STAFF_ROLES.join(', ')}.`);
  }
  if (!address || !name || wanted.length === 0) {
    throw new SettingsError(
      'invite-staff needs one e-mail address, a name, and roles with commas between them.',
    );
  }
  const draft = productionSettings('');
  const keys = productionKeys(draft.publicUrl);
  const database = await openDatabase();
  try {
    // The portal that runs sends the mail.
    const settings = { ...draft, databaseUrl: database.appUrl, worker: false };
    const app = await NestFactory.createApplicationContext(AppModule.register(settings, keys), {
      logger: ['error'],
    });
    try {
      await app
        .get(InvitationsService)
        .invite({ email: address.address, name, roles: wanted as StaffRole[] });
      console.log(`${address.address} is invited. The mail goes out as soon as the portal's worker runs.`);
    } finally {
      await app.close();
    }
  } finally {
    await database.release();
  }
}

async function main(): Promise<void> {
  const [name, ...args] = process.argv.slice(2);
  const command = COMMANDS[name ?? ''];
  if (!command) throw new SettingsError(`There is no command ${name ?? '(none)'}.\n${USAGE}`);
  await command(...args);
}

main().catch((error: unknown) => {
  console.error(sentenceOf(error) ?? error);
  process.exit(1);
});

function sentenceOf(error: unknown): string | null {
  if (error instanceof SettingsError) return `Not done. ${error.message}`;
  if (error instanceof DomainError && error.code === 'address-in-use') {
    return 'Not done. This address has an account already.';
  }
  return null;
}
