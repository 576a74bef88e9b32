import { parseArgs } from 'node:util';
import { SettingsError } from '../../config/env.js';
import { type Head, hashGroups, parseHead } from '../../platform/audit/chain.js';
import { describe } from '../../platform/audit/chain.policy.js';
import { VerificationRepository } from '../../platform/audit/verification.repository.js';
import { AuditVerification, type Verification } from '../../platform/audit/verification.service.js';
import { withDatabase } from './with-database.js';

/** Ends with 1 where the trail isn't what was sealed, or isn't what went out. */
export async function auditVerify(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { head: { type: 'string' }, demo: { type: 'boolean', default: false } },
  });
  const mailed = values.head === undefined ? null : headFrom(values.head);
  const verification = await withDatabase(values.demo, (database) =>
    new AuditVerification(database, new VerificationRepository()).verify(mailed),
  );
  for (const line of reportOf(verification)) console.log(line);
  if (verification.broken) process.exitCode = 1;
}

function headFrom(typed: string): Head {
  const head = parseHead(typed);
  if (head) return head;
  throw new SettingsError(
    '--head takes what the mail shows: the number, a colon and 64 hexadecimal digits, blanks between them or not.',
  );
}

function reportOf({ head, heads, erased, broken }: Verification): string[] {
  if (broken) return [describe(broken), `Up to seal ${head.seq} the trail is what was sealed.`];
  return [
    `The trail is whole: ${head.seq} events, each as it was sealed.`,
    `${heads} heads that went out fit; of ${erased} events the personal values have been erased.`,
    `Head: ${head.seq}:${hashGroups(head.hash).join(' ')}`,
  ];
}
