import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsDefined,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  IsUUID,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { FlagField, Omissible, TextField } from '../platform/http/fields.js';
import { PageQuery } from '../platform/http/page.dto.js';
import { ChangeResponse, NewPersonDto, ProposedRegistrationDto } from '../registry/registration.dto.js';
import type { ReviewRule } from '../review-policy/low-risk.policy.js';
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

/** Pointers of a registration document, with room for ids. */
const POINTER_MAX = 200;

export class RefusalDto {
  /** One of the request's changes. @example /contacts/019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d60/extension */
  @TextField({ max: POINTER_MAX })
  pointer: string;

  /** Why it isn't taken over, in the result mail as it stands. @example 内線番号の桁数が違うようです。お確かめください。 */
  @TextField({ max: 500, multiline: true })
  reason: string;
}

export class ApproveDto {
  /** A word to the municipality, in the result mail. @example 確認しました。 */
  @Omissible()
  @TextField({ max: 1000, multiline: true, nullable: true })
  reason: string | null = null;

  /**
   * The changes to take over, by their pointers. Left out: all that `refusals` doesn't name. Given: every change
   * has to stand in one of the two lists.
   * @example ["/contacts/019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d60/name"]
   */
  @Omissible()
  @MaxLength(POINTER_MAX, { each: true })
  @IsString({ each: true })
  @ArrayMaxSize(1000)
  @IsArray()
  accept?: string[];

  /** The changes not to take over, each with its reason. */
  @Omissible()
  @ValidateNested({ each: true })
  @Type(() => RefusalDto)
  @ArrayMaxSize(1000)
  @IsObject({ each: true })
  @IsArray()
  refusals: RefusalDto[] = [];
}

export class RebaseChoiceDto {
  /** One of the three-way view. @example /contacts/019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d60/extension */
  @TextField({ max: POINTER_MAX })
  pointer: string;

  /** What holds: what is registered now, or what was proposed. @example current */
  @IsIn(['current', 'proposed'])
  take: 'current' | 'proposed';

  /**
   * Why what was proposed is given up: needed where staff do so for a municipality; it stands in the result mail.
   * @example 総務課の届出で、すでに新しい番号に変わっています。
   */
  @Omissible()
  @TextField({ max: 500, multiline: true, nullable: true })
  reason: string | null = null;
}

export class RebaseDto {
  /** The registration's version that the choices were made against. @example 13 */
  @IsInt()
  @Min(1)
  registrationVersion: number;

  /** Needed for each conflict; elsewhere, what one side alone has changed holds. */
  @ValidateNested({ each: true })
  @Type(() => RebaseChoiceDto)
  @ArrayMaxSize(1000)
  @IsObject({ each: true })
  @IsArray()
  @IsDefined()
  choices: RebaseChoiceDto[];
}

export class HandoverDto {
  /** Who leaves. @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d60 */
  @IsUUID()
  outgoingContactId: string;

  /** Who takes over: in the same department, as 正 or 副 like the one who leaves. */
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => NewPersonDto)
  incoming: NewPersonDto;

  /** The first day of whoever takes over (Asia/Tokyo): today or within a year. @example 2027-04-01 */
  @TextField({ max: 10 })
  effectiveOn: string;

  /** A word to the reviewer. @example 4月1日付けの人事異動によるものです。 */
  @Omissible()
  @TextField({ max: 1000, multiline: true, nullable: true })
  comment: string | null = null;
}

export class UndoDto {
  /** Why, for the municipality and for whoever reviews it. @example 同姓の方と取り違えたとのご連絡がありました。 */
  @TextField({ max: 1000, multiline: true })
  reason: string;
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

  /** Only those that are neither decided nor withdrawn nor lapsed; false: all others. @example true */
  @Omissible()
  @FlagField()
  open?: boolean;

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

  /** Only those that a rule let pass at once and nobody has looked over yet; false: all others. @example true */
  @Omissible()
  @FlagField()
  toLookOver?: boolean;

  /** Oldest first, or newest first. @example submittedAt */
  @Omissible()
  @IsIn(['submittedAt', '-submittedAt'])
  sort: 'submittedAt' | '-submittedAt' = 'submittedAt';
}

export class ProposedChangeResponse extends ChangeResponse {
  /** `review`: a member of staff looks first. `at-once`: the rules let it pass by itself. @example review */
  rule: ReviewRule;
  /** What became of it; null before the decision. @example accepted */
  decision: 'accepted' | 'refused' | null;
}

export class ChangeRequestPreviewResponse {
  /** Version of the registration that it would be sent against: the `If-Match` of the sending. @example 12 */
  baseVersion: number;
  /** What it would change, as the sending would say it; people and departments to be added get other ids then. */
  changes: ProposedChangeResponse[];
  /** Mailboxes that would have to be verified by a code first. @example ["chosei@town-otofuke.example"] */
  newMailboxes: string[];
  /** The rules would let it pass at once. @example false */
  appliesAtOnce: boolean;
  /** Mailboxes that would be mailed of it right away, besides those that get a code. @example ["kikaku@town-otofuke.example"] */
  notified: string[];
  /** A handover's date. @example null */
  effectiveOn: string | null;
  /** How many working days a review usually takes. @example 3 */
  reviewBusinessDays: number;
}

export class RefusedChangeResponse {
  /** @example /contacts/019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d60/extension */
  pointer: string;
  /** @example changed */
  kind: 'changed' | 'added' | 'removed';
  /** @example "担当者（正）小野寺 真理　内線" */
  label: string;
  /** In words. @example "521" */
  beforeText: string | null;
  /** @example "534" */
  afterText: string | null;
  /** @example 内線番号の桁数が違うようです。お確かめください。 */
  reason: string;
}

export class ThreeWayFieldResponse {
  /** @example /contacts/019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d60/extension */
  pointer: string;
  /** @example "担当者（正）小野寺 真理　内線" */
  label: string;
  /** `current`, `proposed`: only that side changed it; `same`: both alike; `conflict`: has to be chosen. @example conflict */
  state: 'current' | 'proposed' | 'same' | 'conflict';
  /** What the proposal was made from, in words. @example "521" */
  baseText: string | null;
  /** What is registered now. @example "530" */
  currentText: string | null;
  /** What was proposed. @example "534" */
  proposedText: string | null;
}

export class ThreeWayResponse {
  /** Version of the registration that the proposal was made from. @example 12 */
  baseVersion: number;
  /** Version of the registration now. @example 13 */
  registrationVersion: number;
  fields: ThreeWayFieldResponse[];
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
  /** @example change */
  kind: 'change' | 'handover';
  /** @example under_review */
  status: ChangeRequestStatus;
  /** @example 内容確認中 */
  statusLabel: string;
  /** A handover's date. @example null */
  effectiveOn: string | null;
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
  /** A new mailbox has yet to answer its code. @example false */
  unverified: boolean;
  /** The registration has changed since, and it isn't decided or applied yet: it has to be put on top first. @example false */
  registrationMoved: boolean;
  /** Whoever asks can decide on it now; nobody does on what they proposed themselves. @example true */
  mayDecide: boolean;
  /** When it lapses unless somebody goes on with it. @example 2026-12-06T01:44:00.000Z */
  expiresAt: Date | null;
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
  /** @example change */
  kind: 'change' | 'handover';
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
  /** What is not taken over, and why; also what a reviewer gave up when the registration had moved. */
  refused: RefusedChangeResponse[];
  proposed: ProposedRegistrationDto;
  verifications: VerificationResponse[];
  /** @example 4月1日付けの人事異動によるものです。 */
  comment: string | null;
  /** @example "小野寺 真理" */
  proposedByName: string;
  /** Whose address the office's own proposals carry is shown to staff only. @example kikaku@town-otofuke.example */
  proposedByMailbox: string | null;
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
  /** Version of the rules that let it pass at once; null where a person decides. @example null */
  decidedByRule: number | null;
  /** When somebody looked over what a rule had let pass. @example null */
  lookedOverAt: Date | null;
  /** The change request that this one takes back. @example null */
  undoesId: string | null;
  /** When it became part of the registration. @example null */
  appliedAt: Date | null;
  /** When its date came and the registration had changed in the same place. @example null */
  blockedAt: Date | null;
  /** The date from which it is to hold; null: from the decision. @example null */
  effectiveOn: string | null;
  /** When it lapses unless somebody goes on with it. @example 2026-12-06T01:44:00.000Z */
  expiresAt: Date | null;
}
