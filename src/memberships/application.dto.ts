import { Type } from 'class-transformer';
import { IsDefined, IsIn, IsObject, ValidateNested } from 'class-validator';
import { Omissible, TextField } from '../platform/http/fields.js';
import { PageQuery } from '../platform/http/page.dto.js';
import { ProposedRegistrationDto } from '../registry/registration.dto.js';
import { VerificationResponse } from '../verifications/verification.dto.js';
import { APPLICATION_STATUSES, type ApplicationStatus } from './application.state.js';

export class ApplyDto {
  /** 全国地方公共団体コード, 5 or 6 digits. @example 016314 */
  @TextField({ max: 6 })
  municipalityCode: string;

  /** The registration as it is to be; everything in it has a label (`new-1`) for an id. */
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => ProposedRegistrationDto)
  proposed: ProposedRegistrationDto;

  /** Who applies. @example "小野寺 真理" */
  @TextField({ max: 100 })
  applicantName: string;

  /** A word to the office. @example 令和8年度から参加を希望します。 */
  @Omissible()
  @TextField({ max: 1000, multiline: true, nullable: true })
  comment: string | null = null;
}

export class DeclineDto {
  /** Why, in the result mail as it stands. @example 連携先の自治体に限っているためです。 */
  @TextField({ max: 1000, multiline: true })
  reason: string;
}

export class ApplicationsQuery extends PageQuery {
  /** Only those that stand here. @example under_review */
  @Omissible()
  @IsIn(APPLICATION_STATUSES)
  status?: ApplicationStatus;

  /** Oldest first, or newest first. @example submittedAt */
  @Omissible()
  @IsIn(['submittedAt', '-submittedAt'])
  sort: 'submittedAt' | '-submittedAt' = 'submittedAt';
}

/** What whoever applied learns at once. */
export class AppliedResponse {
  /** 受付番号. @example R8-A012 */
  number: string;
  /** @example 北海道音更町 */
  municipality: string;
  /** @example awaiting_verification */
  status: ApplicationStatus;
  /** @example アドレスの確認待ち */
  statusLabel: string;
  /** Mailboxes that were mailed a code and have to answer. @example ["kikaku@town-otofuke.example"] */
  awaiting: string[];
  /** When it lapses without their answers. @example 2026-12-06T15:00:00.000Z */
  expiresAt: Date | null;
}

export class ApplicationSummaryResponse {
  /** @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d70 */
  id: string;
  /** 受付番号. @example R8-A012 */
  number: string;
  /** @example 016314 */
  municipalityCode: string;
  /** @example 北海道音更町 */
  municipality: string;
  /** @example under_review */
  status: ApplicationStatus;
  /** @example 内容確認中 */
  statusLabel: string;
  /** @example "小野寺 真理" */
  applicantName: string;
  /** @example 2026-11-22T01:44:00.000Z */
  submittedAt: Date;
  /** Whole days since then. @example 1 */
  ageDays: number;
}

export class ApplicationPage {
  items: ApplicationSummaryResponse[];
  /** @example null */
  nextCursor: string | null;
  /** @example 1 */
  total: number;
}

export class ApplicationResponse {
  /** @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d70 */
  id: string;
  /** 受付番号. @example R8-A012 */
  number: string;
  /** @example 016314 */
  municipalityCode: string;
  /** @example 北海道音更町 */
  municipality: string;
  /** @example under_review */
  status: ApplicationStatus;
  /** @example 内容確認中 */
  statusLabel: string;
  /** Also the `ETag`. @example 2 */
  version: number;
  proposed: ProposedRegistrationDto;
  verifications: VerificationResponse[];
  /** @example "小野寺 真理" */
  applicantName: string;
  /** @example kikaku@town-otofuke.example */
  applicantMailbox: string;
  /** @example 令和8年度から参加を希望します。 */
  comment: string | null;
  /** @example 2026-11-22T01:44:00.000Z */
  submittedAt: Date;
  /** When it lapses unless every mailbox answers; null from then on. @example null */
  expiresAt: Date | null;
  /** @example null */
  decidedAt: Date | null;
  /** @example null */
  decidedByName: string | null;
  /** @example null */
  decisionReason: string | null;
  /** What it became. @example null */
  registrationId: string | null;
  /** A registration of the municipality that has ended; accepting brings it back. @example null */
  endedRegistrationId: string | null;
}
