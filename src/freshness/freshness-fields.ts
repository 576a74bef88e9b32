import { CONTACT_FIELDS, DEPARTMENT_FIELDS } from '../registry/registration-document.js';
import { CONTACT_LABELS, DEPARTMENT_LABELS } from '../registry/registration-text.js';

/** A kind of field whose freshness is counted. */
export interface FreshnessField {
  /** `mainPhone`, `department.email`, `contact.title` */
  readonly field: string;
  /** Whose field it is; null for the registration's own. */
  readonly table: 'department' | 'contact' | null;
  /** The last part of its pointers. */
  readonly name: string;
  readonly label: string;
}

/** In the order of a sheet. */
export const FRESHNESS_FIELDS: readonly FreshnessField[] = [
  { field: 'mainPhone', table: null, name: 'mainPhone', label: '代表電話' },
  ...DEPARTMENT_FIELDS.map((name) => ({
    field: `department.${name}`,
    table: 'department' as const,
    name,
    // Some labels say whose they are by themselves: 部署名, 所属アドレス.
    label: /^(部署|所属)/.test(DEPARTMENT_LABELS[name])
      ? DEPARTMENT_LABELS[name]
      : `担当部署の${DEPARTMENT_LABELS[name]}`,
  })),
  // Which department a person is in has no freshness.
  ...CONTACT_FIELDS.filter((name) => name !== 'departmentId').map((name) => ({
    field: `contact.${name}`,
    table: 'contact' as const,
    name,
    label: `担当者の${CONTACT_LABELS[name]}`,
  })),
];

export const FRESHNESS_FIELD_NAMES = FRESHNESS_FIELDS.map(({ field }) => field);
