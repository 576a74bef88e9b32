import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Municipality } from './municipality.entity.js';
import type { Change } from './registration-diff.js';
import type { ContactRole, RegistrationDocument } from './registration-document.js';

export const REGISTRATION_STATUSES = ['active', 'withdrawn'] as const;
export type RegistrationStatus = (typeof REGISTRATION_STATUSES)[number];

/** How a field was last known to be right. */
export const FRESHNESS_METHODS = ['change', 'confirmation', 'phone', 'import'] as const;
export type FreshnessMethod = (typeof FRESHNESS_METHODS)[number];

/** What made a version. */
export const VERSION_CAUSES = [
  'registration',
  'change-request',
  'rule',
  'handover',
  'import',
  'recovery',
  'withdrawal',
  'application',
  'return',
] as const;
export type VersionCause = (typeof VERSION_CAUSES)[number];

/** 登録: a municipality's membership. `version` grows by one with each decision that changed it. */
@Entity('registration')
@Check('registration_status_is_known', `status IN ('active', 'withdrawn')`)
@Check(
  'registration_withdrawn_has_date_and_reason',
  `(status = 'withdrawn') = (withdrawn_at IS NOT NULL AND withdrawn_reason IS NOT NULL)`,
)
@Check('registration_version_is_positive', 'version > 0')
@Index('registration_one_active_per_municipality', ['municipalityCode'], {
  unique: true,
  where: `status = 'active'`,
})
export class Registration {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'registration_pkey' })
  id: string;

  @ForeignKey(() => Municipality, { name: 'registration_of_municipality' })
  @Column({ type: 'text' })
  municipalityCode: string;

  @Column({ type: 'text', default: 'active' })
  status: RegistrationStatus;

  @Column({ type: 'text' })
  mainPhone: string;

  @ForeignKey(() => Department, {
    name: 'registration_primary_department_exists',
    deferrable: 'INITIALLY DEFERRED',
  })
  @Column({ type: 'uuid' })
  primaryDepartmentId: string;

  @Column({ type: 'integer', default: 1 })
  version: number;

  /** When somebody last said that all of it is right. */
  @Column({ type: 'timestamptz', nullable: true })
  lastConfirmedAt: Date | null;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  withdrawnAt: Date | null;

  @Column({ type: 'text', nullable: true })
  withdrawnReason: string | null;
}

/** 担当部署, in effect from `validFrom` until the day before `validTo`. Rows that ended are kept. */
@Entity('department')
@Check('department_period_begins_before_it_ends', 'valid_from <= valid_to')
@Unique('department_id_within_registration', ['id', 'registrationId'])
@Index('department_registration_id', ['registrationId'])
@Index('department_email_key', { synchronize: false })
export class Department {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'department_pkey' })
  id: string;

  @ForeignKey(() => Registration, { name: 'department_of_registration' })
  @Column({ type: 'uuid' })
  registrationId: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text', nullable: true })
  kana: string | null;

  @Column({ type: 'text' })
  email: string;

  @Column({ type: 'text', nullable: true })
  phone: string | null;

  @Column({ type: 'text', nullable: true })
  fax: string | null;

  @Column({ type: 'text', nullable: true })
  postalCode: string | null;

  @Column({ type: 'text', nullable: true })
  address: string | null;

  /** Order on the sheet. */
  @Column({ type: 'integer' })
  position: number;

  @Column({ type: 'date' })
  validFrom: string;

  @Column({ type: 'date', nullable: true })
  validTo: string | null;
}

/** 担当者, in effect like a department. Its department belongs to the same registration by constraint. */
@Entity('contact')
@Check('contact_role_is_known', `role IN ('primary', 'deputy')`)
@Check('contact_period_begins_before_it_ends', 'valid_from <= valid_to')
@ForeignKey(() => Department, ['departmentId', 'registrationId'], ['id', 'registrationId'], {
  name: 'contact_in_department_of_same_registration',
})
@Index('contact_registration_id', ['registrationId'])
@Index('contact_department_id', ['departmentId'])
@Index('contact_email_key', { synchronize: false })
export class Contact {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'contact_pkey' })
  id: string;

  @Column({ type: 'uuid' })
  registrationId: string;

  @Column({ type: 'uuid' })
  departmentId: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text', nullable: true })
  kana: string | null;

  @Column({ type: 'text', nullable: true })
  title: string | null;

  @Column({ type: 'text', nullable: true })
  email: string | null;

  @Column({ type: 'text', nullable: true })
  extension: string | null;

  @Column({ type: 'text' })
  role: ContactRole;

  @Column({ type: 'integer' })
  position: number;

  @Column({ type: 'date' })
  validFrom: string;

  @Column({ type: 'date', nullable: true })
  validTo: string | null;
}

/** 情報の鮮度: when a field was last known to be right, by whom and how. No row: unknown, which is not stale. */
@Entity('field_freshness')
@Check('field_freshness_method_is_known', `method IN ('change', 'confirmation', 'phone', 'import')`)
export class FieldFreshness {
  @ForeignKey(() => Registration, { name: 'field_freshness_of_registration' })
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'field_freshness_pkey' })
  registrationId: string;

  /** JSON Pointer into the registration document, by ids; below `/versions/{n}` what was known before a 退会. */
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'field_freshness_pkey' })
  pointer: string;

  @Column({ type: 'timestamptz' })
  confirmedAt: Date;

  @Column({ type: 'text' })
  confirmedBy: string;

  @Column({ type: 'text' })
  method: FreshnessMethod;
}

/** One state of a registration as it was, with what changed and what made it. Never altered. */
@Entity('registration_version')
@Check(
  'registration_version_cause_is_known',
  `cause IN ('registration', 'change-request', 'rule', 'handover', 'import', 'recovery', 'withdrawal', 'application', 'return')`,
)
export class RegistrationVersion {
  @ForeignKey(() => Registration, { name: 'registration_version_of_registration' })
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'registration_version_pkey' })
  registrationId: string;

  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'registration_version_pkey' })
  version: number;

  @Column({ type: 'jsonb' })
  document: RegistrationDocument;

  /** Against the version before; empty for the first. */
  @Column({ type: 'jsonb' })
  changes: Change[];

  /** The date from which it holds, in Asia/Tokyo. */
  @Column({ type: 'date' })
  effectiveOn: string;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  recordedAt: Date;

  @Column({ type: 'text' })
  cause: VersionCause;

  /** The change request that led to it; no foreign key, since the registry knows no other room. */
  @Column({ type: 'uuid', nullable: true })
  changeRequestId: string | null;

  /** Who proposed it, as they named themselves. */
  @Column({ type: 'text' })
  proposedBy: string;

  /** The member of staff who decided it. */
  @Column({ type: 'text', nullable: true })
  decidedBy: string | null;
}
