import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Account } from '../accounts/account.entity.js';
import { Registration } from '../registry/registration.entity.js';
import type { ClaimedContact, ClaimedDepartment, RecoveryKind } from './recovery-document.js';
import type { CallOutcome, RecoveryStatus } from './recovery.state.js';

/** Where the number was found that was called. Only one place is trusted. */
export const CALL_SOURCES = ['official-site'] as const;
export type CallSource = (typeof CALL_SOURCES)[number];

/** 連絡先の回復: a claim by somebody whom no registered mailbox reaches any more. Decided ones are kept. */
@Entity('recovery')
@Check('recovery_kind_is_known', `kind IN ('lost-address', 'everyone-left')`)
@Check(
  'recovery_status_is_known',
  `status IN ('awaiting_verification', 'awaiting_call', 'awaiting_agreement', 'done', 'declined', 'expired')`,
)
@Check('recovery_version_is_positive', 'version > 0')
@Check(
  'recovery_lapses_only_unverified',
  `(status IN ('awaiting_verification', 'expired')) = (expires_at IS NOT NULL)`,
)
@Check(
  'recovery_goes_on_verified',
  `status IN ('awaiting_verification', 'expired') OR verified_at IS NOT NULL`,
)
@Check(
  'recovery_decision_has_person_and_time',
  `(status IN ('done', 'declined')) = (decided_at IS NOT NULL AND decided_by_account_id IS NOT NULL)`,
)
@Check(
  'recovery_agreement_follows_call',
  `status NOT IN ('awaiting_agreement', 'done') OR confirmed_by_account_id IS NOT NULL`,
)
@Check('recovery_takes_two_people', `status <> 'done' OR confirmed_by_account_id <> decided_by_account_id`)
@Index('recovery_queue', ['status', 'claimedAt', 'id'])
@Index('recovery_registration_id', ['registrationId', 'claimedAt'])
export class Recovery {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'recovery_pkey' })
  id: string;

  /** 受付番号, such as `R8-K012`. */
  @Index('recovery_number_is_unique', { unique: true })
  @Column({ type: 'text' })
  number: string;

  @ForeignKey(() => Registration, { name: 'recovery_of_registration' })
  @Column({ type: 'uuid' })
  registrationId: string;

  @Column({ type: 'text' })
  kind: RecoveryKind;

  @Column({ type: 'text', default: 'awaiting_verification' })
  status: RecoveryStatus;

  /** Grows with every write; what `If-Match` is held against. */
  @Column({ type: 'integer', default: 1 })
  version: number;

  /** Version of the registration when the claim was made. */
  @Column({ type: 'integer' })
  baseVersion: number;

  @Column({ type: 'jsonb' })
  department: ClaimedDepartment;

  @Column({ type: 'jsonb' })
  contact: ClaimedContact;

  /** A word to the office. */
  @Column({ type: 'text', nullable: true })
  message: string | null;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  claimedAt: Date;

  /** When it lapses unless the claimed mailbox answers; null once it has. */
  @Column({ type: 'timestamptz', nullable: true })
  expiresAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  verifiedAt: Date | null;

  /** The first of the two: whoever called and heard that it is right. */
  @ForeignKey(() => Account, { name: 'recovery_confirmed_by_account' })
  @Column({ type: 'uuid', nullable: true })
  confirmedByAccountId: string | null;

  /** The second, or whoever declined it. */
  @ForeignKey(() => Account, { name: 'recovery_decided_by_account' })
  @Column({ type: 'uuid', nullable: true })
  decidedByAccountId: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  decidedAt: Date | null;

  /** For the office; it is mailed to nobody. */
  @Column({ type: 'text', nullable: true })
  decisionReason: string | null;
}

/** A call to the town hall about a claim. Never altered. */
@Entity('recovery_call')
@Check('recovery_call_source_is_known', `source IN ('official-site')`)
@Check('recovery_call_outcome_is_known', `outcome IN ('confirmed', 'denied', 'no-answer')`)
@Check('recovery_call_answered_names_person', `outcome = 'no-answer' OR spoke_with IS NOT NULL`)
@Index('recovery_call_recovery_id', ['recoveryId', 'calledAt'])
export class RecoveryCall {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'recovery_call_pkey' })
  id: string;

  @ForeignKey(() => Recovery, { name: 'recovery_call_of_recovery' })
  @Column({ type: 'uuid' })
  recoveryId: string;

  @Column({ type: 'text' })
  numberCalled: string;

  @Column({ type: 'text' })
  source: CallSource;

  @Column({ type: 'text', nullable: true })
  spokeWith: string | null;

  @Column({ type: 'text' })
  outcome: CallOutcome;

  @Column({ type: 'text', nullable: true })
  note: string | null;

  @ForeignKey(() => Account, { name: 'recovery_call_by_account' })
  @Column({ type: 'uuid' })
  calledByAccountId: string;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  calledAt: Date;
}
