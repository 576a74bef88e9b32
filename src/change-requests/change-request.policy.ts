import { isAllowed, Permission } from '../platform/access/permission.js';
import { type Actor, OFFICE } from '../platform/access/viewer.js';
import { formatDateJa } from '../platform/text/japanese-date.js';
import type { Change } from '../registry/registration-diff.js';
import { mailboxesOf, type RegistrationDocument } from '../registry/registration-document.js';
import { applyChanges, placeAsProposed } from '../registry/registration-merge.js';
import type { VerificationResponse } from '../verifications/verification.dto.js';
import { type ChangeRequestStatus, nextStatus } from './change-request.state.js';

interface Proposal {
  readonly registrationId: string;
  readonly proposedByAccountId: string | null;
}

/** Nobody decides on what they proposed themselves. */
export function isReviewerOtherThanProposer(actor: Actor, request: Proposal): boolean {
  return actor.kind === 'staff' && actor.accountId !== request.proposedByAccountId;
}

/** Whether somebody can decide on it as it stands: a reviewer, on another's proposal that is under review. */
export function mayDecide(
  actor: Actor,
  request: Proposal & { readonly status: ChangeRequestStatus },
): boolean {
  return (
    actor.kind === 'staff' &&
    isAllowed(actor.roles, Permission.DecideChange) &&
    isReviewerOtherThanProposer(actor, request) &&
    nextStatus(request.status, 'approve') !== null
  );
}

/** A clerk goes on with what their municipality sent; a member of staff with their own proposals. */
export function mayGoOnWith(actor: Actor, request: Proposal): boolean {
  if (actor.kind === 'member') {
    return actor.registrationId === request.registrationId && request.proposedByAccountId === null;
  }
  return actor.kind === 'staff' && actor.accountId === request.proposedByAccountId;
}

/**
 * A municipality may also take back what staff proposed for it: it is its registration. Staff may call off a
 * handover that waits for its date, since nobody else will when the clerk has gone.
 */
export function mayTakeBack(
  actor: Actor,
  request: Proposal & { readonly status: ChangeRequestStatus },
): boolean {
  if (actor.kind === 'member') return actor.registrationId === request.registrationId;
  return mayGoOnWith(actor, request) || (actor.kind === 'staff' && request.status === 'scheduled');
}

/**
 * Whoever proposed it, and whoever reviews it, may put it on top of what is registered now. A handover that waits for
 * its date is decided: what changes of it then is a decision, too, and so another's than the proposer's.
 */
export function mayRebase(
  actor: Actor,
  request: Proposal & { readonly status: ChangeRequestStatus },
): boolean {
  if (request.status === 'scheduled') return isReviewerOtherThanProposer(actor, request);
  return mayGoOnWith(actor, request) || (actor.kind === 'staff' && request.status === 'under_review');
}

/** Who proposed it, as the municipality reads it. */
export const publicProposer = (request: {
  readonly proposedByAccountId: string | null;
  readonly proposedByName: string;
}): string => (request.proposedByAccountId === null ? request.proposedByName : OFFICE);

/** What was not taken over, in words, and why. */
export type RefusedChange = Pick<Change, 'pointer' | 'kind' | 'label' | 'beforeText' | 'afterText'> & {
  readonly reason: string;
};

export const refuse = (
  { pointer, kind, label, beforeText, afterText }: Change,
  reason: string,
): RefusedChange => ({ pointer, kind, label, beforeText, afterText, reason });

/** @returns the changes that a decision takes over */
export function acceptedChanges({
  changes,
  refused,
}: {
  readonly changes: readonly Change[];
  readonly refused: readonly RefusedChange[];
}): Change[] {
  const pointers = new Set(refused.map(({ pointer }) => pointer));
  return changes.filter(({ pointer }) => !pointers.has(pointer));
}

/** @returns what the registration is to be after the decision */
export function acceptedDocument(request: {
  readonly base: RegistrationDocument;
  readonly proposed: RegistrationDocument;
  readonly changes: readonly Change[];
  readonly refused: readonly RefusedChange[];
}): RegistrationDocument {
  const accepted = acceptedChanges(request);
  // Taken over whole, also the order of people and departments is as proposed.
  if (accepted.length === request.changes.length) return request.proposed;
  return placeAsProposed(applyChanges(request.base, accepted), request.base, request.proposed);
}

/** @returns mailboxes that the proposal brings in and that have to answer first */
export function newMailboxes(base: RegistrationDocument, proposed: RegistrationDocument): string[] {
  return without(mailboxesOf(proposed), mailboxesOf(base));
}

/** @returns mailboxes that are registered and that the proposal drops; they are told at once */
export function leavingMailboxes(base: RegistrationDocument, proposed: RegistrationDocument): string[] {
  return without(mailboxesOf(base), mailboxesOf(proposed));
}

/**
 * Who is told of a sending: the sender, the mailboxes that would go, and those that stay where a new one is to join
 * them. A new mailbox is no secret from these: whoever brings in their own would be seen.
 */
export function toldOfSending(request: {
  readonly base: RegistrationDocument;
  readonly proposed: RegistrationDocument;
  readonly proposedByMailbox: string;
}): { sender: string; leaving: string[]; staying: string[] } {
  const { base, proposed, proposedByMailbox: sender } = request;
  const leaving = leavingMailboxes(base, proposed);
  const joined = newMailboxes(base, proposed).length > 0;
  return { sender, leaving, staying: joined ? without(mailboxesOf(base), [...leaving, sender]) : [] };
}

/** @returns new mailboxes of the request that no code has come back from */
export function awaitingMailboxes(request: {
  readonly base: RegistrationDocument;
  readonly proposed: RegistrationDocument;
  readonly verifications: readonly VerificationResponse[];
}): string[] {
  const verified = request.verifications
    .filter(({ verifiedAt }) => verifiedAt !== null)
    .map(({ email }) => email);
  return without(newMailboxes(request.base, request.proposed), verified);
}

/** @returns mailboxes that have been mailed a code which is still good */
export const openVerifications = (verifications: readonly VerificationResponse[], now: Date): string[] =>
  verifications
    .filter(({ verifiedAt, expiresAt }) => verifiedAt === null && new Date(expiresAt) > now)
    .map(({ email }) => email);

/** Compares as mail servers do in practice: without regard to case. */
export function without(mailboxes: readonly string[], others: readonly string[]): string[] {
  const keys = new Set(others.map((mailbox) => mailbox.toLowerCase()));
  return mailboxes.filter((mailbox) => !keys.has(mailbox.toLowerCase()));
}

/** What the office's list of tasks says of it. */
export const taskOf = (request: {
  readonly id: string;
  readonly registrationId: string;
  readonly municipality: string;
  readonly number: string;
  readonly effectiveOn: string | null;
}): { subjectId: string; registrationId: string; title: string } => ({
  subjectId: request.id,
  registrationId: request.registrationId,
  title:
    request.effectiveOn === null
      ? `${request.municipality}　変更届 ${request.number}`
      : `${request.municipality}　引継ぎ ${request.number}（${formatDateJa(request.effectiveOn)}から）`,
});
