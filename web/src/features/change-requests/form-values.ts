import type { FieldError } from '../../api/problem';
import type { ContactDto, DepartmentDto, ProposedRegistrationDto } from '../../api/schema';
import type { Mistake } from '../../ui/notice';
import { orNull } from '../../ui/or-null';

/** What the form holds: text everywhere, and empty text where nothing is registered. */
export interface FormValues {
  mainPhone: string;
  primaryDepartmentId: string;
  departments: Filled<DepartmentDto>[];
  contacts: Filled<ContactDto>[];
  comment: string;
}

type Filled<T> = {
  [K in keyof T]: T[K] extends string | null | undefined ? Exclude<T[K], null | undefined> : T[K];
};

export type DepartmentValues = FormValues['departments'][number];
export type PersonValues = FormValues['contacts'][number];

export function toValues(document: ProposedRegistrationDto, comment = ''): FormValues {
  return {
    mainPhone: document.mainPhone,
    primaryDepartmentId: document.primaryDepartmentId,
    departments: document.departments.map((department) => ({
      id: department.id,
      name: department.name,
      kana: department.kana ?? '',
      email: department.email,
      phone: department.phone ?? '',
      fax: department.fax ?? '',
      postalCode: department.postalCode ?? '',
      address: department.address ?? '',
    })),
    contacts: document.contacts.map((person) => ({
      id: person.id,
      departmentId: person.departmentId,
      role: person.role,
      name: person.name,
      kana: person.kana ?? '',
      title: person.title ?? '',
      extension: person.extension ?? '',
      email: person.email ?? '',
    })),
    comment,
  };
}

export function toProposed(values: FormValues): ProposedRegistrationDto {
  return {
    mainPhone: values.mainPhone,
    primaryDepartmentId: values.primaryDepartmentId,
    departments: values.departments.map((department) => ({
      ...department,
      kana: orNull(department.kana),
      phone: orNull(department.phone),
      fax: orNull(department.fax),
      postalCode: orNull(department.postalCode),
      address: orNull(department.address),
    })),
    contacts: values.contacts.map((person) => ({
      ...person,
      kana: orNull(person.kana),
      title: orNull(person.title),
      extension: orNull(person.extension),
      email: orNull(person.email),
    })),
  };
}

/** A label for something that has no id yet, other than all that are there. */
export function newLabel(taken: readonly { readonly id: string }[]): string {
  const ids = new Set(taken.map(({ id }) => id));
  let count = 1;
  while (ids.has(`new-${count}`)) count += 1;
  return `new-${count}`;
}

/** The id of the input in which a field is typed: `/contacts/{id}/name` is `contacts-{id}-name`. */
export const inputId = (pointer: string): string => pointer.slice(1).replaceAll('/', '-');

/** The id of the list of what was taken off. */
export const REMOVED_ID = 'removed';

const FIELD_NAMES: Readonly<Record<string, string>> = {
  mainPhone: '代表電話',
  kana: 'ふりがな',
  email: 'アドレス',
  phone: '電話番号',
  fax: 'ファクス番号',
  postalCode: '郵便番号',
  address: '所在地',
  title: '職名',
  extension: '内線',
  role: '正・副',
  departmentId: '所属する部署',
};

/** @returns what the API says of the fields, with the way to each; it counts places in the lists that were sent */
export function mistakesOf(errors: readonly FieldError[], values: FormValues): Mistake[] {
  return errors.map(({ pointer, message }) => {
    const [root = '', place = '', field = ''] = pointer.replace(/^\/proposed\//, '').split('/');
    if (root === 'comment') return { field: 'comment', message: `ひとこと：${message}` };
    if (root !== 'departments' && root !== 'contacts') {
      return { field: inputId(`/${root}`), message: `${FIELD_NAMES[root] ?? ''}：${message}` };
    }
    const items: readonly (DepartmentValues | PersonValues)[] = values[root];
    const item = /^\d+$/.test(place) ? items[Number(place)] : items.find(({ id }) => id === place);
    if (!item) return { field: null, message };
    const whose = item.name || unnamed(root, item.id);
    const named = field === 'name' ? { departments: '部署名', contacts: '氏名' }[root] : FIELD_NAMES[field];
    const what = named ? `の${named}` : '';
    // A name that was emptied can't say whose it is.
    const label = item.name === '' && !item.id.startsWith('new-') && named ? named : whose + what;
    return {
      field: inputId(`/${root}/${item.id}/${field || 'name'}`),
      message: `${label}：${message}`,
    };
  });
}

/** What stands in for a name that is still to be typed. */
export function unnamed(root: 'departments' | 'contacts', id: string): string {
  const what = root === 'departments' ? '部署' : '担当者';
  return id.startsWith('new-') ? `新しい${what}` : what;
}
