import type { Problem } from '../../api/problem';
import type { ClaimRecoveryDto } from '../../api/schema';
import type { Mistake } from '../../ui/notice';

export const LABELS = {
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
  message: '事務局へのひとこと',
} as const;

export type ClaimField = keyof typeof LABELS;
export type ClaimValues = Record<ClaimField, string>;

export const EMPTY = Object.fromEntries(Object.keys(LABELS).map((name) => [name, ''])) as ClaimValues;

const orNull = (text: string): string | null => (text.trim() === '' ? null : text);

export function toClaim(values: ClaimValues, kind: ClaimRecoveryDto['kind']): ClaimRecoveryDto {
  return {
    municipalityCode: values.municipalityCode.normalize('NFKC').trim(),
    kind,
    message: orNull(values.message),
    department: {
      name: values.departmentName,
      kana: null,
      email: values.departmentEmail,
      phone: orNull(values.phone),
      fax: orNull(values.fax),
      postalCode: orNull(values.postalCode),
      address: orNull(values.address),
    },
    contact: {
      name: values.name,
      kana: orNull(values.kana),
      title: orNull(values.title),
      extension: orNull(values.extension),
    },
  };
}

const DEPARTMENT_FIELDS: Readonly<Record<string, ClaimField>> = {
  name: 'departmentName',
  email: 'departmentEmail',
};

/** @returns what the API says of the fields, by the names that they have on the page */
export function mistakesOf(problem: Problem | null): Mistake[] {
  return (problem?.errors ?? []).map(({ pointer, message }) => {
    const parts = pointer.split('/');
    const last = parts.at(-1) ?? '';
    const name = parts.includes('department') ? (DEPARTMENT_FIELDS[last] ?? last) : last;
    if (!(name in LABELS)) return { field: null, message };
    return { field: name, message: `${LABELS[name as ClaimField]}：${message}` };
  });
}
