import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Account } from '../accounts/account.entity.js';
import type { LowRiskField } from './low-risk.policy.js';

export type ReviewPolicyStatus = 'proposed' | 'in_force' | 'superseded' | 'declined';

/** One state of the rules for low-risk fields. One is in force; one at most waits for a second admin. */
@Entity('review_policy')
@Unique('review_policy_version_is_unique', ['version'])
@Check('review_policy_status_is_known', `status IN ('proposed', 'in_force', 'superseded', 'declined')`)
@Check('review_policy_fields_are_low_risk', `at_once <@ ARRAY['name', 'kana', 'title', 'extension']::text[]`)
@Check(
  'review_policy_agreed_by_another',
  `status NOT IN ('in_force', 'superseded') OR proposed_by_account_id IS NULL OR decided_by_account_id <> proposed_by_account_id`,
)
@Index('review_policy_one_in_force', ['status'], { unique: true, where: `status = 'in_force'` })
@Index('review_policy_one_proposed', ['status'], { unique: true, where: `status = 'proposed'` })
export class ReviewPolicy {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'review_policy_pkey' })
  id: string;

  @Column({ type: 'integer' })
  version: number;

  @Column({ type: 'text' })
  status: ReviewPolicyStatus;

  /** Fields that change at once. */
  @Column({ type: 'text', array: true })
  atOnce: LowRiskField[];

  @Column({ type: 'text', nullable: true })
  reason: string | null;

  /** null for the first version, which came with the portal. */
  @ForeignKey(() => Account, { name: 'review_policy_proposed_by_account' })
  @Column({ type: 'uuid', nullable: true })
  proposedByAccountId: string | null;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  proposedAt: Date;

  @ForeignKey(() => Account, { name: 'review_policy_decided_by_account' })
  @Column({ type: 'uuid', nullable: true })
  decidedByAccountId: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  decidedAt: Date | null;
}
