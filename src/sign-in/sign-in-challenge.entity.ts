import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One mailed code. The code itself is nowhere: it is derived from the id. */
@Entity('sign_in_challenge')
@Index('sign_in_challenge_mailbox_key', ['mailboxKey', 'createdAt'])
export class SignInChallenge {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'sign_in_challenge_pkey' })
  id: string;

  /** Lower case of the address that was typed, known or not. */
  @Column({ type: 'text' })
  mailboxKey: string;

  /** SHA-256 of the cookie that binds the challenge to the browser that asked. */
  @Column({ type: 'bytea' })
  nonceHash: Buffer;

  @Column({ type: 'integer', default: 0 })
  attempts: number;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  expiresAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  usedAt: Date | null;

  /** When a code was queued for it; null where the mailbox is not registered . */
  @Column({ type: 'timestamptz', nullable: true })
  mailedAt: Date | null;
}
