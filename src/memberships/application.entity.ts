import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Account } from '../accounts/account.entity.js';
import { Municipality } from '../registry/municipality.entity.js';
import type { RegistrationDocument } from '../registry/registration-document.js';
import { Registration } from '../registry/registration.entity.js';
import type { ApplicationStatus } from './application.state.js';

/** 登録の申込み: a municipality asks to join. Decided ones are kept. */
@Entity('membership_application')
@Check(
  'membership_application_status_is_known',
  `status IN ('awaiting_verification', 'under_review', 'accepted', 'declined', 'expired')`,
)
@Check('membership_application_version_is_positive', 'version > 0')
@Check(
  'membership_application_awaiting_has_end',
  `status <> 'awaiting_verification' OR expires_at IS NOT NULL`,
)
@Check(
  'membership_application_decision_has_time_and_account',
  `(status IN ('accepted', 'declined')) = (decided_at IS NOT NULL AND decided_by_account_id IS NOT NULL)`,
)
@Check('membership_application_decline_has_reason', `status <> 'declined' OR decision_reason IS NOT NULL`)
@Check(
  'membership_application_accepted_has_registration',
  `(status = 'accepted') = (registration_id IS NOT NULL)`,
)
@Index('membership_application_one_under_review_per_municipality', ['municipalityCode'], {
  unique: true,
  where: `status = 'under_review'`,
})
@Index('membership_application_queue', ['status', 'submittedAt', 'id'])
@Index('membership_application_municipality_code', ['municipalityCode', 'submittedAt'])
export class MembershipApplication {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'membership_application_pkey' })
  id: string;

  /** 受付番号, such as `R8-A012`. */
  @Index('membership_application_number_is_unique', { unique: true })
  @Column({ type: 'text' })
  number: string;

  @ForeignKey(() => Municipality, { name: 'membership_application_of_municipality' })
  @Column({ type: 'text' })
  municipalityCode: string;

  @Column({ type: 'text' })
  status: ApplicationStatus;

  /** Grows with every write; what `If-Match` is held against. */
  @Column({ type: 'integer', default: 1 })
  version: number;

  @Column({ type: 'jsonb' })
  proposed: RegistrationDocument;

  /** As the person named themselves. */
  @Column({ type: 'text' })
  applicantName: string;

  /** Where the answer goes: the primary department's. */
  @Column({ type: 'text' })
  applicantMailbox: string;

  @Column({ type: 'text', nullable: true })
  comment: string | null;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  submittedAt: Date;

  /** When it lapses unless every mailbox has answered; null from then on. */
  @Column({ type: 'timestamptz', nullable: true })
  expiresAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  decidedAt: Date | null;

  @ForeignKey(() => Account, { name: 'membership_application_decided_by_account' })
  @Column({ type: 'uuid', nullable: true })
  decidedByAccountId: string | null;

  @Column({ type: 'text', nullable: true })
  decisionReason: string | null;

  /** What it became. */
  @ForeignKey(() => Registration, { name: 'membership_application_became_registration' })
  @Column({ type: 'uuid', nullable: true })
  registrationId: string | null;
}
