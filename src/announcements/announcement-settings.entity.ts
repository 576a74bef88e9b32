import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Account } from '../accounts/account.entity.js';

/** The id of the one row. */
export const ANNOUNCEMENT_SETTINGS_ID = '019b3a5c-0c00-7000-8000-000000000002';

/** What editors set for all announcements. One row; the trail has what it was before. */
@Entity('announcement_settings')
@Check('announcement_settings_is_one', `id = '${ANNOUNCEMENT_SETTINGS_ID}'::uuid`)
@Check('announcement_settings_version_is_positive', 'version > 0')
@Check(
  'announcement_settings_attachments_bounded',
  'attachment_max_bytes BETWEEN 1 AND 52428800 AND attachment_max_count BETWEEN 0 AND 30',
)
@Check('announcement_settings_digest_hour_is_hour', 'digest_hour BETWEEN 0 AND 23')
export class AnnouncementSettings {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'announcement_settings_pkey' })
  id: string;

  /** Grows with every change, of the categories too; what `If-Match` is held against. */
  @Column({ type: 'integer', default: 1 })
  version: number;

  @Column({ type: 'integer' })
  attachmentMaxBytes: number;

  /** For each announcement. */
  @Column({ type: 'smallint' })
  attachmentMaxCount: number;

  /** When the daily mail goes out, in Tokyo. */
  @Column({ type: 'smallint' })
  digestHour: number;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  changedAt: Date;

  /** null for what came with the portal. */
  @ForeignKey(() => Account, { name: 'announcement_settings_changed_by_account' })
  @Column({ type: 'uuid', nullable: true })
  changedByAccountId: string | null;
}
