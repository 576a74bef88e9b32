import type { Actor } from '../platform/access/viewer.js';
import { DomainError } from '../platform/http/domain-error.js';
import { mailboxesOf, type RegistrationDocument } from '../registry/registration-document.js';
import type { ClaimedDepartment } from './recovery-document.js';
import { isClosed, nextStatus, type RecoveryEvent, type RecoveryStatus } from './recovery.state.js';

/** Whoever called and confirmed it doesn't carry it out, too. */
export function isSecondPerson(
  actor: Actor,
  { confirmedByAccountId }: { readonly confirmedByAccountId: string | null },
): boolean {
  return actor.kind === 'staff' && confirmedByAccountId !== null && actor.accountId !== confirmedByAccountId;
}

/** Whoever answers at a number of the claim's proves nothing. */
export function isNumberOfClaim(numberCalled: string, { phone, fax }: ClaimedDepartment): boolean {
  return [phone, fax].some((number) => number !== null && dialled(number) === dialled(numberCalled));
}

/** Such a mailbox needs no recovery: it can sign in. Compares as mail servers do in practice. */
export function isRegisteredMailbox(email: string, document: RegistrationDocument): boolean {
  return mailboxesOf(document).some((mailbox) => mailbox.toLowerCase() === email.toLowerCase());
}

/** @throws DomainError `recovery-decided`, or `recovery-not-ready` where it still may come to that */
export function nextOrRefuse(status: RecoveryStatus, event: RecoveryEvent): RecoveryStatus {
  const next = nextStatus(status, event);
  if (next !== null) return next;
  throw new DomainError(isClosed(status) ? 'recovery-decided' : 'recovery-not-ready');
}

/** The digits that are dialled within Japan, however the number is written. */
function dialled(number: string): string {
  const digits = number.replace(/\D/gu, '');
  return number.trim().startsWith('+81') ? digits.replace(/^810?/u, '0') : digits;
}
