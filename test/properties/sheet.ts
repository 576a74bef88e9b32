import type { RegistrationDocument } from '../../src/registry/registration-document.js';
import type { ProposedRegistrationDto } from '../../src/registry/registration.dto.js';
import type { Edit } from './operations.js';

const PEOPLE = ['青山 陽', '石井 桜', '上田 蓮', '江口 凛', '岡本 樹', '川上 葵', '木下 湊', '小林 楓'];

export const personName = (value: number): string => PEOPLE[value % PEOPLE.length] ?? '';

/** Mailboxes that people type: new ones, one in other letters, those of the beginning, and one of the other place. */
export function mailbox(value: number, host: string, otherHost: string): string {
  const all = [
    `new0@${host}`,
    `new1@${host}`,
    `new2@${host}`,
    `NEW0@${host}`,
    `kikaku@${host}`,
    `takasaki@${host}`,
    `Takasaki@${host}`,
    `kikaku@${otherHost}`,
  ];
  return all[value % all.length] ?? '';
}

interface Sheet {
  mainPhone: string;
  primaryDepartmentId: string;
  departments: ProposedRegistrationDto['departments'];
  contacts: ProposedRegistrationDto['contacts'];
}

const BLANK_PERSON = { kana: null, title: null, email: null, extension: null, role: 'deputy' as const };
const BLANK_DEPARTMENT = { kana: null, phone: null, fax: null, postalCode: null, address: null };

const chosen = <T>(items: readonly T[], at: number): T | undefined => items[at % Math.max(items.length, 1)];

type Typing = (sheet: Sheet, edit: Edit, mailboxOf: (value: number) => string) => void;

const TYPINGS: Readonly<Record<Edit['what'], Typing>> = {
  phone: (sheet, { value }) => {
    sheet.mainPhone = `0155-00-000${value}`;
  },
  name: ({ contacts }, { at, value }) => {
    Object.assign(chosen(contacts, at) ?? {}, { name: personName(value) });
  },
  extension: ({ contacts }, { at, value }) => {
    Object.assign(chosen(contacts, at) ?? {}, { extension: `52${value}` });
  },
  'own-mailbox': ({ contacts }, { at, value }, mailboxOf) => {
    Object.assign(chosen(contacts, at) ?? {}, { email: mailboxOf(value) });
  },
  'no-own-mailbox': ({ contacts }, { at }) => {
    Object.assign(chosen(contacts, at) ?? {}, { email: null });
  },
  'shared-mailbox': ({ departments }, { at, value }, mailboxOf) => {
    Object.assign(chosen(departments, at) ?? {}, { email: mailboxOf(value) });
  },
  'add-person': ({ contacts, departments }, { at, value }, mailboxOf) => {
    const departmentId = chosen(departments, at)?.id ?? '';
    const email = value > 3 ? mailboxOf(at) : null;
    contacts.push({ ...BLANK_PERSON, id: label(contacts), departmentId, name: personName(value), email });
  },
  'remove-person': ({ contacts }, { at }) => {
    contacts.splice(at % Math.max(contacts.length, 1), 1);
  },
  'move-person': ({ contacts, departments }, { at, value }) => {
    Object.assign(chosen(contacts, at) ?? {}, { departmentId: chosen(departments, value)?.id ?? '' });
  },
  'add-department': ({ departments }, { at, value }, mailboxOf) => {
    departments.push({
      ...BLANK_DEPARTMENT,
      id: label(departments),
      name: `第${value}課`,
      email: mailboxOf(at),
    });
  },
  'remove-department': (sheet, { at, value }) => {
    const gone = chosen(sheet.departments, at);
    const next = sheet.departments.find((department) => department !== gone);
    if (!gone || !next) return;
    sheet.departments = sheet.departments.filter((department) => department !== gone);
    if (sheet.primaryDepartmentId === gone.id) sheet.primaryDepartmentId = next.id;
    // Its people go with it, or into another.
    const isStaying = ({ departmentId }: { departmentId: string }): boolean =>
      value % 2 === 0 || departmentId !== gone.id;
    sheet.contacts = sheet.contacts.filter(isStaying);
    for (const contact of sheet.contacts) {
      if (contact.departmentId === gone.id) contact.departmentId = next.id;
    }
  },
  'primary-department': (sheet, { at }) => {
    sheet.primaryDepartmentId = chosen(sheet.departments, at)?.id ?? sheet.primaryDepartmentId;
  },
};

function label(items: readonly { id: string }[]): string {
  let number = 1;
  while (items.some(({ id }) => id === `new-${number}`)) number += 1;
  return `new-${number}`;
}

/** @returns the document as somebody sends it after typing into it */
export function typed(
  document: RegistrationDocument,
  edits: readonly Edit[],
  mailboxOf: (value: number) => string,
): ProposedRegistrationDto {
  const sheet: Sheet = {
    mainPhone: document.mainPhone,
    primaryDepartmentId: document.primaryDepartmentId,
    departments: document.departments.map((department) => ({ ...department })),
    contacts: document.contacts.map((contact) => ({ ...contact })),
  };
  for (const edit of edits) TYPINGS[edit.what](sheet, edit, mailboxOf);
  return sheet;
}
