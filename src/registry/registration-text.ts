import {
  type ContactDocument,
  type ContactField,
  type DepartmentDocument,
  type DepartmentField,
  type RegistrationDocument,
} from './registration-document.js';

export const DEPARTMENT_LABELS: Readonly<Record<DepartmentField, string>> = {
  name: '部署名',
  kana: '部署名のふりがな',
  email: '所属アドレス',
  phone: '電話',
  fax: 'ファクス',
  postalCode: '郵便番号',
  address: '所在地',
};

export const CONTACT_LABELS: Readonly<Record<ContactField, string>> = {
  role: '正・副',
  name: '氏名',
  kana: 'ふりがな',
  title: '職名',
  email: 'メールアドレス',
  extension: '内線',
  departmentId: '所属する部署',
};

export const ROLE_LABELS: Readonly<Record<ContactDocument['role'], string>> = { primary: '正', deputy: '副' };

/** `担当者（正）小野寺 真理` */
export const contactLabel = (contact: ContactDocument): string =>
  `担当者（${ROLE_LABELS[contact.role]}）${contact.name}`;

/** What is registered of a department, one thing to a line below its name; what is missing isn't mentioned. */
export function departmentText(department: DepartmentDocument): string {
  return under(
    department.name,
    department.kana && `ふりがな　${department.kana}`,
    `所属アドレス\n　${department.email}`,
    department.phone && `電話　${department.phone}`,
    department.fax && `ファクス　${department.fax}`,
    department.postalCode && `〒${department.postalCode}`,
    department.address,
  );
}

/**
 * What is registered of a person, one thing to a line below the name.
 *
 * @param department its name, where the text stands by itself and not below the department
 */
export function contactText(contact: ContactDocument, department: string | null = null): string {
  return under(
    contactLabel(contact),
    department && `所属　${department}`,
    contact.kana && `ふりがな　${contact.kana}`,
    contact.title && `職名　${contact.title}`,
    contact.extension && `内線　${contact.extension}`,
    contact.email && `メールアドレス\n　${contact.email}`,
  );
}

/** The whole sheet: each department with its people, the primary one first. */
export function registrationText(document: RegistrationDocument): string {
  const departments = document.departments.toSorted(
    (a, b) => Number(b.id === document.primaryDepartmentId) - Number(a.id === document.primaryDepartmentId),
  );
  const several = departments.length > 1;
  const blocks = departments.map((department) => {
    const people = document.contacts.filter(({ departmentId }) => departmentId === department.id);
    const title = several && department.id === document.primaryDepartmentId ? '（主な担当部署）' : '';
    return [
      departmentText({ ...department, name: department.name + title }),
      ...people.map((person) => indent(contactText(person))),
    ].join('\n');
  });
  return [`代表電話　${document.mainPhone}`, ...blocks].join('\n\n');
}

const indent = (text: string): string => text.replace(/^/gmu, '　');

const under = (title: string, ...details: readonly (string | null)[]): string =>
  [title, ...details.filter(Boolean).map((detail) => indent(detail as string))].join('\n');
