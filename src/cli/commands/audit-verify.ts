import { parseArgs } from 'node:util';
import { SettingsError } from '../../config/env.js';
import { type Head, hashGroups, parseHead } from '../../platform/audit/chain.js';
import { inWords } from '../../platform/audit/chain.policy.js';
import { AuditVerification, type Verification } from '../../platform/audit/verification.service.js';
import { withTools } from './with-tools.js';

/** Ends with 1 where the trail isn't what was sealed, or isn't what went out. */
export async function auditVerify(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { head: { type: 'string' }, demo: { type: 'boolean', default: false } },
  });
  const mailed = values.head === undefined ? null : headFrom(values.head);
  const verification = await withTools(values.demo, (tools) => tools.get(AuditVerification).verify(mailed));
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
  if (broken) return [inWords(broken), `Up to seal ${head.seq} the trail is what was sealed.`];
  if (head.seq === 0) return ['Nothing is sealed yet: there is no trail to check.'];
  return [
    `The trail is whole: ${head.seq} events, each as it was sealed.`,
    `Heads that went out, and fit: ${heads}. Events whose personal values were erased: ${erased}.`,
    `Head: ${head.seq}:${hashGroups(head.hash).join(' ')}`,
  ];
}
