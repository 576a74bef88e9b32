import { IsIn, IsUUID } from 'class-validator';
import { Omissible, TextField } from '../http/fields.js';
import { PageQuery } from '../http/page.dto.js';

/** `bounced`: taken by the server and sent back later. */
export const MAIL_STATUSES = ['waiting', 'sent', 'failed', 'bounced'] as const;
export type MailStatus = (typeof MAIL_STATUSES)[number];

export class MailQuery extends PageQuery {
  /** About one registration. @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5f */
  @Omissible()
  @IsUUID()
  registrationId?: string;

  /** @example failed */
  @Omissible()
  @IsIn(MAIL_STATUSES)
  status?: MailStatus;

  /** One kind of mail. @example change-request.approved */
  @Omissible()
  @TextField({ max: 60, pattern: /^[a-z.-]+$/ })
  kind?: string;

  /** Words of the recipient's mailbox or of the subject; all of them have to be there. @example otofuke */
  @Omissible()
  @TextField({ max: 100 })
  q?: string;

  /** Queued on this date or later (Asia/Tokyo). @example 2026-04-01 */
  @Omissible()
  @TextField({ max: 10 })
  from?: string;

  /** Queued on this date or earlier (Asia/Tokyo). @example 2026-04-30 */
  @Omissible()
  @TextField({ max: 10 })
  to?: string;
}

export class MailAboutResponse {
  /** @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5f */
  registrationId: string;
  /** @example 北海道音更町 */
  municipality: string;
}

export class MailSummaryResponse {
  /** @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d91 */
  id: string;
  /** @example change-request.approved */
  kind: string;
  /** @example 変更届の反映 */
  kindLabel: string;
  /** @example kikaku@town-otofuke.example */
  recipient: string;
  /** @example 【特別区全国連携】変更届の内容を登録に反映しました（北海道音更町） */
  subject: string;
  /** What it is about: nothing, a registration, or all that the mailbox serves, by the municipalities' codes. */
  about: MailAboutResponse[];
  /** @example sent */
  status: MailStatus;
  /** @example 2026-11-22T01:58:00.000Z */
  queuedAt: Date;
  /** When the server took it. @example 2026-11-22T01:58:02.000Z */
  sentAt: Date | null;
  /** When it was given up. @example null */
  failedAt: Date | null;
  /** When the server sent it back. @example null */
  bouncedAt: Date | null;
  /** How often it was tried. @example 1 */
  attempts: number;
  /** The server's last words where it didn't go out. @example null */
  lastError: string | null;
}

export class MailPage {
  items: MailSummaryResponse[];
  /** @example null */
  nextCursor: string | null;
  /** @example 1 */
  total: number;
}

export class MailTryResponse {
  /** From 1. @example 1 */
  attempt: number;
  /** @example 2026-11-22T01:58:01.000Z */
  startedAt: Date;
  /** null: still under way, or nobody knows how it ended. @example 2026-11-22T01:58:02.000Z */
  endedAt: Date | null;
  /** `deferred`: tried again later. @example sent */
  outcome: 'sent' | 'deferred' | 'failed' | null;
  /** What the server answered. @example accepted */
  response: string | null;
}

export class MailResponse extends MailSummaryResponse {
  /** The text as it goes out, but for a code: that is made when it is sent and kept nowhere. @example 音更町　ご担当者様 */
  body: string;
  /** When staff last had it sent again. @example null */
  retriedAt: Date | null;
  /** It failed, and what it says still holds: it can be sent again. @example false */
  mayRetry: boolean;
  /** Oldest first. */
  tries: MailTryResponse[];
}
