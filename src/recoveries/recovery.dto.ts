import { Type } from 'class-transformer';
import { IsDefined, IsIn, IsObject, ValidateNested } from 'class-validator';
import { Omissible, PhoneField, TextField } from '../platform/http/fields.js';
import { PageQuery } from '../platform/http/page.dto.js';
import { ChangeResponse, DepartmentFieldsDto, PersonFieldsDto } from '../registry/registration.dto.js';
import type { RegistrationStatus } from '../registry/registration.entity.js';
import { RECOVERY_KINDS, type RecoveryKind } from './recovery-document.js';
import { CALL_SOURCES, type CallSource } from './recovery.entity.js';
import { CALL_OUTCOMES, type CallOutcome, RECOVERY_STATUSES, type RecoveryStatus } from './recovery.state.js';

export class ClaimRecoveryDto {
  /** 全国地方公共団体コード, 5 or 6 digits. @example 016314 */
  @TextField({ max: 6 })
  municipalityCode: string;

  /** The mailbox is lost, or everyone who was registered has left. @example everyone-left */
  @IsIn(RECOVERY_KINDS)
  kind: RecoveryKind;

  /** Its mailbox is the new one and is mailed a code; its telephone is never called to check the claim. */
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => DepartmentFieldsDto)
  department: DepartmentFieldsDto;

  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => PersonFieldsDto)
  contact: PersonFieldsDto;

  /** A word to the office. @example 4月の異動で、前任の者が全員いなくなりました。 */
  @Omissible()
  @TextField({ max: 1000, multiline: true, nullable: true })
  message: string | null = null;
}

export class ClaimedResponse {
  /** 受付番号. @example R8-K012 */
  number: string;
  /** @example awaiting_verification */
  status: RecoveryStatus;
  /** When the claim lapses unless the code is typed. @example 2026-12-06T15:00:00.000Z */
  expiresAt: Date;
  /** What happens next, for a person. @example 確認用の番号とコードを、新しいアドレスあてにメールでお送りしました。 */
  next: string;
}

export class RecoveriesQuery extends PageQuery {
  /** Only those that stand here. @example awaiting_call */
  @Omissible()
  @IsIn(RECOVERY_STATUSES)
  status?: RecoveryStatus;
}

export class RecoverySummaryResponse {
  /** @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d91 */
  id: string;
  /** 受付番号. @example R8-K012 */
  number: string;
  /** @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5f */
  registrationId: string;
  /** @example 016314 */
  municipalityCode: string;
  /** @example 北海道音更町 */
  municipality: string;
  /** @example everyone-left */
  kind: RecoveryKind;
  /** @example awaiting_call */
  status: RecoveryStatus;
  /** @example お電話での確認待ち */
  statusLabel: string;
  /** @example 2026-11-22T01:44:00.000Z */
  claimedAt: Date;
  /** Whole days since then. @example 1 */
  ageDays: number;
  /** Whom the claim names. @example "小野寺 真理" */
  contactName: string;
}

export class RecoveryPage {
  items: RecoverySummaryResponse[];
  /** @example null */
  nextCursor: string | null;
  /** @example 1 */
  total: number;
}

export class NoteCallDto {
  /** The number on the municipality's official site; never one of the claim's. @example 0155-00-2110 */
  @PhoneField()
  numberCalled: string;

  /** Where the number was found. @example official-site */
  @IsIn(CALL_SOURCES)
  source: CallSource;

  /** Who answered; may be left out only when nobody did. @example 総務課　庶務係の方 */
  @Omissible()
  @TextField({ max: 100, nullable: true })
  spokeWith: string | null = null;

  /** @example confirmed */
  @IsIn(CALL_OUTCOMES)
  outcome: CallOutcome;

  /** For the office. @example 企画課に代わってもらい、本人と話した。 */
  @Omissible()
  @TextField({ max: 1000, multiline: true, nullable: true })
  note: string | null = null;
}

export class DeclineDto {
  /** For the office; it is mailed to nobody. @example 登録のアドレスの方から、いまも使えるとお電話があった。 */
  @TextField({ max: 1000, multiline: true })
  reason: string;
}

export class CallResponse {
  /** @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d92 */
  id: string;
  /** @example 0155-00-2110 */
  numberCalled: string;
  /** @example official-site */
  source: CallSource;
  /** @example 総務課　庶務係の方 */
  spokeWith: string | null;
  /** @example confirmed */
  outcome: CallOutcome;
  /** @example 申出のとおりと確認 */
  outcomeLabel: string;
  /** @example 企画課に代わってもらい、本人と話した。 */
  note: string | null;
  /** @example 2026-11-22T02:10:00.000Z */
  calledAt: string;
  /** @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d93 */
  calledByAccountId: string;
  /** @example "中邨 彩葉" */
  calledByName: string;
}

/** Where to find the one number to call. */
export class OfficialContactResponse {
  /** The official site: look the number up there. @example https://www.town.otofuke.example/ */
  website: string | null;
  /** @example 080-0198 */
  officePostalCode: string | null;
  /** @example 北海道河東郡音更町元町2 */
  officeAddress: string | null;
}

export class RecoveryResponse {
  /** @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d91 */
  id: string;
  /** 受付番号. @example R8-K012 */
  number: string;
  /** @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5f */
  registrationId: string;
  /** @example active */
  registrationStatus: RegistrationStatus;
  /** @example 016314 */
  municipalityCode: string;
  /** @example 北海道音更町 */
  municipality: string;
  /** @example everyone-left */
  kind: RecoveryKind;
  /** @example awaiting_call */
  status: RecoveryStatus;
  /** @example お電話での確認待ち */
  statusLabel: string;
  /** Also the `ETag`. @example 2 */
  version: number;
  /** Version of the registration when the claim was made. @example 12 */
  baseVersion: number;
  /** Version of the registration now. @example 12 */
  registrationVersion: number;
  /** The registration has changed since the claim, perhaps by another claim. @example false */
  registrationMoved: boolean;
  department: DepartmentFieldsDto;
  contact: PersonFieldsDto;
  /** @example 4月の異動で、前任の者が全員いなくなりました。 */
  message: string | null;
  /** From the master of municipalities, not from the claim. */
  official: OfficialContactResponse;
  /** 代表電話 as it is registered: to compare with the site's, not to call. @example 0155-00-2110 */
  registeredMainPhone: string;
  /** What carrying it out would change of the registration as it is now; none once it is closed. */
  changes: ChangeResponse[];
  calls: CallResponse[];
  /** @example 2026-11-22T01:44:00.000Z */
  claimedAt: Date;
  /** @example 2026-11-22T01:58:00.000Z */
  verifiedAt: Date | null;
  /** When it lapses unless its mailbox answers. @example null */
  expiresAt: Date | null;
  /** Whoever called and heard that it is right; somebody else carries it out. @example null */
  confirmedByAccountId: string | null;
  /** @example null */
  confirmedByName: string | null;
  /** @example null */
  decidedAt: Date | null;
  /** @example null */
  decidedByName: string | null;
  /** @example null */
  decisionReason: string | null;
}
