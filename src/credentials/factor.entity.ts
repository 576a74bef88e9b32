import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Account } from '../accounts/account.entity.js';

/** An authenticator app of a member of staff. Its secret is nowhere: it is derived from the id and the keys file. */
@Entity('staff_factor')
@Index('staff_factor_account_id', ['accountId'])
export class StaffFactor {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'staff_factor_pkey' })
  id: string;

  @ForeignKey(() => Account, { name: 'staff_factor_of_account' })
  @Column({ type: 'uuid' })
  accountId: string;

  /** What its owner calls it. */
  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;

  /** When its first code was typed; before that it counts for nothing. */
  @Column({ type: 'timestamptz', nullable: true })
  confirmedAt: Date | null;

  /** The latest half minute whose code was used: none is taken twice, nor an older one after it. */
  @Column({ type: 'bigint', nullable: true })
  lastStep: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  lastUsedAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  removedAt: Date | null;
}

/** One of ten codes on paper, for the day on which the app is lost. Derived from the id, too. */
@Entity('recovery_code')
@Index('recovery_code_account_id', ['accountId'])
export class RecoveryCode {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'recovery_code_pkey' })
  id: string;

  @ForeignKey(() => Account, { name: 'recovery_code_of_account' })
  @Column({ type: 'uuid' })
  accountId: string;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  usedAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  removedAt: Date | null;
}
