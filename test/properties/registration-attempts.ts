import { HandoversService } from '../../src/change-requests/handovers.service.js';
import { ProposalsService } from '../../src/change-requests/proposals.service.js';
import { DraftsService } from '../../src/drafts/drafts.service.js';
import { WithdrawalsService } from '../../src/memberships/withdrawals.service.js';
import { Database } from '../../src/platform/database/database.service.js';
import { diffRegistrations } from '../../src/registry/registration-diff.js';
import { knownIdsOf, resolveProposal } from '../../src/registry/registration-proposal.js';
import { RegistrationsService } from '../../src/registry/registrations.service.js';
import { type Attempt, refusalsAt, refusalsOf } from './attempts.js';
import { factsOf, unlike } from './documents.js';
import type { Of, Place } from './operations.js';
import { mailbox, personName, typed } from './sheet.js';
import type { Snapshot } from './snapshot.js';
import { hostOf, otherThan, type Person, type Stage } from './stage.js';
import { documentOf, isOpen, registrationOf, requestsOf } from './view.js';

export const mailboxOf =
  (place: Place) =>
  (value: number): string =>
    mailbox(value, hostOf(place), hostOf(otherThan(place)));

/** A version that nobody has seen. */
const wrong = (version: number): number => version + 7;

export function submit(
  { portal }: Stage,
  snapshot: Snapshot,
  person: Person,
  { place, edits, stale }: Of<'submit'>,
): Attempt {
  const registration = registrationOf(snapshot, place);
  const document = documentOf(snapshot, registration.id);
  const proposed = typed(document, edits, mailboxOf(place));
  return {
    what: `${person.name} submits at ${place}`,
    place,
    act: () =>
      portal.app
        .get(ProposalsService)
        .submit(person.viewer, registration.id, stale ? wrong(registration.version) : registration.version, {
          proposed,
          comment: null,
        }),
    refusals: {
      ...refusalsOf(snapshot, person, 'clerk', 'reviewer'),
      ...refusalsAt(person, place, registration, stale),
      'open-request-exists': requestsOf(snapshot, registration.id).some(isOpen),
      'no-changes': unlike(factsOf(proposed), factsOf(document)).length === 0,
    },
  };
}

export function handOver(
  { portal }: Stage,
  snapshot: Snapshot,
  person: Person,
  { place, at, value, days, stale }: Of<'hand-over'>,
): Attempt {
  const registration = registrationOf(snapshot, place);
  const { contacts } = documentOf(snapshot, registration.id);
  const outgoing = contacts[at % Math.max(contacts.length, 1)];
  const name = personName(value);
  const email = value % 2 === 0 ? null : mailboxOf(place)(at + value);
  const scheduled = requestsOf(snapshot, registration.id).filter(({ status }) => status === 'scheduled');
  return {
    what: `${person.name} proposes a handover at ${place}`,
    place,
    act: () =>
      portal.app
        .get(HandoversService)
        .propose(person.viewer, registration.id, stale ? wrong(registration.version) : registration.version, {
          outgoingContactId: outgoing?.id ?? registration.id,
          incoming: { name, kana: null, title: null, email, extension: null },
          effectiveOn: dateAfter(snapshot.today, days),
          comment: null,
        }),
    refusals: {
      ...refusalsOf(snapshot, person, 'clerk', 'reviewer'),
      ...refusalsAt(person, place, registration, stale),
      'open-request-exists': requestsOf(snapshot, registration.id).some(isOpen),
      invalid: days < 0 || days > 366 || outgoing?.name === name || outgoing === undefined,
      'handover-overlaps': scheduled.some(({ changes }) =>
        changes.some(({ pointer, kind }) => kind === 'removed' && pointer === `/contacts/${outgoing?.id}`),
      ),
    },
  };
}

function dateAfter(today: string, days: number): string {
  return new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10);
}

export function confirm(
  { portal }: Stage,
  snapshot: Snapshot,
  person: Person,
  { place, stale }: Of<'confirm'>,
): Attempt {
  const registration = registrationOf(snapshot, place);
  const version = stale ? wrong(registration.version) : registration.version;
  return {
    what: `${person.name} confirms ${place}`,
    place,
    act: () => portal.app.get(RegistrationsService).confirm(person.viewer, registration.id, version),
    refusals: {
      ...refusalsOf(snapshot, person, 'clerk', 'reviewer'),
      ...refusalsAt(person, place, registration, stale),
    },
  };
}

export function endMembership(
  { portal }: Stage,
  snapshot: Snapshot,
  person: Person,
  { place, stale, close: closeOpenRequest }: Of<'end-membership'>,
): Attempt {
  const registration = registrationOf(snapshot, place);
  const version = stale ? wrong(registration.version) : registration.version;
  const open = requestsOf(snapshot, registration.id).some(isOpen);
  return {
    what: `${person.name} ends the membership of ${place}`,
    place,
    act: () =>
      portal.app
        .get(WithdrawalsService)
        .withdraw(person.viewer, registration.id, version, { reason: '退会の届出', closeOpenRequest }),
    refusals: {
      ...refusalsOf(snapshot, person, 'reviewer'),
      ...refusalsAt(person, place, registration, stale),
      'open-request-exists': open && !closeOpenRequest,
    },
  };
}

export function saveDraft(
  { portal }: Stage,
  snapshot: Snapshot,
  person: Person,
  { place, stale }: Of<'save-draft' | 'remove-draft'>,
): Attempt {
  const registration = registrationOf(snapshot, place);
  const draft = snapshot.drafts.find(({ registrationId }) => registrationId === registration.id);
  const seen = draft?.version ?? null;
  const version = stale ? wrong(seen ?? 0) : seen;
  return {
    what: `${person.name} saves a draft at ${place}`,
    place,
    act: () =>
      portal.app.get(DraftsService).save(person.viewer, registration.id, version, {
        baseVersion: registration.version,
        content: { mainPhone: '0155-' },
      }),
    refusals: {
      ...refusalsOf(snapshot, person, 'clerk'),
      'not-found': person.place !== place,
      'stale-version': stale,
      'if-match-required': false,
    },
  };
}

export function removeDraft(
  { portal }: Stage,
  snapshot: Snapshot,
  person: Person,
  { place, stale }: Of<'save-draft' | 'remove-draft'>,
): Attempt {
  const { id } = registrationOf(snapshot, place);
  const draft = snapshot.drafts.find(({ registrationId }) => registrationId === id);
  const seen = draft?.version ?? 1;
  return {
    what: `${person.name} removes the draft at ${place}`,
    place,
    act: () => portal.app.get(DraftsService).remove(person.viewer, id, stale ? wrong(seen) : seen),
    refusals: {
      ...refusalsOf(snapshot, person, 'clerk'),
      'not-found': person.place !== place || draft === undefined,
      'stale-version': stale && draft !== undefined,
    },
  };
}

/** The list that the office was given moves a registration under whatever is open. */
export function importList({ portal }: Stage, snapshot: Snapshot, { place, edits }: Of<'import'>): Attempt {
  const registration = registrationOf(snapshot, place);
  return {
    what: `an import changes ${place}`,
    place,
    act: () =>
      portal.app.get(Database).asSystem('import', async (tx) => {
        const registrations = portal.app.get(RegistrationsService);
        const { version } = await registrations.lock(tx, registration.id);
        const { document: before } = await registrations.require(tx, registration.id);
        const document = resolveProposal(typed(before, edits, mailboxOf(place)), knownIdsOf(before));
        await registrations.apply(tx, {
          registrationId: registration.id,
          baseVersion: version,
          document,
          changes: diffRegistrations(before, document),
          cause: 'import',
          changeRequestId: null,
          proposedBy: '名簿',
          decidedBy: null,
        });
      }),
    refusals: { 'registration-moved': registration.status === 'withdrawn' },
  };
}
