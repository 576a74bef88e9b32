import {
  CONTACT_FIELDS,
  type ContactDocument,
  type ContactField,
  DEPARTMENT_FIELDS,
  type DepartmentDocument,
  type RegistrationDocument,
} from './registration-document.js';
import {
  CONTACT_LABELS,
  contactLabel,
  contactText,
  DEPARTMENT_LABELS,
  departmentText,
  ROLE_LABELS,
} from './registration-text.js';

/** One thing that differs. An added or removed department or contact is one change, not many. */
export interface Change {
  /** JSON Pointer by ids: `/contacts/{id}/email`, or `/contacts/{id}` for an added or removed one. */
  readonly pointer: string;
  readonly kind: 'changed' | 'added' | 'removed';
  /** What it is, in Japanese, with the name that it has today. */
  readonly label: string;
  readonly before: ChangeValue;
  readonly after: ChangeValue;
  /** The same for a person's eye: names in place of ids, 正 in place of `primary`. null: nothing was or is there. */
  readonly beforeText: string | null;
  readonly afterText: string | null;
}

export type ChangeValue = string | null | DepartmentDocument | ContactDocument;

/**
 * What has to be done to `before` to get `after`, in the order of the sheet.
 * Order within the lists is no difference. Both must be complete documents.
 */
export function diffRegistrations(before: RegistrationDocument, after: RegistrationDocument): Change[] {
  const named = { before: departmentNames(before), after: departmentNames(after) };
  return [
    ...changed('/mainPhone', '代表電話', before.mainPhone, after.mainPhone),
    ...changed(
      '/primaryDepartmentId',
      '主な担当部署',
      before.primaryDepartmentId,
      after.primaryDepartmentId,
      named.before.get(before.primaryDepartmentId),
      named.after.get(after.primaryDepartmentId),
    ),
    ...diffDepartments(before, after),
    ...diffContacts(before, after, named),
  ];
}

type Names = ReadonlyMap<string, string>;

const departmentNames = ({ departments }: RegistrationDocument): Names =>
  new Map(departments.map(({ id, name }) => [id, name]));

function diffDepartments(before: RegistrationDocument, after: RegistrationDocument): Change[] {
  return diffItems(before.departments, after.departments, {
    root: '/departments',
    whole: (item) => ({ label: `担当部署　${item.name}`, text: departmentText(item) }),
    fields: (item, next) =>
      DEPARTMENT_FIELDS.flatMap((field) =>
        changed(
          `/departments/${item.id}/${field}`,
          `${item.name}　${DEPARTMENT_LABELS[field]}`,
          item[field],
          next[field],
        ),
      ),
  });
}

function diffContacts(
  before: RegistrationDocument,
  after: RegistrationDocument,
  named: { before: Names; after: Names },
): Change[] {
  return diffItems(before.contacts, after.contacts, {
    root: '/contacts',
    whole: (item, side) => ({
      label: contactLabel(item),
      text: contactText(item, named[side].get(item.departmentId)),
    }),
    fields: (item, next) =>
      CONTACT_FIELDS.flatMap((field) =>
        changed(
          `/contacts/${item.id}/${field}`,
          `${contactLabel(item)}　${CONTACT_LABELS[field]}`,
          item[field],
          next[field],
          contactFieldText(item, field, named.before),
          contactFieldText(next, field, named.after),
        ),
      ),
  });
}

function contactFieldText(contact: ContactDocument, field: ContactField, departments: Names): string | null {
  if (field === 'role') return ROLE_LABELS[contact.role];
  if (field === 'departmentId') return departments.get(contact.departmentId) ?? null;
  return contact[field];
}

function changed(
  pointer: string,
  label: string,
  before: string | null,
  after: string | null,
  beforeText: string | null = before,
  afterText: string | null = after,
): Change[] {
  return before === after ? [] : [{ pointer, kind: 'changed', label, before, after, beforeText, afterText }];
}

interface ItemDiff<Item> {
  readonly root: string;
  readonly whole: (item: Item, side: 'before' | 'after') => { label: string; text: string };
  readonly fields: (item: Item, next: Item) => Change[];
}

function diffItems<Item extends DepartmentDocument | ContactDocument>(
  before: readonly Item[],
  after: readonly Item[],
  { root, whole, fields }: ItemDiff<Item>,
): Change[] {
  const afterById = new Map(after.map((item) => [item.id, item]));
  const beforeIds = new Set(before.map(({ id }) => id));
  const kept = before.flatMap((item): Change[] => {
    const next = afterById.get(item.id);
    if (next) return fields(item, next);
    const { label, text } = whole(item, 'before');
    const pointer = `${root}/${item.id}`;
    return [
      { pointer, kind: 'removed', label, before: item, after: null, beforeText: text, afterText: null },
    ];
  });
  const added = after
    .filter(({ id }) => !beforeIds.has(id))
    .map((item): Change => {
      const { label, text } = whole(item, 'after');
      const pointer = `${root}/${item.id}`;
      return { pointer, kind: 'added', label, before: null, after: item, beforeText: null, afterText: text };
    });
  return [...kept, ...added];
}

/** @returns the pointers of all fields that a change touches, for freshness: an added item touches all of its own */
export function touchedPointers(changes: readonly Change[]): string[] {
  return changes.flatMap((change) => {
    if (change.kind === 'removed' || change.pointer === '/primaryDepartmentId') return [];
    if (change.kind === 'changed') return change.pointer.endsWith('/departmentId') ? [] : [change.pointer];
    const fields = change.pointer.startsWith('/departments/') ? DEPARTMENT_FIELDS : CONTACT_FIELDS;
    return fields.filter((field) => field !== 'departmentId').map((field) => `${change.pointer}/${field}`);
  });
}
