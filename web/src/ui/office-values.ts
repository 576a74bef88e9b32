import type { Problem } from '../api/problem';
import type { Mistake } from './notice';
import { orNull } from './or-null';

/** What is typed of a department and a person by somebody who isn't signed in. */
export const OFFICE_LABELS = {
  municipalityCode: '団体コード',
  departmentName: '部署名',
  departmentEmail: '所属アドレス',
  phone: '電話番号',
  fax: 'ファクス番号',
  postalCode: '郵便番号',
  address: '所在地',
  name: '氏名',
  kana: 'ふりがな',
  title: '職名',
  extension: '内線',
} as const;

export type OfficeField = keyof typeof OFFICE_LABELS;
export type OfficeValues = Readonly<Record<OfficeField, string>>;
export type Labels<Field extends string> = Readonly<Record<Field | OfficeField, string>>;

export const emptyOf = <Field extends string>(labels: Labels<Field>): Record<Field | OfficeField, string> =>
  Object.fromEntries(Object.keys(labels).map((name) => [name, ''])) as Record<Field | OfficeField, string>;

export const codeOf = ({ municipalityCode }: OfficeValues): string =>
  municipalityCode.normalize('NFKC').trim();

/** The department as the API takes it; its kana is typed on one of the forms alone. */
export const departmentOf = (values: OfficeValues, kana = '') => ({
  name: values.departmentName,
  kana: orNull(kana),
  email: values.departmentEmail,
  phone: orNull(values.phone),
  fax: orNull(values.fax),
  postalCode: orNull(values.postalCode),
  address: orNull(values.address),
});

export const personOf = (values: OfficeValues) => ({
  name: values.name,
  kana: orNull(values.kana),
  title: orNull(values.title),
  extension: orNull(values.extension),
});

/** The department's own names for fields that a person has, too. */
const OF_DEPARTMENT: Readonly<Record<string, string>> = {
  name: 'departmentName',
  kana: 'departmentKana',
  email: 'departmentEmail',
};

/** @returns what the API says of the fields, by the names that they have on the page */
export function officeMistakes(problem: Problem | null, labels: Readonly<Record<string, string>>): Mistake[] {
  return (problem?.errors ?? []).map(({ pointer, message }) => {
    const parts = pointer.split('/');
    const last = parts.at(-1) ?? '';
    const name = parts.some((part) => part.startsWith('department')) ? (OF_DEPARTMENT[last] ?? last) : last;
    const label = labels[name];
    return label === undefined ? { field: null, message } : { field: name, message: `${label}：${message}` };
  });
}
