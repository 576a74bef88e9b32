import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Account } from '../accounts/account.entity.js';

/**
 * An invitation to set a password and a second factor, the first or new ones. Its code is derived from the id.
 */
@Entity('staff_invitation')
@Index('staff_invitation_account_id', ['accountId'])
export class StaffInvitation {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'staff_invitation_pkey' })
  id: string;

  /** What a person types to name it. */
  @Index('staff_invitation_number_is_unique', { unique: true })
  @Column({ type: 'bigint', default: () => 'drawn_number()' })
  number: string;

  @ForeignKey(() => Account, { name: 'staff_invitation_of_account' })
  @Column({ type: 'uuid' })
  accountId: string;

  @Column({ type: 'integer', default: 0 })
  attempts: number;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  expiresAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  usedAt: Date | null;
}
