import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Account } from '../accounts/account.entity.js';
import { Announcement } from './announcement.entity.js';

/** A file that goes with an announcement. While it is on its way up, it has a name and nothing else. */
@Entity('announcement_attachment')
@Check(
  'announcement_attachment_added_in_full',
  '(added_at IS NULL) = (media_type IS NULL) AND (added_at IS NULL) = (bytes IS NULL) AND (added_at IS NULL) = (sha256 IS NULL)',
)
@Check('announcement_attachment_holds_something', 'bytes > 0')
@Check('announcement_attachment_removed_after_adding', 'removed_at IS NULL OR added_at IS NOT NULL')
@Index('announcement_attachment_announcement_id', ['announcementId', 'id'])
export class AnnouncementAttachment {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'announcement_attachment_pkey' })
  id: string;

  @ForeignKey(() => Announcement, { name: 'announcement_attachment_of_announcement' })
  @Column({ type: 'uuid' })
  announcementId: string;

  /** As it was called, without folders and control characters. */
  @Column({ type: 'text' })
  name: string;

  /** By its content. */
  @Column({ type: 'text', nullable: true })
  mediaType: string | null;

  @Column({ type: 'integer', nullable: true })
  bytes: number | null;

  @Column({ type: 'bytea', nullable: true })
  sha256: Buffer | null;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  begunAt: Date;

  /** When it had come in full and been judged; null before. */
  @Column({ type: 'timestamptz', nullable: true })
  addedAt: Date | null;

  @ForeignKey(() => Account, { name: 'announcement_attachment_added_by_account' })
  @Column({ type: 'uuid', nullable: true })
  addedByAccountId: string | null;

  /** Taken off an announcement that is out: kept, and shown to nobody. */
  @Column({ type: 'timestamptz', nullable: true })
  removedAt: Date | null;
}

/** A piece of it, so that neither side ever holds a whole file. */
@Entity('announcement_attachment_chunk')
export class AnnouncementAttachmentChunk {
  @ForeignKey(() => AnnouncementAttachment, {
    name: 'announcement_attachment_chunk_of_attachment',
    onDelete: 'CASCADE',
  })
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'announcement_attachment_chunk_pkey' })
  attachmentId: string;

  /** From 0. */
  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'announcement_attachment_chunk_pkey' })
  position: number;

  @Column({ type: 'bytea' })
  content: Buffer;
}
