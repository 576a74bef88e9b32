import type { Problem } from '../../api/problem';
import type { ApplyDto } from '../../api/schema';
import type { Mistake } from '../../ui/notice';

export const LABELS = {
  municipalityCode: '団体コード',
  mainPhone: '代表電話',
  departmentName: '部署名',
  departmentKana: '部署名のふりがな',
  departmentEmail: '所属アドレス',
  phone: '電話番号',
  fax: 'ファクス番号',
  postalCode: '郵便番号',
  address: '所在地',
  name: '氏名',
  kana: 'ふりがな',
  title: '職名',
  extension: '内線',
  applicantName: '申し込む方のお名前',
  comment: '事務局へのひとこと',
} as const;

export type ApplyField = keyof typeof LABELS;
export type ApplyValues = Record<ApplyField, string>;

export const EMPTY = Object.fromEntries(Object.keys(LABELS).map((name) => [name, ''])) as ApplyValues;

const orNull = (text: string): string | null => (text.trim() === '' ? null : text);

/** One department and one person; more are added once it is registered. */
export function toApplication(values: ApplyValues): ApplyDto {
  return {
    municipalityCode: values.municipalityCode.normalize('NFKC').trim(),
    applicantName: values.applicantName,
    comment: orNull(values.comment),
    proposed: {
      mainPhone: values.mainPhone,
      primaryDepartmentId: 'new-1',
      departments: [
        {
          id: 'new-1',
          name: values.departmentName,
          kana: orNull(values.departmentKana),
          email: values.departmentEmail,
          phone: orNull(values.phone),
          fax: orNull(values.fax),
          postalCode: orNull(values.postalCode),
          address: orNull(values.address),
        },
      ],
      contacts: [
        {
          id: 'new-1',
          departmentId: 'new-1',
          role: 'primary',
          name: values.name,
          kana: orNull(values.kana),
          title: orNull(values.title),
          extension: orNull(values.extension),
          email: null,
        },
      ],
    },
  };
}

const DEPARTMENT_FIELDS: Readonly<Record<string, ApplyField>> = {
  name: 'departmentName',
  kana: 'departmentKana',
  email: 'departmentEmail',
};

/** @returns what the API says of the fields, by the names that they have on the page */
export function mistakesOf(problem: Problem | null): Mistake[] {
  return (problem?.errors ?? []).map(({ pointer, message }) => {
    const parts = pointer.split('/');
    const last = parts.at(-1) ?? '';
    const name = parts.includes('departments') ? (DEPARTMENT_FIELDS[last] ?? last) : last;
    if (!(name in LABELS)) return { field: null, message };
    return { field: name, message: `${LABELS[name as ApplyField]}：${message}` };
  });
}
