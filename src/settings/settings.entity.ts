import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Account } from '../accounts/account.entity.js';

/** The id of the one row. */
export const SETTINGS_ID = '019b3a5c-0c00-7000-8000-000000000001';

/** A day on which the office is closed although the calendar doesn't say so. */
export interface ClosedDay {
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** Why, for colleagues. */
  readonly note: string | null;
}

/** What the office sets for its daily work. One row; the trail has what it was before. */
@Entity('office_settings')
@Check('office_settings_is_one', `id = '${SETTINGS_ID}'::uuid`)
@Check('office_settings_version_is_positive', 'version > 0')
@Check(
  'office_settings_few_templates',
  'cardinality(return_reasons) <= 30 AND cardinality(refusal_reasons) <= 30',
)
@Check('office_settings_review_days_in_range', 'review_business_days BETWEEN 1 AND 20')
@Check('office_settings_fresh_months_in_range', 'fresh_months BETWEEN 1 AND 36')
@Check('office_settings_closed_days_are_list', `jsonb_typeof(closed_days) = 'array'`)
@Check('office_settings_few_closed_days', 'jsonb_array_length(closed_days) <= 100')
export class OfficeSettings {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'office_settings_pkey' })
  id: string;

  /** Grows with every change; what `If-Match` is held against. */
  @Column({ type: 'integer', default: 1 })
  version: number;

  /** 差戻し理由の文例. */
  @Column({ type: 'text', array: true })
  returnReasons: string[];

  /** 採用しない理由の文例. */
  @Column({ type: 'text', array: true })
  refusalReasons: string[];

  /** How many working days a review usually takes. */
  @Column({ type: 'smallint' })
  reviewBusinessDays: number;

  /** For how many months a confirmation counts as fresh. In SQL `fresh_months()` and `fresh_since()` tell it. */
  @Column({ type: 'smallint' })
  freshMonths: number;

  /** 事務局の休業日 besides those of the calendar, earliest first. */
  @Column({ type: 'jsonb' })
  closedDays: ClosedDay[];

  @Column({ type: 'timestamptz', default: () => 'now()' })
  changedAt: Date;

  /** null for what came with the portal. */
  @ForeignKey(() => Account, { name: 'office_settings_changed_by_account' })
  @Column({ type: 'uuid', nullable: true })
  changedByAccountId: string | null;
}
