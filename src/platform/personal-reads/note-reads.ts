import type { StaffActor } from '../access/viewer.js';
import type { Tx } from '../database/tx.js';
import { insertReads, type NewReads } from './personal-reads.repository.js';
import { READ_OPERATIONS, type ReadOperation } from './read-operations.js';

/** Something that holds names, mailboxes or numbers of people. */
export interface PersonalSubject {
  readonly id: string;
  /** Whose people; null for what belongs to no registration yet. */
  readonly registrationId: string | null;
}

/**
 * Notes whose personal data an answer shows, in the transaction that reads them: no answer without its note. Only of
 * staff: members are shown their own municipality alone. One statement, however many there are.
 */
export async function noteReads(
  tx: Tx,
  operation: ReadOperation,
  subjects: readonly PersonalSubject[],
): Promise<void> {
  if (tx.actor.kind !== 'staff' || subjects.length === 0) return;
  await insertReads(tx, readsOf(tx.actor, operation, subjects));
}

/**
 * The same for what a refusal shows, such as both sides of a conflict. Everything else that the transaction did is
 * undone; this is written nevertheless.
 */
export function noteReadsOfRefusal(
  tx: Tx,
  operation: ReadOperation,
  subjects: readonly PersonalSubject[],
): void {
  const { actor } = tx;
  if (actor.kind !== 'staff') return;
  tx.afterRefusal((own) => insertReads(own, readsOf(actor, operation, subjects)));
}

const readsOf = (
  { sessionId, accountId }: StaffActor,
  operation: ReadOperation,
  subjects: readonly PersonalSubject[],
): NewReads => ({ sessionId, accountId, operation, subjectType: READ_OPERATIONS[operation], subjects });
