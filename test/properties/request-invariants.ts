import { type ChangeRequestStatus, TRANSITIONS } from '../../src/change-requests/change-request.state.js';
import { factsOf, holdsTogether, isCarriedOut, mailboxKeys } from './documents.js';
import { type Happening, hold, newVersions } from './happening.js';
import type { RequestRow, Snapshot, VersionRow } from './snapshot.js';
import { isOpen, requestsOf } from './view.js';

/** Change requests stand where they may, and what is decided is carried out whole, once. */
export function requestsHold(happening: Happening): void {
  const { before, after, jobs } = happening;
  for (const { id } of after.registrations) {
    const open = requestsOf(after, id).filter(isOpen);
    hold(open.length <= 1, () => `${open.map(({ number }) => number).join(' and ')} are open at once`);
  }
  if (jobs) nothingIsDue(after);
  tasksMatch(after);
  if (before.requests === after.requests && before.verifications === after.verifications) {
    hold(
      newVersions(happening).every(({ changeRequestId }) => changeRequestId === null),
      () => 'a version without its request',
    );
    return;
  }
  const earlier = new Map(before.requests.map((request) => [request.id, request]));
  for (const request of after.requests) {
    const previous = earlier.get(request.id);
    if (previous === undefined || JSON.stringify(previous) !== JSON.stringify(request)) {
      lifeHolds(happening, previous, request);
      proposalHolds(request);
      if (previous && previous.baseVersion !== request.baseVersion) rebaseHolds(previous, request);
    }
    verificationHolds(after, request);
    decisionHolds(after, request);
  }
  for (const id of earlier.keys()) {
    hold(
      after.requests.some((request) => request.id === id),
      () => 'a change request is gone',
    );
  }
}

function nothingIsDue({ requests, today, applications, recoveries }: Snapshot): void {
  for (const { number, status, lapsed, effectiveOn, blockedAt } of requests) {
    const lapses = status === 'awaiting_verification' || status === 'returned';
    hold(!(lapses && lapsed), () => `${number} should have expired`);
    const isDue = status === 'scheduled' && blockedAt === null && (effectiveOn ?? '') <= today;
    hold(!isDue, () => `${number} should have been carried out`);
  }
  hold(
    ![...applications, ...recoveries].some(
      ({ status, lapsed }) => status === 'awaiting_verification' && lapsed,
    ),
    () => 'an application or a claim should have expired',
  );
}

/** What waits for the office stands in its list, once, and nothing else. */
function tasksMatch(snapshot: Snapshot): void {
  const wanted = [
    ...snapshot.requests.flatMap(({ id, status, blockedAt, decidedByRule, lookedOverAt }) => [
      ...(status === 'under_review' ? [`change-request.review ${id}`] : []),
      ...(status === 'scheduled' && blockedAt !== null ? [`change-request.handover-blocked ${id}`] : []),
      ...(decidedByRule !== null && lookedOverAt === null ? [`change-request.look-over ${id}`] : []),
    ]),
    ...snapshot.applications.flatMap(({ id, status }) =>
      status === 'under_review' ? [`application.review ${id}`] : [],
    ),
    ...snapshot.recoveries.flatMap(({ id, status }) => {
      if (status === 'awaiting_call') return [`recovery.call ${id}`];
      return status === 'awaiting_agreement' ? [`recovery.agree ${id}`] : [];
    }),
    ...snapshot.policies.flatMap(({ id, status }) =>
      status === 'proposed' ? [`review-policy.agree ${id}`] : [],
    ),
  ];
  const open = snapshot.tasks
    .filter((task) => task.open)
    .map(({ kind, subjectId }) => `${kind} ${subjectId}`);
  const [want, have] = [wanted.toSorted().join('\n'), open.toSorted().join('\n')];
  hold(want === have, () => `the office has before it\n${have}\nand not\n${want}`);
}

const CLOSED: ReadonlySet<ChangeRequestStatus> = new Set([
  'approved',
  'partly_approved',
  'withdrawn',
  'expired',
]);
const BEGINNINGS: readonly ChangeRequestStatus[] = ['awaiting_verification', 'under_review', 'approved'];

function lifeHolds(
  { attempts, before, after }: Happening,
  previous: RequestRow | undefined,
  request: RequestRow,
): void {
  const { number, status } = request;
  const known = new Set(before.events.map(({ id }) => id));
  const isTold = after.events.some(({ id, subjectId }) => subjectId === request.id && !known.has(id));
  hold(isTold, () => `${number} changed without a trail`);
  const begun: readonly ChangeRequestStatus[] = previous ? [previous.status] : BEGINNINGS;
  let reached = previous ? begun.flatMap((from) => [from, ...stepsFrom(from)]) : [...BEGINNINGS];
  // What the rules let pass is sent and applied at once, also when it is sent again; so are two things at once.
  if (attempts.length > 1 || (request.decidedByRule !== null && status === 'approved'))
    reached = reached.flatMap((from) => [from, ...stepsFrom(from)]);
  hold(reached.includes(status), () => `${number} went from ${previous?.status} to ${status}`);
  if (!previous) {
    if (attempts.length === 1) draftIsSent(before, after, request);
    return;
  }
  if (CLOSED.has(previous.status)) {
    hold(
      sameBut(previous, request, ['version', 'lookedOverAt']),
      () => `${number} was decided and changed again`,
    );
    return;
  }
  hold(
    request.version > previous.version || sameBut(previous, request, ['warnedAt']),
    () => `${number} changed without a new version`,
  );
  if (status === 'expired') hold(previous.lapsed, () => `${number} expired before its time`);
}

/** What a clerk had typed so far has been sent with it; what a colleague saved last stays. */
function draftIsSent(before: Snapshot, after: Snapshot, request: RequestRow): void {
  const isSheet = request.kind === 'change' && request.proposedByAccountId === null;
  const isHere = ({ registrationId }: { registrationId: string }): boolean =>
    registrationId === request.registrationId;
  const [was, is] = [before.drafts.find(isHere), after.drafts.find(isHere)];
  if (!isSheet || !was) return;
  const isOwn = was.savedBy === request.proposedByName && was.savedByMailbox === request.proposedByMailbox;
  hold(!(isOwn && is), () => `the draft of ${request.number} was kept`);
  hold(isOwn || is !== undefined, () => `the draft of a colleague went with ${request.number}`);
}

const stepsFrom = (status: ChangeRequestStatus): ChangeRequestStatus[] => Object.values(TRANSITIONS[status]);

function sameBut(one: object, other: object, but: readonly string[]): boolean {
  const rest = (row: object): string =>
    JSON.stringify(Object.entries(row).filter(([name]) => !but.includes(name)));
  return rest(one) === rest(other);
}

/** What is proposed is a registration, and the changes are the whole difference. */
function proposalHolds({ number, base, proposed, changes }: RequestRow): void {
  hold(holdsTogether(factsOf(proposed)), () => `what ${number} proposes doesn't hold together`);
  const facts = factsOf(proposed);
  hold(
    changes.length > 0 && changes.every((change) => isCarriedOut(facts, change)),
    () => `the changes of ${number} aren't what it proposes`,
  );
  const count = changes.filter((change) => isCarriedOut(factsOf(base), change)).length;
  hold(count === 0, () => `${number} changes what is so already`);
}

/** Nothing that was proposed gets lost on the way to a newer version: staff say what they drop. */
function rebaseHolds(previous: RequestRow, request: RequestRow): void {
  const facts = factsOf(request.proposed);
  if (request.refused === previous.refused) return;
  const earlier = new Set(previous.refused.map(({ pointer }) => pointer));
  const dropped = request.refused
    .filter(({ pointer }) => !earlier.has(pointer))
    .map(({ pointer }) => pointer);
  // A clerk drops what they like of their own; so does a member of staff.
  if (dropped.length === 0) return;
  for (const change of previous.changes.filter(({ pointer }) => !earlier.has(pointer))) {
    const isDropped = dropped.some(
      (pointer) => change.pointer === pointer || change.pointer.startsWith(`${pointer}/`),
    );
    hold(
      isDropped || isCarriedOut(facts, change),
      () => `${request.number} lost ${change.pointer} on the way to version ${request.baseVersion}`,
    );
  }
}

/** Nobody looks at a request, let alone takes it over, before every new mailbox has answered; none waits in vain. */
function verificationHolds({ verifications }: Snapshot, request: RequestRow): void {
  const { id, number, status } = request;
  if (status === 'withdrawn' || status === 'expired' || status === 'returned') return;
  // One that is stopped asks when it is put right.
  if (status === 'scheduled' && request.blockedAt !== null) return;
  const mine = verifications.filter(({ subjectId }) => subjectId === id);
  const known = mailboxKeys(request.base);
  const awaited = [...mailboxKeys(request.proposed)].filter((key) => !known.has(key));
  const answers = (key: string, isAnswer: boolean): boolean =>
    mine.some(({ email, verifiedAt }) => email.toLowerCase() === key && (!isAnswer || verifiedAt !== null));
  const silent = awaited.filter((key) => !answers(key, true));
  if (status === 'awaiting_verification' || status === 'scheduled') {
    // A handover that was put on a newer version before its day may wait for one; on its day it is stopped.
    hold(silent.length > 0 || status === 'scheduled', () => `${number} waits for nobody`);
    const unasked = silent.filter((key) => !answers(key, false));
    hold(unasked.length === 0, () => `${number} waits for ${unasked.join(', ')}, which nobody asked`);
  } else {
    hold(silent.length === 0, () => `${number} is ${status}, though ${silent.join(', ')} never answered`);
  }
}

/** What is applied has become one version; every change is in it or is refused with a reason. */
function decisionHolds(snapshot: Snapshot, request: RequestRow): void {
  const { versions } = snapshot;
  const { id, number, status, changes, refused } = request;
  const applied = versions.filter(({ changeRequestId }) => changeRequestId === id);
  const isApplied = status === 'approved' || status === 'partly_approved';
  hold(
    applied.length === (isApplied ? 1 : 0),
    () => `${number} is ${status} and has ${applied.length} versions`,
  );
  const [version] = applied;
  if (!version) return;
  hold(
    refused.length > 0 === (status === 'partly_approved'),
    () => `${number} is ${status}, with ${refused.length} refused`,
  );
  hold(
    refused.every(({ reason }) => reason !== ''),
    () => `${number} refuses something without a reason`,
  );
  const left = new Set(refused.map(({ pointer }) => pointer));
  const facts = factsOf(version.document);
  for (const change of changes) {
    if (left.has(change.pointer)) continue;
    hold(isCarriedOut(facts, change), () => `${number} was applied without ${change.pointer}`);
  }
  nothingElseIsChanged(request, version, left);
  mailboxesHaveAnswered(snapshot, request, version);
}

function nothingElseIsChanged(
  { number, changes }: RequestRow,
  version: VersionRow,
  refused: ReadonlySet<string>,
): void {
  const wanted = new Set(changes.map(({ pointer }) => pointer).filter((pointer) => !refused.has(pointer)));
  const more = version.changes.filter(({ pointer }) => !wanted.has(pointer));
  hold(more.length === 0, () => `${number} also changed ${more.map(({ pointer }) => pointer).join(', ')}`);
}

/** Also one that was registered when the request was sent, and no longer when it was carried out. */
function mailboxesHaveAnswered(
  { versions, verifications }: Snapshot,
  { id, number }: RequestRow,
  { registrationId, version, document }: VersionRow,
): void {
  const previous = versions.find(
    (other) => other.registrationId === registrationId && other.version === version - 1,
  );
  const known = mailboxKeys(previous?.document);
  const silent = [...mailboxKeys(document)].filter(
    (key) =>
      !known.has(key) &&
      !verifications.some(
        ({ subjectId, email, verifiedAt }) =>
          subjectId === id && verifiedAt !== null && email.toLowerCase() === key,
      ),
  );
  hold(silent.length === 0, () => `${number} registered ${silent.join(', ')}, which never answered`);
}
