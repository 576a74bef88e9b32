import type { ApplyDto } from '../../api/schema';
import { codeOf, departmentOf, OFFICE_LABELS, type OfficeField, personOf } from '../../ui/office-values';
import { orNull } from '../../ui/or-null';

export const LABELS = {
  ...OFFICE_LABELS,
  mainPhone: '代表電話',
  departmentKana: '部署名のふりがな',
  applicantName: '申し込む方のお名前',
  comment: '事務局へのひとこと',
} as const;

export type ApplyField = Exclude<keyof typeof LABELS, OfficeField>;

/** One department and one person; more are added once it is registered. */
export function toApplication(values: Readonly<Record<ApplyField | OfficeField, string>>): ApplyDto {
  return {
    municipalityCode: codeOf(values),
    applicantName: values.applicantName,
    comment: orNull(values.comment),
    proposed: {
      mainPhone: values.mainPhone,
      primaryDepartmentId: 'new-1',
      departments: [{ id: 'new-1', ...departmentOf(values, values.departmentKana) }],
      contacts: [{ id: 'new-1', departmentId: 'new-1', role: 'primary', email: null, ...personOf(values) }],
    },
  };
}
