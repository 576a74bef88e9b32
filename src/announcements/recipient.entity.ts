import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Registration } from '../registry/registration.entity.js';
import { Announcement } from './announcement.entity.js';

/** How a municipality wants to be told: each by itself, or what came within a day in one mail. */
export const DELIVERIES = ['at-once', 'digest'] as const;
export type Delivery = (typeof DELIVERIES)[number];

/** One municipality for which an announcement is meant, and whether somebody there has acknowledged it. */
@Entity('announcement_recipient')
@Check('announcement_recipient_delivery_is_known', `delivery IN ('at-once', 'digest')`)
@Check(
  'announcement_recipient_acknowledged_in_full',
  '(acknowledged_at IS NULL) = (acknowledged_by IS NULL) AND (acknowledged_at IS NULL) = (acknowledged_mailbox IS NULL) AND (acknowledged_at IS NULL) = (acknowledged_revision IS NULL)',
)
@Check(
  'announcement_recipient_followed_up_in_full',
  '(followed_up_at IS NULL) = (followed_up_revision IS NULL)',
)
@Index('announcement_recipient_announcement_id', ['announcementId'])
@Index('announcement_recipient_digest', ['registrationId'], {
  where: `delivery = 'digest' AND mailed_at IS NULL`,
})
export class AnnouncementRecipient {
  @ForeignKey(() => Registration, { name: 'announcement_recipient_of_registration' })
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'announcement_recipient_pkey' })
  registrationId: string;

  @ForeignKey(() => Announcement, { name: 'announcement_recipient_of_announcement' })
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'announcement_recipient_pkey' })
  announcementId: string;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  addedAt: Date;

  /** A correction took it out of the audience: it doesn't see it any more. */
  @Column({ type: 'timestamptz', nullable: true })
  removedAt: Date | null;

  /** How it was told; null for one that joined later and was not. */
  @Column({ type: 'text', nullable: true })
  delivery: Delivery | null;

  /** When the mail or the digest was queued. */
  @Column({ type: 'timestamptz', nullable: true })
  mailedAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  acknowledgedAt: Date | null;

  /** As the person named themselves. */
  @Column({ type: 'text', nullable: true })
  acknowledgedBy: string | null;

  @Column({ type: 'text', nullable: true })
  acknowledgedMailbox: string | null;

  /** What that person had before them. */
  @Column({ type: 'integer', nullable: true })
  acknowledgedRevision: number | null;

  @Column({ type: 'timestamptz', nullable: true })
  followedUpAt: Date | null;

  /** For which revision; only a correction that asks anew allows another one. */
  @Column({ type: 'integer', nullable: true })
  followedUpRevision: number | null;
}

/** Somebody who reads this mailbox has opened it. Nobody else sees that: reach is told by acknowledgements alone. */
@Entity('announcement_reading')
export class AnnouncementReading {
  @ForeignKey(() => Registration, { name: 'announcement_reading_of_registration' })
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'announcement_reading_pkey' })
  registrationId: string;

  /** In lower case. */
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'announcement_reading_pkey' })
  mailboxKey: string;

  @ForeignKey(() => Announcement, { name: 'announcement_reading_of_announcement' })
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'announcement_reading_pkey' })
  announcementId: string;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  readAt: Date;
}

/** How one municipality wants to be told. */
@Entity('announcement_delivery')
@Check('announcement_delivery_version_is_positive', 'version > 0')
@Check('announcement_delivery_is_known', `delivery IN ('at-once', 'digest')`)
@Check('announcement_delivery_changed_by_somebody', '(changed_at IS NULL) = (changed_by IS NULL)')
export class AnnouncementDelivery {
  @ForeignKey(() => Registration, { name: 'announcement_delivery_of_registration' })
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'announcement_delivery_pkey' })
  registrationId: string;

  @Column({ type: 'integer', default: 1 })
  version: number;

  @Column({ type: 'text', default: 'at-once' })
  delivery: Delivery;

  /** Up to when it has been given what was out before it joined. */
  @Column({ type: 'timestamptz', default: () => 'now()' })
  caughtUpAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  changedAt: Date | null;

  /** As the person named themselves. */
  @Column({ type: 'text', nullable: true })
  changedBy: string | null;
}
