import { OPEN_STATUSES } from '../../src/change-requests/change-request.state.js';
import type { RegistrationDocument } from '../../src/registry/registration-document.js';
import type { Place, Which } from './operations.js';
import type { RecoveryRow, RegistrationRow, RequestRow, Snapshot } from './snapshot.js';
import { CODES, type Person } from './stage.js';

/** What people of the sequence see of a snapshot. */

export function registrationOf(snapshot: Snapshot, place: Place): RegistrationRow {
  const found = snapshot.registrations.find(({ code }) => code === CODES[place]);
  if (!found) throw new Error(`nothing is registered at ${place}`);
  return found;
}

export function documentOf(snapshot: Snapshot, registrationId: string): RegistrationDocument {
  const last = snapshot.versions.findLast((version) => version.registrationId === registrationId);
  if (!last) throw new Error(`the registration ${registrationId} has no version`);
  return last.document;
}

export const isOpen = ({ status }: Pick<RequestRow, 'status'>): boolean =>
  OPEN_STATUSES.some((open) => open === status);

export const requestsOf = ({ requests }: Snapshot, registrationId: string): RequestRow[] =>
  requests.filter((request) => request.registrationId === registrationId);

/** @returns the request that somebody means; where there is none such, the newest; undefined where there is none */
export function requestAt(snapshot: Snapshot, place: Place, which: Which): RequestRow | undefined {
  const all = requestsOf(snapshot, registrationOf(snapshot, place).id);
  const found = {
    open: () => all.find(isOpen),
    scheduled: () => all.find(({ status }) => status === 'scheduled'),
    applied: () => all.findLast(({ appliedAt }) => appliedAt !== null),
    newest: () => undefined,
    oldest: () => all[0],
  }[which]();
  return found ?? all.at(-1);
}

const PENDING: readonly string[] = ['awaiting_verification', 'awaiting_call', 'awaiting_agreement'];

export function recoveryAt(snapshot: Snapshot, place: Place): RecoveryRow | undefined {
  const { id } = registrationOf(snapshot, place);
  const all = snapshot.recoveries.filter(({ registrationId }) => registrationId === id);
  return all.findLast(({ status }) => PENDING.slice(1).includes(status)) ?? all.at(-1);
}

export const isPending = ({ status }: RecoveryRow): boolean => PENDING.includes(status);

export const isAlive = ({ sessions }: Snapshot, { viewer }: Person): boolean =>
  sessions.find(({ id }) => id === viewer.sessionId)?.alive ?? false;

/** Whoever proposed it: a clerk's proposal is the whole municipality's. */
export function isOwn(person: Person, place: Place, { proposedByAccountId }: RequestRow): boolean {
  return person.role === 'clerk'
    ? person.place === place && proposedByAccountId === null
    : person.accountId === proposedByAccountId;
}
