import type { Actor } from '../platform/access/viewer.js';
import { mailboxesOf, type RegistrationDocument } from '../registry/registration-document.js';

interface Proposal {
  readonly registrationId: string;
  readonly proposedByAccountId: string | null;
}

/** Nobody decides on what they proposed themselves. */
export function isReviewerOtherThanProposer(actor: Actor, request: Proposal): boolean {
  return actor.kind === 'staff' && actor.accountId !== request.proposedByAccountId;
}

/** A clerk goes on with whatever their municipality sent; a member of staff only with their own proposals. */
export function mayGoOnWith(actor: Actor, request: Proposal): boolean {
  if (actor.kind === 'member') return actor.registrationId === request.registrationId;
  return actor.kind === 'staff' && actor.accountId === request.proposedByAccountId;
}

/** @returns mailboxes that the proposal brings in and that have to answer first */
export function newMailboxes(base: RegistrationDocument, proposed: RegistrationDocument): string[] {
  return without(mailboxesOf(proposed), mailboxesOf(base));
}

/** @returns mailboxes that are registered and that the proposal drops; they are told at once */
export function leavingMailboxes(base: RegistrationDocument, proposed: RegistrationDocument): string[] {
  return without(mailboxesOf(base), mailboxesOf(proposed));
}

/** Compares as mail servers do in practice: without regard to case. */
export function without(mailboxes: readonly string[], others: readonly string[]): string[] {
  const keys = new Set(others.map((mailbox) => mailbox.toLowerCase()));
  return mailboxes.filter((mailbox) => !keys.has(mailbox.toLowerCase()));
}
