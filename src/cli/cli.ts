import 'reflect-metadata';
import { SettingsError } from '../config/env.js';
import { DomainError } from '../platform/http/domain-error.js';
import { auditErase } from './commands/audit-erase.js';
import { auditReads } from './commands/audit-reads.js';
import { auditVerify } from './commands/audit-verify.js';
import { createKeys } from './commands/create-keys.js';
import { inviteStaff } from './commands/invite-staff.js';
import { migrateExternal } from './commands/migrate.js';
import { resetStaff } from './commands/reset-staff.js';
import { rotateKeys } from './commands/rotate-keys.js';

const USAGE = `Commands:
  create-keys <file>                       make the keys file that KEYS_FILE names
  rotate-keys <file> [--everything]        put a fresh signing key in front; after a leak, make all secrets anew
  migrate                                  bring the database of DATABASE_OWNER_URL up to date, with the master
  invite-staff <e-mail> <name> <roles>     invite a member of staff; roles: reviewer,editor,admin
  reset-staff <e-mail>                     invite again whoever has lost password or authenticator app
  audit-verify [--head <number>:<value>]   check the trail, also against a head that was mailed
  audit-erase --before <YYYY-MM-DD> | --registration <id> | --event <id>, --reason <text>
                                           erase personal values of the trail
  audit-reads <session id>                 tell whose personal data a session of staff was shown
The last three take --demo for the demo's database.`;

const COMMANDS: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = {
  'create-keys': createKeys,
  'rotate-keys': rotateKeys,
  migrate: migrateExternal,
  'invite-staff': inviteStaff,
  'reset-staff': resetStaff,
  'audit-verify': auditVerify,
  'audit-erase': auditErase,
  'audit-reads': auditReads,
};

async function main(): Promise<void> {
  const [name, ...args] = process.argv.slice(2);
  const command = COMMANDS[name ?? ''];
  if (!command) throw new SettingsError(`There is no command ${name ?? '(none)'}.\n${USAGE}`);
  await command(args);
}

main().catch((error: unknown) => {
  console.error(sentenceOf(error) ?? error);
  process.exit(1);
});

const REFUSALS: Partial<Record<string, string>> = {
  'address-in-use': 'Not done. This address has an account already; reset-staff invites it again.',
  'not-found': 'Not done. There is no account with this address.',
  'account-not-active': 'Not done. This account is closed; an admin opens it again.',
};

function sentenceOf(error: unknown): string | null {
  if (error instanceof SettingsError) return `Not done. ${error.message}`;
  // An option that there isn't, or one without its value.
  if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) {
    return `Not done. ${error.message}`;
  }
  return error instanceof DomainError ? (REFUSALS[error.code] ?? null) : null;
}
