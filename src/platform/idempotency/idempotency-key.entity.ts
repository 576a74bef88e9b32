import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The first good answer to a request, for whoever sends the same once more. Kept for a day. */
@Entity('idempotency_key')
@Check('idempotency_key_fingerprint_is_sha256', 'octet_length(fingerprint) = 32')
export class IdempotencyKey {
  /** Whose it is: `account:…` or `mailbox:…`, by the database's `viewer_identity()`. */
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'idempotency_key_pkey' })
  scope: string;

  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'idempotency_key_pkey' })
  key: string;

  /** SHA-256 of what was asked for. */
  @Column({ type: 'bytea' })
  fingerprint: Buffer;

  /** Null only while the work goes on, which nobody else sees. Not `jsonb`, so that the order of members stays. */
  @Column({ type: 'json', nullable: true })
  response: unknown;

  @Index('idempotency_key_created_at')
  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;
}
