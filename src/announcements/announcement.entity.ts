import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Account } from '../accounts/account.entity.js';
import type { AnnouncementState } from './announcement.state.js';
import type { Audience } from './audience.js';

/** A kind of announcement that readers filter by. One that isn't used any more is retired, never deleted. */
@Entity('announcement_category')
@Index('announcement_category_one_name_in_use', ['name'], { unique: true, where: 'retired_at IS NULL' })
export class AnnouncementCategory {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'announcement_category_pkey' })
  id: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'integer' })
  position: number;

  @Column({ type: 'timestamptz', nullable: true })
  retiredAt: Date | null;
}

/** お知らせ: written by editors, read by those for whom it is meant. Drafts can go; what was out once is kept. */
@Entity('announcement')
@Check('announcement_version_is_positive', 'version > 0')
@Check('announcement_state_is_known', `state IN ('draft', 'scheduled', 'published', 'archived')`)
@Check('announcement_scheduled_has_time', `(state = 'scheduled') = (publish_at IS NOT NULL)`)
@Check('announcement_published_has_time', `(state IN ('published', 'archived')) = (published_at IS NOT NULL)`)
@Check('announcement_archived_has_time', `(state = 'archived') = (archived_at IS NOT NULL)`)
@Check('announcement_published_has_revision', '(published_at IS NOT NULL) = (revision > 0)')
@Check('announcement_expires_after_publication', 'expires_at > coalesce(published_at, publish_at)')
@Check('announcement_audience_is_object', `jsonb_typeof(audience) = 'object'`)
@Index('announcement_published_at', ['publishedAt', 'id'], { where: `state = 'published'` })
@Index('announcement_changed_at', ['changedAt', 'id'])
@Index('announcement_due', ['publishAt'], { where: `state = 'scheduled'` })
@Index('announcement_ending', ['expiresAt'], { where: `state = 'published'` })
export class Announcement {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'announcement_pkey' })
  id: string;

  /** Grows with every write; what `If-Match` is held against. */
  @Column({ type: 'integer', default: 1 })
  version: number;

  @Column({ type: 'text', default: 'draft' })
  state: AnnouncementState;

  @Column({ type: 'text' })
  title: string;

  /** Plain text: what the mail says of it. */
  @Column({ type: 'text' })
  summary: string;

  /** Markdown without HTML. */
  @Column({ type: 'text' })
  body: string;

  @ForeignKey(() => AnnouncementCategory, { name: 'announcement_of_category' })
  @Column({ type: 'uuid' })
  categoryId: string;

  /** The rule. Whom it meant at publication stands in the recipients. */
  @Column({ type: 'jsonb' })
  audience: Audience;

  @Column({ type: 'boolean', default: false })
  pinned: boolean;

  /** When a scheduled one is to go out. */
  @Column({ type: 'timestamptz', nullable: true })
  publishAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  publishedAt: Date | null;

  /** From then on no member sees it. */
  @Column({ type: 'timestamptz', nullable: true })
  expiresAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  archivedAt: Date | null;

  /** 0 before publication, 1 from then on, one more with each correction. */
  @Column({ type: 'integer', default: 0 })
  revision: number;

  /** An acknowledgement of an earlier revision than this no longer counts. */
  @Column({ type: 'integer', default: 1 })
  acknowledgeFrom: number;

  /** Title, summary, text and names of attachments, folded by `normalizeForSearch`: what LIKE looks through. */
  @Column({ type: 'text' })
  searchText: string;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;

  @ForeignKey(() => Account, { name: 'announcement_created_by_account' })
  @Column({ type: 'uuid', nullable: true })
  createdByAccountId: string | null;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  changedAt: Date;

  @ForeignKey(() => Account, { name: 'announcement_changed_by_account' })
  @Column({ type: 'uuid', nullable: true })
  changedByAccountId: string | null;
}

/** What it said at publication (1) and after each correction. Written once. */
@Entity('announcement_revision')
@Check('announcement_revision_is_positive', 'revision > 0')
@Check('announcement_revision_correction_has_note', '(revision > 1) = (note IS NOT NULL)')
export class AnnouncementRevision {
  @ForeignKey(() => Announcement, { name: 'announcement_revision_of_announcement' })
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'announcement_revision_pkey' })
  announcementId: string;

  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'announcement_revision_pkey' })
  revision: number;

  @Column({ type: 'text' })
  title: string;

  @Column({ type: 'text' })
  summary: string;

  @Column({ type: 'text' })
  body: string;

  /** Its name at that time. */
  @Column({ type: 'text' })
  category: string;

  @Column({ type: 'jsonb' })
  audience: Audience;

  /** Names of the files that went with it. */
  @Column({ type: 'jsonb' })
  attachments: string[];

  /** What was corrected, in words; members read it. */
  @Column({ type: 'text', nullable: true })
  note: string | null;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  recordedAt: Date;

  /** null where its time had come. */
  @ForeignKey(() => Account, { name: 'announcement_revision_by_account' })
  @Column({ type: 'uuid', nullable: true })
  accountId: string | null;
}
