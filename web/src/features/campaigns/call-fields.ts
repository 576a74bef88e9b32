import { CONTACT_FIELDS, DEPARTMENT_FIELDS } from '../../../../src/registry/registration-document';
import {
  CONTACT_LABELS,
  contactLabel,
  DEPARTMENT_LABELS,
  ROLE_LABELS,
} from '../../../../src/registry/registration-text';
import type { RegistrationResponse } from '../../api/schema';

/** One field of a registration that can be said to be right by itself. */
export interface CallField {
  readonly pointer: string;
  readonly label: string;
  /** What is read out. */
  readonly value: string;
}

export interface CallFieldGroup {
  readonly name: string;
  readonly fields: readonly CallField[];
}

const NONE = '登録なし';

/** All fields whose age is kept, as the sheet has them: 代表電話, each department, each of its people. */
export function fieldsOf(registration: RegistrationResponse): CallFieldGroup[] {
  const { mainPhone, departments, contacts } = registration;
  return [
    { name: '自治体', fields: [{ pointer: '/mainPhone', label: '代表電話', value: mainPhone }] },
    ...departments.map((department) => ({
      name: department.name,
      fields: DEPARTMENT_FIELDS.map((field) => ({
        pointer: `/departments/${department.id}/${field}`,
        label: DEPARTMENT_LABELS[field],
        value: department[field] ?? NONE,
      })),
    })),
    ...contacts.map((contact) => ({
      name: contactLabel(contact as Parameters<typeof contactLabel>[0]),
      fields: CONTACT_FIELDS.filter((field) => field !== 'departmentId').map((field) => ({
        pointer: `/contacts/${contact.id}/${field}`,
        label: CONTACT_LABELS[field],
        value: field === 'role' ? ROLE_LABELS[contact.role] : (contact[field] ?? NONE),
      })),
    })),
  ];
}
