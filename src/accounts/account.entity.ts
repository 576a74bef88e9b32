import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { StaffRole } from '../platform/access/permission.js';
import { Registration } from '../registry/registration.entity.js';

export const ACCOUNT_STATUSES = ['invited', 'active', 'disabled'] as const;
export type AccountStatus = (typeof ACCOUNT_STATUSES)[number];

/** A member of the council's staff. Members have no account: their right comes from a registered mailbox. */
@Entity('account')
@Check('account_status_is_known', `status IN ('invited', 'active', 'disabled')`)
@Check(
  'account_roles_are_known',
  `roles <@ ARRAY['reviewer', 'editor', 'admin']::text[] AND cardinality(roles) > 0`,
)
@Check('account_active_has_password', `status <> 'active' OR password_hash IS NOT NULL`)
@Check('account_version_is_positive', 'version > 0')
export class Account {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'account_pkey' })
  id: string;

  @Column({ type: 'text' })
  email: string;

  /** Lower case of `email`. */
  @Index('account_email_key_is_unique', { unique: true })
  @Column({ type: 'text' })
  emailKey: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text', array: true })
  roles: StaffRole[];

  @Column({ type: 'text', default: 'invited' })
  status: AccountStatus;

  /** argon2id, PHC string. */
  @Column({ type: 'text', nullable: true })
  passwordHash: string | null;

  /** Counted up by each change of what admins may change. */
  @Column({ type: 'integer', default: 1 })
  version: number;

  @Column({ type: 'timestamptz', nullable: true })
  lastSignInAt: Date | null;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;
}

/** A person who is signed in: a member of staff, or whoever proved to read a registered mailbox. */
@Entity('session')
@Check('session_belongs_to_account_or_registration', '(account_id IS NULL) <> (registration_id IS NULL)')
@Check('session_of_member_has_mailbox', 'registration_id IS NULL OR mailbox IS NOT NULL')
@Index('session_account_id', ['accountId'])
@Index('session_registration_id', ['registrationId'])
export class Session {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'session_pkey' })
  id: string;

  /** SHA-256 of the cookie's value. */
  @Index('session_token_hash_is_unique', { unique: true })
  @Column({ type: 'bytea' })
  tokenHash: Buffer;

  @ForeignKey(() => Account, { name: 'session_of_account' })
  @Column({ type: 'uuid', nullable: true })
  accountId: string | null;

  @ForeignKey(() => Registration, { name: 'session_of_registration' })
  @Column({ type: 'uuid', nullable: true })
  registrationId: string | null;

  /** The mailbox that the member proved to read. */
  @Column({ type: 'text', nullable: true })
  mailbox: string | null;

  /** What a member said their name is; self-declared. */
  @Column({ type: 'text', nullable: true })
  operatorName: string | null;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  lastSeenAt: Date;

  @Column({ type: 'timestamptz' })
  expiresAt: Date;

  /** When a second factor was last shown: at sign-in, and again before what takes it. */
  @Column({ type: 'timestamptz', nullable: true })
  steppedUpAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  revokedAt: Date | null;
}
