import { mailboxKeys } from './documents.js';
import { type Happening, hold, newVersions } from './happening.js';
import type { EventRow, MailRow, RequestRow, Snapshot, VersionRow } from './snapshot.js';
import { CODES } from './stage.js';
import { documentOf } from './view.js';

/** Who gets in, who is told what, and what stands in the trail. */
export function surroundingsHold(happening: Happening): void {
  sessionsHold(happening);
  trailHolds(happening);
  mailsHold(happening);
  recoveriesHold(happening);
  wallsHold(happening);
  const { policies } = happening.after;
  const inForce = policies.filter(({ status }) => status === 'in_force').length;
  const proposed = policies.filter(({ status }) => status === 'proposed').length;
  hold(inForce === 1 && proposed <= 1, () => `${inForce} rules are in force and ${proposed} proposed`);
}

/** Mailboxes through which one gets in, by lower case. */
function waysIn(snapshot: Snapshot, registrationId: string): ReadonlySet<string> {
  const isActive = snapshot.registrations.some(
    ({ id, status }) => id === registrationId && status === 'active',
  );
  return isActive ? mailboxKeys(documentOf(snapshot, registrationId)) : new Set();
}

function sessionsHold({ before, after }: Happening): void {
  for (const { id, registrationId, mailbox, revoked, alive } of after.sessions) {
    if (registrationId === null || mailbox === null) continue;
    const isRegistered = waysIn(after, registrationId).has(mailbox.toLowerCase());
    hold(alive === (isRegistered && !revoked), () =>
      alive
        ? `${mailbox} is no longer registered and still gets in`
        : `${mailbox} is registered and doesn't get in`,
    );
    const wasRevoked = before.sessions.find((session) => session.id === id)?.revoked ?? false;
    hold(!wasRevoked || revoked, () => `the session of ${mailbox} came back to life`);
  }
}

const newOf = <Row extends { readonly id: string }>(before: readonly Row[], after: readonly Row[]): Row[] => {
  if (before === after) return [];
  const known = new Set(before.map(({ id }) => id));
  return after.filter(({ id }) => !known.has(id));
};

const APPLIED: ReadonlySet<string> = new Set([
  'change-request.approved',
  'change-request.partly-approved',
  'change-request.applied-at-once',
  'change-request.applied',
]);

/** Every version but an import's stands in the trail, with its number, once. */
function trailHolds(happening: Happening): void {
  const { before, after } = happening;
  hold(before.events.length <= after.events.length, () => 'the trail got shorter');
  const events = newOf(before.events, after.events);
  for (const { registrationId, version, cause, changeRequestId } of newVersions(happening)) {
    if (cause === 'import') continue;
    const said = events.filter(
      ({ registrationId: id, details }: EventRow) =>
        id === registrationId && (details.registrationVersion ?? details.version) === version,
    );
    const isRight =
      changeRequestId === null ||
      said.every(({ type, subjectId }) => subjectId === changeRequestId && APPLIED.has(type));
    hold(
      said.length === 1 && isRight,
      () => `the trail says ${said.length} times how version ${version} came`,
    );
  }
}

const RESULTS = [
  'change-request.approved',
  'change-request.partly-approved',
  'change-request.applied-at-once',
];
const FAREWELLS: ReadonlySet<string> = new Set([
  'change-request.address-removed',
  'recovery.address-replaced',
  'membership.withdrawn',
]);
/** To mailboxes that aren't registered: codes, and what whoever applied or claimed is told once it has answered. */
const CODES_MAILED: ReadonlySet<string> = new Set([
  'change-request.verify-address',
  'membership.verify-address',
  'recovery.verify-address',
]);
/** Told by another job than the one that carries handovers out, whichever comes first. */
const BY_CALENDAR: ReadonlySet<string> = new Set(['change-request.expiring', 'change-request.expired']);
const TO_STRANGERS_WHO_ANSWERED: ReadonlySet<string> = new Set([
  'membership.received',
  'membership.declined',
  'membership.expired',
  'recovery.declined',
]);

function mailsHold(happening: Happening): void {
  const { before, after } = happening;
  const mails = newOf(before.mails, after.mails);
  for (const mail of mails) recipientHolds(happening, mail);
  for (const version of newVersions(happening)) resultIsTold(happening, version, mails);
  newsAreTold(happening, mails);
}

function recipientHolds(happening: Happening, { kind, recipient, registrationId, body }: MailRow): void {
  const { before, after, attempts, jobs } = happening;
  const key = recipient.toLowerCase();
  if (CODES_MAILED.has(kind)) {
    hold(!/代表電話|内線|0155-00-/.test(body), () => `the code to ${recipient} tells of what is registered`);
    return;
  }
  const isIn = (snapshot: Snapshot): boolean =>
    registrationId !== null &&
    snapshot.registrations.some(({ id }) => id === registrationId) &&
    waysIn(snapshot, registrationId).has(key);
  if (isIn(after)) return;
  // Of several things, operations or handovers of the day, one may have told it before another took it out.
  const versions = newVersions(happening).filter((version) => version.registrationId === registrationId);
  const several = attempts.length > 1 || versions.length > 1 || (jobs && BY_CALENDAR.has(kind));
  if (several && versions.some(({ document }) => mailboxKeys(document).has(key))) return;
  if (isIn(before)) {
    hold(several || FAREWELLS.has(kind), () => `${recipient} has just gone and gets ${kind}`);
    return;
  }
  if (TO_STRANGERS_WHO_ANSWERED.has(kind)) {
    const hasAnswered = after.verifications.some(
      ({ email, verifiedAt }) => email.toLowerCase() === key && verifiedAt !== null,
    );
    hold(hasAnswered, () => `${recipient} never answered and gets ${kind}`);
    return;
  }
  // A member of staff hears of their own proposals.
  hold(recipient.endsWith('@council.example'), () => `${recipient} isn't registered and gets ${kind}`);
}

/** To every mailbox that is registered from now on; one that has gone gets its farewell. */
function resultIsTold({ after }: Happening, version: VersionRow, mails: readonly MailRow[]): void {
  if (version.changeRequestId === null) return;
  const previous = after.versions.find(
    ({ registrationId, version: number }) =>
      registrationId === version.registrationId && number === version.version - 1,
  );
  const now = mailboxKeys(version.document);
  const gone = [...mailboxKeys(previous?.document)].filter((key) => !now.has(key));
  const told = (kinds: readonly string[], key: string): number =>
    mails.filter((mail) => kinds.includes(mail.kind) && mail.recipient.toLowerCase() === key).length;
  for (const key of now)
    hold(told(RESULTS, key) >= 1, () => `${key} isn't told of version ${version.version}`);
  for (const key of gone) {
    hold(told(['change-request.address-removed'], key) >= 1, () => `${key} isn't told that it has gone`);
  }
}

const NEWS: Partial<Record<RequestRow['status'], string>> = {
  returned: 'change-request.returned',
  scheduled: 'change-request.scheduled',
  withdrawn: 'change-request.withdrawn',
  expired: 'change-request.expired',
};

/** Whatever else becomes of a request is told to every mailbox, too; what ends all of them has its own mails. */
function newsAreTold({ before, after, attempts, jobs }: Happening, mails: readonly MailRow[]): void {
  if (before.requests === after.requests || attempts.length > 1) return;
  if (newOf(before.events, after.events).some(({ type }) => type === 'change-request.closed')) return;
  const earlier = new Map(before.requests.map(({ id, status }) => [id, status]));
  for (const { id, number, status, registrationId } of after.requests) {
    const kind = NEWS[status];
    if (kind === undefined || earlier.get(id) === status) continue;
    const earlierWays = waysIn(before, registrationId);
    for (const key of waysIn(after, registrationId)) {
      // A handover of the day may have brought it in after that.
      if (jobs && !earlierWays.has(key)) continue;
      const isTold = mails.some((mail) => mail.kind === kind && mail.recipient.toLowerCase() === key);
      hold(isTold, () => `${key} isn't told that ${number} is ${status}`);
    }
  }
}

/** Two people carried out every recovery, and it became a version; nobody got in through an older session. */
function recoveriesHold({ before, after }: Happening): void {
  if (before.recoveries === after.recoveries) return;
  const done = after.recoveries.filter(({ status }) => status === 'done');
  for (const { confirmedByAccountId, decidedByAccountId } of done) {
    hold(confirmedByAccountId !== decidedByAccountId, () => 'one person alone carried a recovery out');
  }
  const versions = after.versions.filter(({ cause }) => cause === 'recovery');
  hold(versions.length === done.length, () => `${done.length} recoveries made ${versions.length} versions`);
  for (const { id, registrationId } of done) {
    if (before.recoveries.some((recovery) => recovery.id === id && recovery.status === 'done')) continue;
    const old = before.sessions.filter((session) => session.registrationId === registrationId);
    hold(
      old.every(({ id: sessionId }) => after.sessions.some((s) => s.id === sessionId && !s.alive)),
      () => 'somebody is still in after a recovery',
    );
  }
}

/** What is done at one municipality leaves no mark on the other. */
function wallsHold({ before, after, attempts, jobs }: Happening): void {
  if (jobs || attempts.some(({ place }) => place === null)) return;
  for (const { id, code } of before.registrations) {
    if (attempts.some(({ place }) => place !== null && CODES[place] === code)) continue;
    for (const part of [
      'versions',
      'departments',
      'contacts',
      'freshness',
      'requests',
      'mails',
      'events',
    ] as const) {
      if (before[part] === after[part]) continue;
      const isOf = (row: { readonly registrationId: string | null }): boolean => row.registrationId === id;
      const rows = (snapshot: Snapshot): string => JSON.stringify(snapshot[part].filter(isOf));
      hold(rows(before) === rows(after), () => `${part} of the other municipality changed`);
    }
  }
}
