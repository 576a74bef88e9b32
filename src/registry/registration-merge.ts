import { type Change, type ChangeValue, diffRegistrations } from './registration-diff.js';
import type { ContactDocument, DepartmentDocument, RegistrationDocument } from './registration-document.js';

/** Something that a document can't hold together without. */
export interface Flaw {
  /** The contact or the choice of primary department that points nowhere. */
  readonly pointer: string;
  readonly code: 'no-department' | 'department-missing';
  /** The department that it needs. */
  readonly departmentId: string | null;
}

/** @returns what keeps a document from being a registration; nothing where it is one */
export function flawsOf(document: RegistrationDocument): Flaw[] {
  const { departments, contacts, primaryDepartmentId } = document;
  const ids = new Set(departments.map(({ id }) => id));
  const missing = (pointer: string, departmentId: string): Flaw[] =>
    ids.has(departmentId) ? [] : [{ pointer, code: 'department-missing', departmentId }];
  return [
    ...(ids.size === 0
      ? [{ pointer: '/departments', code: 'no-department', departmentId: null } as const]
      : []),
    ...missing('/primaryDepartmentId', primaryDepartmentId),
    ...contacts.flatMap((contact) => missing(`/contacts/${contact.id}`, contact.departmentId)),
  ];
}

/**
 * Takes changes over into a document, as {@link diffRegistrations} gives them. A change of a field of something that
 * isn't there does nothing.
 */
export function applyChanges(
  document: RegistrationDocument,
  changes: readonly Change[],
): RegistrationDocument {
  return changes.reduce(applyChange, document);
}

function applyChange(document: RegistrationDocument, change: Change): RegistrationDocument {
  const [, root = '', id = '', field] = change.pointer.split('/');
  if (root !== 'departments' && root !== 'contacts') return { ...document, [root]: change.after };
  const items: readonly (DepartmentDocument | ContactDocument)[] = document[root];
  if (field !== undefined) {
    return {
      ...document,
      [root]: items.map((item) => (item.id === id ? { ...item, [field]: change.after } : item)),
    };
  }
  const others = items.filter((item) => item.id !== id);
  return { ...document, [root]: change.after === null ? others : [...others, change.after] };
}

/**
 * Puts what came in where the proposal has it: a successor in the place of whoever left, not at the end.
 *
 * @param before what was there: its items keep their order
 */
export function placeAsProposed(
  document: RegistrationDocument,
  before: RegistrationDocument,
  proposed: RegistrationDocument,
): RegistrationDocument {
  return {
    ...document,
    departments: placeItems(document.departments, before.departments, proposed.departments),
    contacts: placeItems(document.contacts, before.contacts, proposed.contacts),
  };
}

function placeItems<Item extends { readonly id: string }>(
  items: readonly Item[],
  before: readonly Item[],
  proposed: readonly Item[],
): Item[] {
  const known = new Set(before.map(({ id }) => id));
  const placed = items.filter(({ id }) => known.has(id));
  const indexOf = ({ id }: Item): number => placed.findIndex((item) => item.id === id);
  const newcomers = new Map(items.filter(({ id }) => !known.has(id)).map((item) => [item.id, item]));
  for (const [at, { id }] of proposed.entries()) {
    const item = newcomers.get(id);
    if (!item) continue;
    // Beside the neighbours that are still there.
    const preceding = proposed.slice(0, at).map(indexOf).findLast(isThere);
    const following = proposed
      .slice(at + 1)
      .map(indexOf)
      .find(isThere);
    placed.splice(preceding === undefined ? (following ?? placed.length) : preceding + 1, 0, item);
    newcomers.delete(id);
  }
  return [...placed, ...newcomers.values()];
}

const isThere = (index: number): boolean => index !== -1;

/** Whose word holds where the two sides differ: what is registered now, or what was proposed. */
export type Side = 'current' | 'proposed';

/** One thing that at least one side has changed since the base. */
export interface ThreeWayField {
  readonly pointer: string;
  readonly label: string;
  /** `current` and `proposed`: only that side changed it; `same`: both alike; `conflict`: somebody has to choose. */
  readonly state: Side | 'same' | 'conflict';
  /** In words; null: nothing was or is there. */
  readonly baseText: string | null;
  readonly currentText: string | null;
  readonly proposedText: string | null;
}

export interface Merge {
  readonly document: RegistrationDocument;
  /** Conflicts without a choice; the document holds what is registered now. */
  readonly unresolved: readonly string[];
  /** What was proposed and isn't in the document, as changes against the base. */
  readonly dropped: readonly Change[];
}

/** @returns everything that changed on either side since the base, in the order of the sheet */
export function compareThreeWay(
  base: RegistrationDocument,
  current: RegistrationDocument,
  proposed: RegistrationDocument,
): ThreeWayField[] {
  return weigh(base, current, proposed).map(({ pointer, label, state, theirs, ours }) => ({
    pointer,
    label,
    state,
    baseText: (theirs ?? ours)?.beforeText ?? null,
    currentText: ours ? ours.afterText : (theirs?.beforeText ?? null),
    proposedText: theirs ? theirs.afterText : (ours?.beforeText ?? null),
  }));
}

/**
 * Takes over what was proposed into what is registered now. Where only one side changed something, it holds, unless
 * `choices` say otherwise; a conflict needs a choice.
 *
 * @param choices by the pointers of {@link compareThreeWay}
 */
export function mergeThreeWay(
  base: RegistrationDocument,
  current: RegistrationDocument,
  proposed: RegistrationDocument,
  choices: ReadonlyMap<string, Side> = new Map(),
): Merge {
  const weighed = weigh(base, current, proposed).filter(({ theirs }) => theirs !== null);
  const sideOf = ({ pointer, state }: Weighed): Side =>
    choices.get(pointer) ?? (state === 'proposed' ? 'proposed' : 'current');
  const taken = weighed.filter((field) => field.state !== 'same' && sideOf(field) === 'proposed');
  const dropped = weighed.filter((field) => field.state !== 'same' && sideOf(field) === 'current');
  const merged = applyChanges(
    current,
    taken.map(({ theirs }) => theirs as Change),
  );
  return {
    document: placeAsProposed(merged, current, proposed),
    unresolved: weighed
      .filter(({ state, pointer }) => state === 'conflict' && !choices.has(pointer))
      .map(({ pointer }) => pointer),
    dropped: dropped.map(({ theirs }) => theirs as Change),
  };
}

interface Weighed {
  readonly pointer: string;
  readonly label: string;
  readonly state: ThreeWayField['state'];
  /** Against the base; null: this side left it as it was. */
  readonly theirs: Change | null;
  readonly ours: Change | null;
}

function weigh(
  base: RegistrationDocument,
  current: RegistrationDocument,
  proposed: RegistrationDocument,
): Weighed[] {
  const ours = byPointer(diffRegistrations(base, current));
  const theirs = byPointer(diffRegistrations(base, proposed));
  liftToItem(ours, theirs, base, current);
  liftToItem(theirs, ours, base, proposed);
  const pointers = [...new Set([...theirs.keys(), ...ours.keys()])];
  const weighed = pointers.map((pointer): Weighed => {
    const their = theirs.get(pointer) ?? null;
    const our = ours.get(pointer) ?? null;
    return {
      pointer,
      label: (their ?? our)?.label ?? '',
      state: stateOf(our, their),
      theirs: their,
      ours: our,
    };
  });
  const torn = tornPointers(current, weighed);
  return weighed.map((field) => (torn.has(field.pointer) ? { ...field, state: 'conflict' } : field));
}

const byPointer = (changes: readonly Change[]): Map<string, Change> =>
  new Map(changes.map((change) => [change.pointer, change]));

function stateOf(ours: Change | null, theirs: Change | null): ThreeWayField['state'] {
  if (!theirs) return 'current';
  if (!ours) return 'proposed';
  return isSame(ours.after, theirs.after) ? 'same' : 'conflict';
}

/** By their fields: documents that the database gave back have their members in another order. */
function isSame(a: ChangeValue, b: ChangeValue): boolean {
  if (a === null || b === null || typeof a === 'string' || typeof b === 'string') return a === b;
  return membersOf(a) === membersOf(b);
}

const membersOf = (item: DepartmentDocument | ContactDocument): string =>
  JSON.stringify(Object.entries(item).toSorted(([one], [other]) => (one < other ? -1 : 1)));

/**
 * Where one side removed a department or person and the other changed something of it, both are about the whole:
 * puts one change in place of the fields.
 */
function liftToItem(
  changed: Map<string, Change>,
  removed: ReadonlyMap<string, Change>,
  base: RegistrationDocument,
  after: RegistrationDocument,
): void {
  for (const removal of removed.values()) {
    const fields = [...changed.keys()].filter((pointer) => pointer.startsWith(`${removal.pointer}/`));
    if (removal.kind !== 'removed' || fields.length === 0) continue;
    for (const field of fields) changed.delete(field);
    changed.set(removal.pointer, { ...removal, kind: 'changed', ...wholeItem(removal.pointer, base, after) });
  }
}

/** The item as it is after, described as an added one is. */
function wholeItem(
  pointer: string,
  base: RegistrationDocument,
  after: RegistrationDocument,
): Pick<Change, 'after' | 'afterText'> {
  const without = applyChange(base, {
    pointer,
    kind: 'removed',
    label: '',
    before: null,
    after: null,
    beforeText: null,
    afterText: null,
  });
  const added = diffRegistrations(without, after).find((change) => change.pointer === pointer);
  return { after: added?.after ?? null, afterText: added?.afterText ?? null };
}

/** Proposed changes that don't fit what is registered now: a person in a department that has gone, and the like. */
function tornPointers(current: RegistrationDocument, weighed: readonly Weighed[]): ReadonlySet<string> {
  const proposals = weighed.filter(({ state }) => state === 'proposed').map(({ theirs }) => theirs as Change);
  const proposed = new Set(proposals.map(({ pointer }) => pointer));
  const culprits = flawsOf(applyChanges(current, proposals)).flatMap(({ pointer, departmentId }) =>
    [`/departments/${departmentId}`, `${pointer}/departmentId`, pointer].filter((name) => proposed.has(name)),
  );
  return new Set(culprits);
}
