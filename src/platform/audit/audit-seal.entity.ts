import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { AuditEvent } from './audit.entity.js';

/** One link of the chain: an event, tied to the link before it. Append-only. */
@Entity('audit_seal')
@Check('audit_seal_seq_is_positive', 'seq > 0')
@Check('audit_seal_hashes_are_sha_256', 'octet_length(previous_hash) = 32 AND octet_length(hash) = 32')
export class AuditSeal {
  /** From 1, without a gap; bigint, which the driver gives as text. */
  @PrimaryColumn({ type: 'bigint', primaryKeyConstraintName: 'audit_seal_pkey' })
  seq: string;

  @ForeignKey(() => AuditEvent, { name: 'audit_seal_of_event' })
  @Index('audit_seal_event_id_is_unique', { unique: true })
  @Column({ type: 'uuid' })
  eventId: string;

  /** 32 zero bytes for the first. */
  @Index('audit_seal_previous_hash_is_unique', { unique: true })
  @Column({ type: 'bytea' })
  previousHash: Buffer;

  /** SHA-256 of the previous hash and the event's text. */
  @Index('audit_seal_hash_is_unique', { unique: true })
  @Column({ type: 'bytea' })
  hash: Buffer;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  sealedAt: Date;
}

/** The end of the chain as it went out by mail and log, once a day in Tokyo. Append-only. */
@Entity('audit_head')
@Check('audit_head_hash_is_sha_256', 'octet_length(hash) = 32')
export class AuditHead {
  @PrimaryColumn({ type: 'date', primaryKeyConstraintName: 'audit_head_pkey' })
  day: string;

  @Column({ type: 'bigint' })
  seq: string;

  @Column({ type: 'bytea' })
  hash: Buffer;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  toldAt: Date;
}
