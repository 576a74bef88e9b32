import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Account } from '../accounts/account.entity.js';
import type { Change } from '../registry/registration-diff.js';
import type { RegistrationDocument } from '../registry/registration-document.js';
import { Registration } from '../registry/registration.entity.js';
import type { RefusedChange } from './change-request.policy.js';
import type { ChangeRequestStatus } from './change-request.state.js';

/** 登録情報の変更届: a proposed registration against a base version. Decided ones are kept. */
@Entity('change_request')
@Check(
  'change_request_status_is_known',
  `status IN ('awaiting_verification', 'under_review', 'scheduled', 'approved', 'partly_approved', 'returned', 'withdrawn', 'expired')`,
)
@Check(
  'change_request_decision_has_time',
  `status NOT IN ('scheduled', 'approved', 'partly_approved', 'returned') OR decided_at IS NOT NULL`,
)
@Check(
  'change_request_applied_has_time',
  `(status IN ('approved', 'partly_approved')) = (applied_at IS NOT NULL)`,
)
@Check('change_request_partly_approved_has_refused', `status <> 'partly_approved' OR refused <> '[]'`)
@Check('change_request_kind_is_known', `kind IN ('change', 'handover')`)
@Check('change_request_handover_has_date', `kind <> 'handover' OR effective_on IS NOT NULL`)
@Check('change_request_return_has_reason', `status <> 'returned' OR decision_reason IS NOT NULL`)
@Check('change_request_version_is_positive', 'version > 0')
@Index('change_request_one_open_per_registration', ['registrationId'], {
  unique: true,
  where: `status IN ('awaiting_verification', 'under_review', 'returned')`,
})
@Index('change_request_registration_id', ['registrationId', 'submittedAt'])
@Index('change_request_queue', ['status', 'submittedAt', 'id'])
@Index('change_request_scheduled', ['effectiveOn'], { where: `status = 'scheduled'` })
@Index('change_request_lapsing', ['expiresAt'], {
  where: `status IN ('awaiting_verification', 'returned')`,
})
@Index('change_request_to_look_over', ['submittedAt'], {
  where: 'decided_by_rule IS NOT NULL AND looked_over_at IS NULL',
})
export class ChangeRequest {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'change_request_pkey' })
  id: string;

  /** 受付番号, such as `R8-0412`. */
  @Index('change_request_number_is_unique', { unique: true })
  @Column({ type: 'text' })
  number: string;

  @ForeignKey(() => Registration, { name: 'change_request_of_registration' })
  @Column({ type: 'uuid' })
  registrationId: string;

  /** A handover is made of the parts that a person fills in, and waits for its date. */
  @Column({ type: 'text', default: 'change' })
  kind: 'change' | 'handover';

  @Column({ type: 'text' })
  status: ChangeRequestStatus;

  /** Grows with every write; what `If-Match` is held against. */
  @Column({ type: 'integer', default: 1 })
  version: number;

  /** Version of the registration that the proposal was made from. */
  @Column({ type: 'integer' })
  baseVersion: number;

  @Column({ type: 'jsonb' })
  base: RegistrationDocument;

  @Column({ type: 'jsonb' })
  proposed: RegistrationDocument;

  /** What differs between the two, as it was shown to both sides. */
  @Column({ type: 'jsonb' })
  changes: Change[];

  @Column({ type: 'text', nullable: true })
  comment: string | null;

  @Column({ type: 'uuid' })
  proposedBySessionId: string;

  /** Set where a member of staff proposed it. */
  @ForeignKey(() => Account, { name: 'change_request_proposed_by_account' })
  @Column({ type: 'uuid', nullable: true })
  proposedByAccountId: string | null;

  /** Where the answer goes. */
  @Column({ type: 'text' })
  proposedByMailbox: string;

  /** As the person named themselves. */
  @Column({ type: 'text' })
  proposedByName: string;

  @Column({ type: 'timestamptz' })
  submittedAt: Date;

  @ForeignKey(() => Account, { name: 'change_request_decided_by_account' })
  @Column({ type: 'uuid', nullable: true })
  decidedByAccountId: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  decidedAt: Date | null;

  @Column({ type: 'text', nullable: true })
  decisionReason: string | null;

  /** What was not taken over, and why. */
  @Column({ type: 'jsonb', default: [] })
  refused: RefusedChange[];

  /** Version of the rules that let it pass at once; null: a person decided. */
  @Column({ type: 'integer', nullable: true })
  decidedByRule: number | null;

  /** When somebody looked over what a rule had let pass. */
  @Column({ type: 'timestamptz', nullable: true })
  lookedOverAt: Date | null;

  @ForeignKey(() => Account, { name: 'change_request_looked_over_by_account' })
  @Column({ type: 'uuid', nullable: true })
  lookedOverByAccountId: string | null;

  /** The change request that this one takes back. */
  @ForeignKey(() => ChangeRequest, { name: 'change_request_undoes_change_request' })
  @Column({ type: 'uuid', nullable: true })
  undoesId: string | null;

  /** When it became part of the registration. */
  @Column({ type: 'timestamptz', nullable: true })
  appliedAt: Date | null;

  /** When its date came and it could not be applied, since the registration had changed in the same place. */
  @Column({ type: 'timestamptz', nullable: true })
  blockedAt: Date | null;

  /** The date from which it is to hold; null: from the decision. */
  @Column({ type: 'date', nullable: true })
  effectiveOn: string | null;

  /** When it lapses if nobody goes on with it. */
  @Column({ type: 'timestamptz', nullable: true })
  expiresAt: Date | null;

  /** When the municipality was told that it will lapse. */
  @Column({ type: 'timestamptz', nullable: true })
  warnedAt: Date | null;
}
