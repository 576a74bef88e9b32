import { changedFacts, factsOf, unlike } from './documents.js';
import { type Happening, hold, newVersions } from './happening.js';
import type { FreshnessRow, ItemRow, RegistrationRow, Snapshot, VersionRow } from './snapshot.js';
import { documentOf } from './view.js';

/** The registration, its history and what is known of its fields tell the same story. */
export function historyHolds(happening: Happening): void {
  const { before, after } = happening;
  const codes = after.registrations.filter(({ status }) => status === 'active').map(({ code }) => code);
  hold(new Set(codes).size === codes.length, () => 'a municipality is registered twice');
  for (const registration of after.registrations) {
    const versions = versionsOf(after, registration.id);
    if (after.versions !== before.versions || after.registrations !== before.registrations) {
      versionsAreGapless(registration, versions);
      eachVersionFollows(versions);
      historyOnlyGrows(happening, versionsOf(before, registration.id), versions);
    }
    if (registration.status === 'active') sheetIsTheLastVersion(after, registration);
    freshnessHolds(happening, registration);
    confirmationHolds(happening, registration);
  }
}

const versionsOf = ({ versions }: Snapshot, id: string): VersionRow[] =>
  versions.filter(({ registrationId }) => registrationId === id);

function versionsAreGapless({ version: current }: RegistrationRow, versions: readonly VersionRow[]): void {
  hold(
    versions.length === current && versions.every(({ version }, index) => version === index + 1),
    () => `the versions ${versions.map(({ version }) => version).join()} don't lead to ${current}`,
  );
}

function eachVersionFollows(versions: readonly VersionRow[]): void {
  for (const [index, { document, changes, version, effectiveOn }] of versions.entries()) {
    const previous = versions[index - 1];
    if (!previous) continue;
    hold(
      previous.effectiveOn <= effectiveOn,
      () => `version ${version} holds from a day before its predecessor`,
    );
    const facts = factsOf(previous.document);
    const wrong = unlike(changedFacts(facts, changes), factsOf(document));
    hold(wrong.length === 0, () => `version ${version} doesn't say that ${wrong.join(', ')} changed`);
    for (const { pointer, kind, before } of changes) {
      const known = facts.get(pointer) ?? null;
      hold(
        kind === 'added' ? !facts.has(pointer) : kind === 'removed' ? facts.has(pointer) : known === before,
        () =>
          `version ${version} says that ${pointer} was ${JSON.stringify(before)}; it was ${String(known)}`,
      );
    }
  }
}

function historyOnlyGrows(
  { attempts, jobs, before }: Happening,
  earlier: readonly VersionRow[],
  versions: readonly VersionRow[],
): void {
  for (const [index, version] of earlier.entries()) {
    hold(
      JSON.stringify(versions[index]) === JSON.stringify(version),
      () => `version ${version.version} was rewritten`,
    );
  }
  const due = before.requests.filter(({ status }) => status === 'scheduled').length;
  const grown = versions.length - earlier.length;
  hold(grown <= (jobs ? due : attempts.length), () => `${grown} versions came of one decision`);
}

function sheetIsTheLastVersion(
  snapshot: Snapshot,
  { id, mainPhone, primaryDepartmentId }: RegistrationRow,
): void {
  const isOf = ({ registrationId }: ItemRow): boolean => registrationId === id;
  const sheet = {
    mainPhone,
    primaryDepartmentId,
    departments: snapshot.departments.filter(isOf),
    contacts: snapshot.contacts.filter(isOf),
  };
  const wrong = unlike(factsOf(sheet as never), factsOf(documentOf(snapshot, id)));
  hold(wrong.length === 0, () => `what is in effect isn't what the last version says: ${wrong.join(', ')}`);
}

const ASIDE = /^\/versions\/\d+/;

/** Nothing is forgotten or made older, and only what somebody changed or confirmed is made fresh. */
function freshnessHolds(happening: Happening, registration: RegistrationRow): void {
  const { before, after } = happening;
  if (before.freshness === after.freshness) return;
  const versions = newVersions(happening).filter(({ registrationId }) => registrationId === registration.id);
  const isReturn = versions.some(({ cause }) => cause === 'return');
  const isOf = ({ registrationId }: FreshnessRow): boolean => registrationId === registration.id;
  const known = new Map(before.freshness.filter(isOf).map((row) => [row.pointer, row]));
  const now = after.freshness.filter(isOf);
  const pointers = new Set(now.map(({ pointer }) => pointer.replace(ASIDE, '')));
  for (const { pointer } of known.values()) {
    const kept = isReturn
      ? pointers.has(pointer.replace(ASIDE, ''))
      : now.some((row) => row.pointer === pointer);
    hold(kept, () => `it was forgotten how fresh ${pointer} is`);
  }
  const touched = touchedBy(happening, registration, versions);
  for (const { pointer, at, method } of now) {
    const earlier = known.get(pointer);
    if (earlier?.at === at && earlier.method === method) continue;
    if (isReturn && ASIDE.test(pointer)) continue;
    hold(at >= (earlier?.at ?? 0), () => `${pointer} was made older`);
    hold(touched.may.has(pointer), () => `${pointer} was made fresh, though nobody touched it`);
  }
  const fresh = new Set(now.map(({ pointer }) => pointer));
  for (const pointer of touched.must)
    hold(fresh.has(pointer), () => `${pointer} was touched and isn't fresh`);
}

/** Pointers that may have been made fresh, and those that must be known now. */
function touchedBy(
  { before, after }: Happening,
  { id }: RegistrationRow,
  versions: readonly VersionRow[],
): { may: ReadonlySet<string>; must: ReadonlySet<string> } {
  const changed = versions.flatMap(({ changes, document, cause }) => {
    const all = [...factsOf(document).keys()];
    // A municipality that applied said all of it just now.
    if (cause === 'return') return all;
    return changes.flatMap(({ pointer, kind }) => {
      if (kind === 'removed') return [];
      return kind === 'changed' ? [pointer] : all.filter((known) => known.startsWith(`${pointer}/`));
    });
  });
  const isConfirmed = confirmedAt(before, id) !== confirmedAt(after, id);
  // Something else may have happened beside a confirmation, before or after it.
  const [earlier, now] = [before, after].map((snapshot) => factsOf(documentOf(snapshot, id)));
  const both = [...(now?.keys() ?? [])].filter((pointer) => earlier?.has(pointer));
  const either = [...(now?.keys() ?? []), ...(earlier?.keys() ?? [])];
  return {
    may: new Set([...changed, ...(isConfirmed ? either : [])].filter(isKeptFresh)),
    must: new Set([...changed, ...(isConfirmed && versions.length === 0 ? both : [])].filter(isKeptFresh)),
  };
}

const isKeptFresh = (pointer: string): boolean =>
  /^\/mainPhone$|^\/[^/]+\/[^/]+\/[^/]+$/.test(pointer) && !pointer.endsWith('/departmentId');

const confirmedAt = ({ registrations }: Snapshot, id: string): string | null =>
  registrations.find((registration) => registration.id === id)?.lastConfirmedAt ?? null;

function confirmationHolds(happening: Happening, { id }: RegistrationRow): void {
  const { before, after } = happening;
  if (before.registrations === after.registrations || confirmedAt(before, id) === confirmedAt(after, id))
    return;
  const known = new Set(before.events.map((event) => event.id));
  const isSaid = after.events.some(
    (event) =>
      !known.has(event.id) &&
      event.registrationId === id &&
      ['registration.confirmed', 'registration.returned'].includes(event.type),
  );
  hold(isSaid, () => 'it counts as confirmed, though nobody said so');
}
