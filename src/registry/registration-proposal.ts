import { v7 as uuidv7 } from 'uuid';
import { DomainError, type FieldError } from '../platform/http/domain-error.js';
import type { ContactDto, DepartmentDto, ProposedRegistrationDto } from './registration.dto.js';
import type { ContactDocument, DepartmentDocument, RegistrationDocument } from './registration-document.js';

/** Ids that a proposal may use: those of the registration, and those that an earlier sending was given. */
export interface KnownIds {
  readonly departments: ReadonlySet<string>;
  readonly contacts: ReadonlySet<string>;
}

export const NO_KNOWN_IDS: KnownIds = { departments: new Set(), contacts: new Set() };

export function knownIdsOf(...documents: readonly RegistrationDocument[]): KnownIds {
  return {
    departments: new Set(documents.flatMap(({ departments }) => departments.map(({ id }) => id))),
    contacts: new Set(documents.flatMap(({ contacts }) => contacts.map(({ id }) => id))),
  };
}

const isLabel = (id: string): boolean => id.startsWith('new-');

/**
 * Turns what somebody typed into a complete document: labels become ids, and every reference is checked.
 *
 * @param root JSON Pointer of the proposal within the body
 * @throws DomainError `invalid` (422) with a pointer for a doubled id or a department that isn't in the proposal;
 *   `not-found` (404) for an id that isn't of this registration, whosever it is
 */
export function resolveProposal(
  input: ProposedRegistrationDto,
  known: KnownIds,
  root = '',
): RegistrationDocument {
  const errors: FieldError[] = [];
  const departmentIds = assignIds(input.departments, known.departments, `${root}/departments`, errors);
  const contactIds = assignIds(input.contacts, known.contacts, `${root}/contacts`, errors);
  const departmentOf = (id: string, pointer: string): string => {
    const found = departmentIds.get(id);
    if (found === undefined) {
      errors.push({
        pointer,
        code: 'unknown-department',
        message: '担当部署の一覧にある部署を選んでください。',
      });
    }
    return found ?? id;
  };
  const document: RegistrationDocument = {
    mainPhone: input.mainPhone,
    primaryDepartmentId: departmentOf(input.primaryDepartmentId, `${root}/primaryDepartmentId`),
    departments: input.departments.map((department) => toDepartment(department, departmentIds)),
    contacts: input.contacts.map((contact, index) =>
      toContact(
        contact,
        contactIds,
        departmentOf(contact.departmentId, `${root}/contacts/${index}/departmentId`),
      ),
    ),
  };
  if (errors.length > 0) throw new DomainError('invalid', { errors });
  return document;
}

function assignIds(
  items: readonly { id: string }[],
  known: ReadonlySet<string>,
  pointer: string,
  errors: FieldError[],
): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  for (const [index, { id }] of items.entries()) {
    if (ids.has(id)) {
      errors.push({
        pointer: `${pointer}/${index}/id`,
        code: 'duplicate',
        message: '同じ番号が2回あります。',
      });
    }
    if (!isLabel(id) && !known.has(id)) throw unknownItem(`${pointer}/${index}/id`);
    ids.set(id, isLabel(id) ? uuidv7() : id);
  }
  return ids;
}

/** 404 and not 422, so that nobody learns whether the id is somebody else's. */
const unknownItem = (pointer: string): DomainError =>
  new DomainError('not-found', {
    errors: [
      {
        pointer,
        code: 'unknown-id',
        message: 'いまの登録にない番号です。新しいものには new-1 のような仮の番号を付けてください。',
      },
    ],
  });

function toDepartment(department: DepartmentDto, ids: ReadonlyMap<string, string>): DepartmentDocument {
  const { name, kana, email, phone, fax, postalCode, address } = department;
  return { id: ids.get(department.id) ?? department.id, name, kana, email, phone, fax, postalCode, address };
}

function toContact(
  contact: ContactDto,
  ids: ReadonlyMap<string, string>,
  departmentId: string,
): ContactDocument {
  const { name, kana, title, email, extension, role } = contact;
  return { id: ids.get(contact.id) ?? contact.id, departmentId, name, kana, title, email, extension, role };
}
