import type { ClaimRecoveryDto } from '../../api/schema';
import { codeOf, departmentOf, OFFICE_LABELS, type OfficeValues, personOf } from '../../ui/office-values';
import { orNull } from '../../ui/or-null';

export const LABELS = { ...OFFICE_LABELS, message: '事務局へのひとこと' } as const;

export const toClaim = (
  values: OfficeValues & { readonly message: string },
  kind: ClaimRecoveryDto['kind'],
): ClaimRecoveryDto => ({
  municipalityCode: codeOf(values),
  kind,
  message: orNull(values.message),
  department: departmentOf(values),
  contact: personOf(values),
});
