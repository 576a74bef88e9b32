import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** Which derived code stands in the slot of a mail's text. */
export const CODE_PURPOSES = [
  'sign-in',
  'verify-address',
  'staff-invitation',
  'confirm-registration',
] as const;
export type CodePurpose = (typeof CODE_PURPOSES)[number];

/**
 * One mail to one mailbox, written in the transaction of what causes it. The text is complete but for the code,
 * which is derived at the moment of sending. Its status is read from the timestamps.
 */
@Entity('outbox_message')
@Check('outbox_message_code_has_challenge', '(code_purpose IS NULL) = (code_challenge_id IS NULL)')
@Check('outbox_message_ends_once', 'sent_at IS NULL OR failed_at IS NULL')
@Index('outbox_message_due', ['priority', 'notBefore'], { where: 'sent_at IS NULL AND failed_at IS NULL' })
@Index('outbox_message_registration_id', ['registrationId', 'queuedAt'])
@Index('outbox_message_queued_at', ['queuedAt', 'id'])
export class OutboxMessage {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'outbox_message_pkey' })
  id: string;

  /** What it says, such as `change-request.approved`; declared by the room that sends it. */
  @Column({ type: 'text' })
  kind: string;

  /** One mail for one occasion and one mailbox, however often the cause is tried. */
  @Index('outbox_message_dedupe_key_is_unique', { unique: true })
  @Column({ type: 'text' })
  dedupeKey: string;

  /** `Message-ID` without its brackets, the same at every attempt. */
  @Index('outbox_message_message_id_is_unique', { unique: true })
  @Column({ type: 'text' })
  messageId: string;

  @Column({ type: 'text' })
  recipient: string;

  @Column({ type: 'text' })
  subject: string;

  @Column({ type: 'text' })
  body: string;

  @Column({ type: 'text', nullable: true })
  codePurpose: CodePurpose | null;

  @Column({ type: 'uuid', nullable: true })
  codeChallengeId: string | null;

  /** The registration that it is about, where that is one alone; no foreign key, since the platform knows no room. */
  @Column({ type: 'uuid', nullable: true })
  registrationId: string | null;

  /** Lower goes first; sign-in codes have 0. */
  @Column({ type: 'smallint', default: 5 })
  priority: number;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  queuedAt: Date;

  /** Not to be tried before. */
  @Column({ type: 'timestamptz', default: () => 'now()' })
  notBefore: Date;

  /** After this it would only confuse (a code that no longer works): it fails instead of going out. */
  @Column({ type: 'timestamptz', nullable: true })
  uselessAfter: Date | null;

  @Column({ type: 'integer', default: 0 })
  attempts: number;

  /** While in the future, one worker has it. */
  @Column({ type: 'timestamptz', nullable: true })
  leasedUntil: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  sentAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  bouncedAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  failedAt: Date | null;

  @Column({ type: 'text', nullable: true })
  lastError: string | null;

  /** When staff last had it sent again after it failed: its tries count from there. */
  @Column({ type: 'timestamptz', nullable: true })
  retriedAt: Date | null;
}

/** One try to hand a mail over, committed before the connection is made. Without an end it is uncertain. */
@Entity('outbox_attempt')
@Check('outbox_attempt_outcome_is_known', `outcome IN ('sent', 'deferred', 'failed')`)
@Check('outbox_attempt_ended_has_outcome', '(ended_at IS NULL) = (outcome IS NULL)')
export class OutboxAttempt {
  @ForeignKey(() => OutboxMessage, { name: 'outbox_attempt_of_message' })
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'outbox_attempt_pkey' })
  messageId: string;

  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'outbox_attempt_pkey' })
  attempt: number;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  startedAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  endedAt: Date | null;

  @Column({ type: 'text', nullable: true })
  outcome: 'sent' | 'deferred' | 'failed' | null;

  /** What the server answered. */
  @Column({ type: 'text', nullable: true })
  response: string | null;
}

/** What a mail is about that is about several registrations: to a mailbox that serves several municipalities. */
@Entity('outbox_message_about')
export class OutboxMessageAbout {
  @ForeignKey(() => OutboxMessage, { name: 'outbox_message_about_of_message', onDelete: 'CASCADE' })
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'outbox_message_about_pkey' })
  messageId: string;

  @Index('outbox_message_about_registration_id')
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'outbox_message_about_pkey' })
  registrationId: string;
}
