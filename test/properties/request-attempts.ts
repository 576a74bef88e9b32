import type { ApproveDto, RebaseChoiceDto } from '../../src/change-requests/change-request.dto.js';
import { ChangeRequestsService } from '../../src/change-requests/change-requests.service.js';
import { DecisionsService } from '../../src/change-requests/decisions.service.js';
import { LookOverService } from '../../src/change-requests/look-over.service.js';
import { OwnRequestsService } from '../../src/change-requests/own-requests.service.js';
import { RebaseService } from '../../src/change-requests/rebase.service.js';
import { UndoService } from '../../src/change-requests/undo.service.js';
import type { Change } from '../../src/registry/registration-diff.js';
import { type Attempt, type Refusals, refusalsOf } from './attempts.js';
import { changedFacts, factsOf, holdsTogether, unlike } from './documents.js';
import type { Of } from './operations.js';
import { mailboxOf } from './registration-attempts.js';
import { typed } from './sheet.js';
import type { RequestRow, Snapshot } from './snapshot.js';
import type { Person, Stage } from './stage.js';
import { isOpen, isOwn, registrationOf, requestsOf } from './view.js';

type ToRequest = Of<'edit' | 'resubmit' | 'approve' | 'rebase'>;

/** What an attempt at a request is made of. */
export interface Setting {
  readonly stage: Stage;
  readonly snapshot: Snapshot;
  readonly person: Person;
  readonly request: RequestRow;
}

const versionOf = ({ version }: RequestRow, stale: boolean): number => (stale ? version + 7 : version);

const named = ({ person, request }: Setting, { op, place, stale }: ToRequest): string =>
  `${person.name}: ${op} ${request.number} of ${place}, ${request.status}${stale ? ', stale' : ''}`;

/** Whoever is elsewhere doesn't know that there is such a request. */
const foreign = (person: Person, { place }: ToRequest): boolean =>
  person.place !== null && person.place !== place;

const hasMoved = ({ snapshot, request }: Setting, { place }: ToRequest): boolean =>
  registrationOf(snapshot, place).version !== request.baseVersion;

/** Why somebody may be refused who goes on with a request as its own. */
function ownRefusals(setting: Setting, operation: ToRequest): Refusals {
  const { snapshot, person, request } = setting;
  const common = refusalsOf(snapshot, person, 'clerk', 'reviewer');
  return {
    ...common,
    'not-found': foreign(person, operation),
    forbidden: common.forbidden === true || !isOwn(person, operation.place, request),
    'stale-version': operation.stale,
  };
}

export function edit(setting: Setting, operation: Of<'edit'>): Attempt {
  const { stage, person, request } = setting;
  const proposed = typed(request.proposed, operation.edits, mailboxOf(operation.place));
  return {
    what: named(setting, operation),
    place: operation.place,
    act: () =>
      stage.portal.app
        .get(OwnRequestsService)
        .edit(person.viewer, request.id, versionOf(request, operation.stale), { proposed, comment: null }),
    refusals: {
      ...ownRefusals(setting, operation),
      'not-editable': request.status !== 'returned' || request.kind === 'handover',
      'registration-moved': hasMoved(setting, operation),
      'no-changes': unlike(factsOf(proposed), factsOf(request.base)).length === 0,
    },
  };
}

export function resubmit(setting: Setting, operation: Of<'resubmit'>): Attempt {
  const { stage, person, request } = setting;
  return {
    what: named(setting, operation),
    place: operation.place,
    act: () =>
      stage.portal.app
        .get(OwnRequestsService)
        .resubmit(person.viewer, request.id, versionOf(request, operation.stale)),
    refusals: {
      ...ownRefusals(setting, operation),
      'not-editable': request.status !== 'returned',
      'registration-moved': hasMoved(setting, operation),
      // A handover that lay returned past its date needs another.
      invalid: request.effectiveOn !== null && request.effectiveOn < setting.snapshot.today,
    },
  };
}

export function resend(setting: Setting, operation: Of<'resend'>): Attempt {
  const { stage, person, request } = setting;
  return {
    what: named(setting, operation),
    place: operation.place,
    act: () => stage.portal.app.get(OwnRequestsService).resend(person.viewer, request.id),
    refusals: {
      ...ownRefusals(setting, operation),
      'stale-version': false,
      'not-awaiting-verification':
        request.status === 'scheduled' ? 'maybe' : request.status !== 'awaiting_verification',
      'too-many-requests': 'maybe',
    },
  };
}

export function withdraw(setting: Setting, operation: Of<'withdraw'>): Attempt {
  const { stage, snapshot, person, request } = setting;
  const common = refusalsOf(snapshot, person, 'clerk', 'reviewer');
  const mayTakeBack =
    person.role === 'clerk' ||
    isOwn(person, operation.place, request) ||
    (person.role === 'reviewer' && request.status === 'scheduled');
  return {
    what: named(setting, operation),
    place: operation.place,
    act: () =>
      stage.portal.app
        .get(OwnRequestsService)
        .withdraw(person.viewer, request.id, versionOf(request, operation.stale)),
    refusals: {
      ...common,
      'not-found': foreign(person, operation),
      forbidden: common.forbidden === true || !mayTakeBack,
      'not-withdrawable': !isOpen(request) && request.status !== 'scheduled',
      'stale-version': operation.stale,
    },
  };
}

function decisionRefusals(setting: Setting, operation: ToRequest): Refusals {
  const { snapshot, person, request } = setting;
  return {
    ...refusalsOf(snapshot, person, 'reviewer'),
    'own-proposal': person.accountId === request.proposedByAccountId,
    'not-under-review': request.status === 'awaiting_verification',
    'already-decided': request.status !== 'awaiting_verification' && request.status !== 'under_review',
    'registration-moved': hasMoved(setting, operation),
    'stale-version': operation.stale,
  };
}

export function giveBack(setting: Setting, operation: Of<'return'>): Attempt {
  const { stage, person, request } = setting;
  const version = versionOf(request, operation.stale);
  return {
    what: named(setting, operation),
    place: operation.place,
    act: () =>
      stage.portal.app.get(DecisionsService).return(person.viewer, request.id, version, 'お確かめください。'),
    // Nothing is overwritten by giving back.
    refusals: { ...decisionRefusals(setting, operation), 'registration-moved': false },
  };
}

export function approve(setting: Setting, operation: Of<'approve'>): Attempt {
  const { stage, person, request } = setting;
  const { dto, isValid } = choiceOf(request, operation);
  return {
    what: `${named(setting, operation)}, ${operation.how}`,
    place: operation.place,
    act: () =>
      stage.portal.app
        .get(DecisionsService)
        .approve(person.viewer, request.id, versionOf(request, operation.stale), dto),
    refusals: { ...decisionRefusals(setting, operation), invalid: !isValid },
  };
}

function choiceOf(
  { base, changes, refused: earlier }: RequestRow,
  { how, bits }: Of<'approve'>,
): { dto: ApproveDto; isValid: boolean } {
  const isChosen = (_change: Change, index: number): boolean => ((bits >> (index % 10)) & 1) === 1;
  const refused = how === 'some' ? changes.filter(isChosen) : [];
  const refusals = refused.map(({ pointer }) => ({ pointer, reason: '根拠が見当たりません。' }));
  if (how === 'unknown') refusals.push({ pointer: '/contacts/nobody', reason: 'なし' });
  const accept = changes.filter((change) => !refused.includes(change)).map(({ pointer }) => pointer);
  const left = new Set([...refusals, ...earlier].map(({ pointer }) => pointer));
  const accepted = changes.filter(({ pointer }) => !left.has(pointer));
  const isWhole =
    accepted.length > 0 && how !== 'unknown' && holdsTogether(changedFacts(factsOf(base), accepted));
  if (how === 'forgetful') {
    const named = accept.slice(1);
    return {
      dto: { reason: null, accept: named, refusals },
      isValid: named.length === changes.length && isWhole,
    };
  }
  // Both ways of saying it: every change in one of the lists, or only what is refused.
  const dto = bits % 2 === 0 ? { reason: null, accept, refusals } : { reason: null, refusals };
  return { dto, isValid: isWhole };
}

export function lookOver(setting: Setting, operation: Of<'look-over'>): Attempt {
  const { stage, snapshot, person, request } = setting;
  return {
    what: named(setting, operation),
    place: operation.place,
    act: () => stage.portal.app.get(LookOverService).lookOver(person.viewer, request.id),
    refusals: {
      ...refusalsOf(snapshot, person, 'reviewer'),
      'nothing-to-look-over': request.decidedByRule === null,
    },
  };
}

export function undo(setting: Setting, operation: Of<'undo'>): Attempt {
  const { stage, snapshot, person, request } = setting;
  const registration = registrationOf(snapshot, operation.place);
  return {
    what: named(setting, operation),
    place: operation.place,
    act: () => stage.portal.app.get(UndoService).undo(person.viewer, request.id, '取り違えのようです。'),
    refusals: {
      ...refusalsOf(snapshot, person, 'reviewer'),
      'not-applied': request.appliedAt === null,
      'registration-withdrawn': registration.status === 'withdrawn',
      'open-request-exists': requestsOf(snapshot, registration.id).some(isOpen),
      'no-changes': 'maybe',
      'registration-moved': 'maybe',
    },
  };
}

export function compare(setting: Setting, operation: Of<'compare'>): Attempt {
  const { stage, snapshot, person, request } = setting;
  return {
    what: named(setting, operation),
    place: operation.place,
    act: async () => {
      await stage.portal.app.get(ChangeRequestsService).get(person.viewer, request.id);
      return stage.portal.app.get(RebaseService).compare(person.viewer, request.id);
    },
    refusals: {
      ...refusalsOf(snapshot, person, 'clerk', 'reviewer', 'admin'),
      'not-found': foreign(person, operation),
    },
  };
}

export function rebase(setting: Setting, operation: Of<'rebase'>): Attempt {
  const { stage, snapshot, person, request } = setting;
  const { place, stale } = operation;
  const common = refusalsOf(snapshot, person, 'clerk', 'reviewer');
  const own = isOwn(person, place, request);
  const staffs = person.role === 'reviewer' && request.status === 'under_review';
  // What is decided is decided anew by another.
  const may =
    request.status === 'scheduled'
      ? person.role === 'reviewer' && person.accountId !== request.proposedByAccountId
      : own || staffs;
  const registrationVersion = registrationOf(snapshot, place).version;
  return {
    what: `${named(setting, operation)}, ${operation.how}`,
    place,
    act: async () => {
      const rebasing = stage.portal.app.get(RebaseService);
      const choices = await choicesOf(rebasing, setting, operation);
      return rebasing.rebase(person.viewer, request.id, versionOf(request, stale), {
        registrationVersion,
        choices,
      });
    },
    refusals: {
      ...common,
      'not-found': foreign(person, operation),
      forbidden: common.forbidden === true || !may,
      'already-decided': !isOpen(request) && request.status !== 'scheduled',
      'registration-not-moved': !hasMoved(setting, operation),
      'registration-moved': false,
      'stale-version': stale,
      'no-changes': 'maybe',
      invalid: 'maybe',
    },
  };
}

/** Careful people choose for every conflict, and give a reason; the careless forget some of it. */
async function choicesOf(
  rebasing: RebaseService,
  { person, request }: Setting,
  { how, bits }: Of<'rebase'>,
): Promise<RebaseChoiceDto[]> {
  const { fields } = await rebasing.compare(person.viewer, request.id);
  const isAt = (index: number): boolean => ((bits >> (index % 10)) & 1) === 1;
  return fields
    .filter(({ state }, index) =>
      how === 'complete' ? state === 'conflict' || isAt(index + 5) : isAt(index + 5),
    )
    .filter(({ state }) => how === 'careless' || state !== 'current')
    .map(({ pointer }, index) => ({
      pointer,
      take: isAt(index) ? 'proposed' : 'current',
      reason: how === 'careless' ? null : 'いまの登録のとおりとします。',
    }));
}

/** Those whose operation holds nothing but whom it is about. */
export const SHORT = {
  resubmit,
  resend,
  withdraw,
  return: giveBack,
  'look-over': lookOver,
  undo,
  compare,
};
