import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** What happened, by whom, to what. Append-only for the application's role; holds no personal values. */
@Entity('audit_event')
@Check('audit_event_actor_kind_is_known', `actor_kind IN ('member', 'staff', 'system')`)
@Index('audit_event_occurred_at', ['occurredAt', 'id'])
@Index('audit_event_subject', ['subjectType', 'subjectId'])
@Index('audit_event_registration_id', ['registrationId', 'occurredAt'])
export class AuditEvent {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'audit_event_pkey' })
  id: string;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  occurredAt: Date;

  /** A name of the catalogue, such as `change-request.approved`. */
  @Column({ type: 'text' })
  type: string;

  @Column({ type: 'text' })
  actorKind: 'member' | 'staff' | 'system';

  @Column({ type: 'uuid', nullable: true })
  actorAccountId: string | null;

  @Column({ type: 'uuid', nullable: true })
  sessionId: string | null;

  @Column({ type: 'text' })
  subjectType: string;

  @Column({ type: 'text' })
  subjectId: string;

  @Column({ type: 'uuid', nullable: true })
  registrationId: string | null;

  @Column({ type: 'jsonb' })
  details: Record<string, unknown>;

  /** SHA-256 of salt and personal values, so that a seal covers them and outlives them; null where there are none. */
  @Column({ type: 'bytea', nullable: true })
  personalDigest: Buffer | null;
}

/**
 * The personal values of an event (names, mailboxes), apart so that they can be erased. The salt goes with them: what
 * is left of a name must not be found by trying all names.
 */
@Entity('audit_personal')
@Check('audit_personal_erased_has_no_data', '(data IS NULL) = (erased_at IS NOT NULL)')
@Check('audit_personal_erased_has_no_salt', '(salt IS NULL) = (erased_at IS NOT NULL)')
export class AuditPersonal {
  @ForeignKey(() => AuditEvent, { name: 'audit_personal_of_event' })
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'audit_personal_pkey' })
  eventId: string;

  @Column({ type: 'jsonb', nullable: true })
  data: Record<string, unknown> | null;

  @Column({ type: 'bytea', nullable: true })
  salt: Buffer | null;

  @Column({ type: 'timestamptz', nullable: true })
  erasedAt: Date | null;
}
