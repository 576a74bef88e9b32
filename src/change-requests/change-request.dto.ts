import { Type } from 'class-transformer';
import { IsDefined, IsIn, IsObject, IsUUID, ValidateNested } from 'class-validator';
import { Omissible, TextField } from '../platform/http/fields.js';
import { PageQuery } from '../platform/http/page.dto.js';
import { ChangeResponse, ProposedRegistrationDto } from '../registry/registration.dto.js';
import { VerificationResponse } from '../verifications/verification.dto.js';
import { CHANGE_REQUEST_STATUSES, type ChangeRequestStatus } from './change-request.state.js';

export class SubmitChangeRequestDto {
  /** The whole registration as it is to be; what isn't in it is to go. */
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => ProposedRegistrationDto)
  proposed: ProposedRegistrationDto;

  /** A word to the reviewer. @example 4月1日付けの人事異動によるものです。 */
  @Omissible()
  @TextField({ max: 1000, multiline: true, nullable: true })
  comment: string | null = null;
}

export class ApproveDto {
  /** A word to the municipality, in the result mail. @example 確認しました。 */
  @Omissible()
  @TextField({ max: 1000, multiline: true, nullable: true })
  reason: string | null = null;
}

export class ReturnDto {
  /** Why, in the result mail as it stands. @example 所属アドレスの市町村名が違うようです。お確かめください。 */
  @TextField({ max: 1000, multiline: true })
  reason: string;
}

export class ChangeRequestsQuery extends PageQuery {
  /** Only those that stand here. @example under_review */
  @Omissible()
  @IsIn(CHANGE_REQUEST_STATUSES)
  status?: ChangeRequestStatus;

  /** Only those of one registration. @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5f */
  @Omissible()
  @IsUUID()
  registrationId?: string;

  /** Sent on this date or later (Asia/Tokyo). @example 2026-04-01 */
  @Omissible()
  @TextField({ max: 10 })
  from?: string;

  /** Sent on this date or earlier (Asia/Tokyo). @example 2026-04-30 */
  @Omissible()
  @TextField({ max: 10 })
  to?: string;

  /** Oldest first, or newest first. @example submittedAt */
  @Omissible()
  @IsIn(['submittedAt', '-submittedAt'])
  sort: 'submittedAt' | '-submittedAt' = 'submittedAt';
}

export class ProposedChangeResponse extends ChangeResponse {
  /** `review`: a member of staff looks at it. @example review */
  rule: 'review';
}

export class ChangeRequestSummaryResponse {
  /** @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d61 */
  id: string;
  /** 受付番号. @example R8-0412 */
  number: string;
  /** @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5f */
  registrationId: string;
  /** @example 016314 */
  municipalityCode: string;
  /** @example 北海道音更町 */
  municipality: string;
  /** @example under_review */
  status: ChangeRequestStatus;
  /** @example 内容確認中 */
  statusLabel: string;
  /** @example 2026-11-22T01:44:00.000Z */
  submittedAt: Date;
  /** Whole days since then. @example 1 */
  ageDays: number;
  /** @example "小野寺 真理" */
  proposedByName: string;
  /** A member of staff proposed it for the municipality. @example false */
  proposedByStaff: boolean;
  /** What it touches. @example ["企画課　所属アドレス"] */
  labels: string[];
}

export class ChangeRequestPage {
  items: ChangeRequestSummaryResponse[];
  /** @example null */
  nextCursor: string | null;
  /** @example 1 */
  total: number;
}

export class ChangeRequestResponse {
  /** @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d61 */
  id: string;
  /** 受付番号. @example R8-0412 */
  number: string;
  /** @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5f */
  registrationId: string;
  /** @example 016314 */
  municipalityCode: string;
  /** @example 北海道音更町 */
  municipality: string;
  /** @example under_review */
  status: ChangeRequestStatus;
  /** @example 内容確認中 */
  statusLabel: string;
  /** Also the `ETag`. @example 2 */
  version: number;
  /** Version of the registration that the proposal was made from. @example 12 */
  baseVersion: number;
  /** Version of the registration now; another than `baseVersion` while open means that it moved. @example 12 */
  registrationVersion: number;
  changes: ProposedChangeResponse[];
  proposed: ProposedRegistrationDto;
  verifications: VerificationResponse[];
  /** @example 4月1日付けの人事異動によるものです。 */
  comment: string | null;
  /** @example "小野寺 真理" */
  proposedByName: string;
  /** @example kikaku@town-otofuke.example */
  proposedByMailbox: string;
  /** @example false */
  proposedByStaff: boolean;
  /** @example 2026-11-22T01:44:00.000Z */
  submittedAt: Date;
  /** @example null */
  decidedAt: Date | null;
  /** The member of staff, shown to staff only. @example null */
  decidedByName: string | null;
  /** @example null */
  decisionReason: string | null;
  /** The date from which it is to hold; null: from the decision. @example null */
  effectiveOn: string | null;
  /** When it lapses unless somebody goes on with it. @example 2026-12-06T01:44:00.000Z */
  expiresAt: Date | null;
}
