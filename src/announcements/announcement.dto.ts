import { Type } from 'class-transformer';
import { IsBoolean, IsDefined, IsIn, IsInt, IsObject, IsUUID, Min, ValidateNested } from 'class-validator';
import { FlagField, InstantField, Omissible, TextField } from '../platform/http/fields.js';
import { PageQuery } from '../platform/http/page.dto.js';
import { ANNOUNCEMENT_STATES, type AnnouncementState } from './announcement.state.js';
import { AttachmentResponse } from './attachment.dto.js';
import { AudienceDto } from './audience.dto.js';

const TITLE = { max: 100 } as const;
const SUMMARY = { max: 400, multiline: true } as const;
/** Far below what a request may hold; four times the longest newsletter text. */
const BODY = { max: 20_000, multiline: true } as const;

export class AnnouncementsQuery extends PageQuery {
  /** Words of title, summary, text and names of files, of two characters as well; several narrow it down. @example 防災 */
  @Omissible()
  @TextField({ max: 100 })
  q?: string;

  /** @example 019b3a5c-0c10-7000-8000-000000000001 */
  @Omissible()
  @IsUUID()
  categoryId?: string;

  /** Only those that stand here; without it, all that the viewer may see. @example published */
  @Omissible()
  @IsIn(ANNOUNCEMENT_STATES)
  state?: AnnouncementState;

  /** Only those that nobody has opened who reads this mailbox; for members. @example true */
  @Omissible()
  @FlagField()
  unread?: boolean;

  /** Only those with or without the municipality's acknowledgement; for members. @example false */
  @Omissible()
  @FlagField()
  acknowledged?: boolean;

  /** @example true */
  @Omissible()
  @FlagField()
  pinned?: boolean;
}

/** A draft may lack anything but its title; to go out, it lacks nothing. */
export class CreateAnnouncementDto {
  /** @example 全国連携講演会のご案内 */
  @TextField(TITLE)
  title: string;

  /** Plain text: what the mail says of it. @example 8月28日に講演会を開きます。どなたでもご参加いただけます。 */
  @Omissible()
  @TextField({ ...SUMMARY, nullable: true })
  summary: string | null = null;

  /** Markdown; what looks like HTML is shown as it was typed. @example "## 日時\n\n8月28日（水）14時から" */
  @Omissible()
  @TextField({ ...BODY, nullable: true })
  body: string | null = null;

  /** @example 019b3a5c-0c10-7000-8000-000000000003 */
  @IsUUID()
  categoryId: string;

  @Omissible()
  @IsObject()
  @ValidateNested()
  @Type(() => AudienceDto)
  audience?: AudienceDto;

  /** Stands first, and on the home page, while it is out. @example false */
  @Omissible()
  @IsBoolean()
  pinned: boolean = false;

  /** From then on no member sees it. @example 2026-12-31T15:00:00.000Z */
  @Omissible()
  @InstantField({ nullable: true })
  expiresAt: Date | null = null;
}

/** What isn't sent stays as it is. Of one that is out, only `pinned` and `expiresAt`; the rest takes a correction. */
export class ChangeAnnouncementDto {
  /** @example 全国連携講演会のご案内 */
  @Omissible()
  @TextField(TITLE)
  title?: string;

  /** @example 8月28日に講演会を開きます。 */
  @Omissible()
  @TextField({ ...SUMMARY, nullable: true })
  summary?: string | null;

  /** @example "## 日時\n\n8月28日（水）14時から" */
  @Omissible()
  @TextField({ ...BODY, nullable: true })
  body?: string | null;

  /** @example 019b3a5c-0c10-7000-8000-000000000003 */
  @Omissible()
  @IsUUID()
  categoryId?: string;

  @Omissible()
  @IsObject()
  @ValidateNested()
  @Type(() => AudienceDto)
  audience?: AudienceDto;

  /** @example true */
  @Omissible()
  @IsBoolean()
  pinned?: boolean;

  /** @example 2026-12-31T15:00:00.000Z */
  @Omissible()
  @InstantField({ nullable: true })
  expiresAt?: Date | null;
}

export class ScheduleDto {
  /** In the future. @example 2026-12-01T00:00:00.000Z */
  @InstantField()
  publishAt: Date;
}

/** What it is to say from now on, in full, and what is different. */
export class CorrectAnnouncementDto {
  /** @example 全国連携講演会のご案内 */
  @TextField(TITLE)
  title: string;

  /** @example 8月28日に講演会を開きます。 */
  @TextField(SUMMARY)
  summary: string;

  /** @example "## 日時\n\n8月28日（水）15時から" */
  @TextField(BODY)
  body: string;

  /** @example 019b3a5c-0c10-7000-8000-000000000003 */
  @IsUUID()
  categoryId: string;

  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => AudienceDto)
  audience: AudienceDto;

  /** What was corrected; members read it. @example 開始の時刻を、14時から15時に改めました。 */
  @TextField({ max: 400, multiline: true })
  note: string;

  /** Whether those who were told are told of the correction, too, at once. @example true */
  @IsBoolean()
  notify: boolean;

  /** Whether earlier acknowledgements no longer count. @example false */
  @IsBoolean()
  askAgain: boolean;
}

export class AcknowledgeDto {
  /** The revision that the person has before them. @example 1 */
  @Min(1)
  @IsInt()
  revision: number;
}

export class AnnouncementCategoryResponse {
  /** @example 019b3a5c-0c10-7000-8000-000000000003 */
  id: string;
  /** @example 講演会 */
  name: string;
}

export class AcknowledgementResponse {
  /** @example 2026-11-22T01:58:00.000Z */
  at: Date;
  /** As the person named themselves. @example "小野寺 真理" */
  byName: string;
  /** What that person had before them. @example 1 */
  revision: number;
  /** false where a correction has asked anew since. @example true */
  counts: boolean;
}

export class CorrectionResponse {
  /** @example 2 */
  revision: number;
  /** @example 2026-11-22T01:58:00.000Z */
  at: Date;
  /** @example 開始の時刻を、14時から15時に改めました。 */
  note: string;
}

/** How far it has got, among municipalities that are registered today. */
export class ReachCountsResponse {
  /** For whom it is meant. @example 372 */
  recipients: number;
  /** @example 210 */
  acknowledged: number;
  /** Without an acknowledgement, and already reminded. @example 40 */
  followedUp: number;
}

export class AnnouncementSummaryResponse {
  /** @example 019b3a5c-0c20-7000-8000-000000000001 */
  id: string;
  /** @example published */
  state: AnnouncementState;
  /** @example 公開中 */
  stateLabel: string;
  /** @example 全国連携講演会のご案内 */
  title: string;
  /** @example 8月28日に講演会を開きます。 */
  summary: string;
  category: AnnouncementCategoryResponse;
  /** @example false */
  pinned: boolean;
  /** @example 2026-11-22T01:58:00.000Z */
  publishedAt: Date | null;
  /** When a scheduled one goes out; editors alone see those. @example null */
  publishAt: Date | null;
  /** @example null */
  expiresAt: Date | null;
  /** When it was last corrected. @example null */
  correctedAt: Date | null;
  /** 0 before publication, 1 from then on, one more with each correction. @example 1 */
  revision: number;
  /** How many files go with it. @example 1 */
  attachmentCount: number;
  /** Whether nobody who reads this mailbox has opened it; null for staff. @example true */
  unread: boolean | null;
  /** The municipality's; null without one, and for staff. */
  acknowledgement: AcknowledgementResponse | null;
  /** null for members. */
  reach: ReachCountsResponse | null;
  /** @example 2026-11-22T01:58:00.000Z */
  changedAt: Date;
}

export class AnnouncementPage {
  items: AnnouncementSummaryResponse[];
  /** @example null */
  nextCursor: string | null;
  /** @example 12 */
  total: number;
}

export class AnnouncementResponse extends AnnouncementSummaryResponse {
  /** Also the `ETag`. @example 3 */
  version: number;
  /** Markdown without HTML. @example "## 日時\n\n8月28日（水）14時から" */
  body: string;
  corrections: CorrectionResponse[];
  attachments: AttachmentResponse[];
  /** Whom it is meant for; null for members, who learn only that they are. */
  audience: AudienceDto | null;
  /** Who wrote it last; null for members. @example "堀越 直央" */
  changedByName: string | null;
}

export class RevisionResponse {
  /** @example 1 */
  revision: number;
  /** @example 全国連携講演会のご案内 */
  title: string;
  /** @example 8月28日に講演会を開きます。 */
  summary: string;
  /** @example "## 日時\n\n8月28日（水）14時から" */
  body: string;
  /** Its name at that time. @example 講演会 */
  category: string;
  audience: AudienceDto;
  /** Names of the files that went with it. @example ["開催要項.pdf"] */
  attachments: string[];
  /** null for the first. @example null */
  note: string | null;
  /** @example 2026-11-22T01:58:00.000Z */
  recordedAt: Date;
  /** null where its time had come. @example "堀越 直央" */
  byName: string | null;
}

export class RevisionList {
  items: RevisionResponse[];
}

export class MailPreviewResponse {
  /** @example 【特別区全国連携】お知らせ：全国連携講演会のご案内 */
  subject: string;
  /** To a municipality that stands for all. @example "〇〇町　ご担当者様\n\n…" */
  body: string;
}
