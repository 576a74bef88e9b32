import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsDefined,
  IsIn,
  IsObject,
  ValidateNested,
} from 'class-validator';
import { EmailField, Omissible, PhoneField, PostalCodeField, TextField } from '../platform/http/fields.js';
import { PageQuery } from '../platform/http/page.dto.js';
import { MUNICIPALITY_TYPES, type MunicipalityType } from './municipality.entity.js';
import { CONTACT_ROLES, type ContactRole } from './registration-document.js';
import {
  type FreshnessMethod,
  REGISTRATION_STATUSES,
  type RegistrationStatus,
  type VersionCause,
} from './registration.entity.js';

/** An id that the portal gave, or a label (`new-1`) for something that doesn't exist yet. */
const ITEM_ID = /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|new-[0-9A-Za-z-]{1,36})$/;
const ITEM_ID_MESSAGE = '番号の形式が違います。新しいものには new-1 のような仮の番号を付けてください。';

const IdField = (): PropertyDecorator =>
  TextField({ max: 40, pattern: ITEM_ID, patternMessage: ITEM_ID_MESSAGE });

/** What is registered of a department. */
export class DepartmentFieldsDto {
  /** @example 企画財政部企画課 */
  @TextField({ max: 100 })
  name: string;

  /** @example きかくざいせいぶきかくか */
  @Omissible()
  @TextField({ max: 200, nullable: true })
  kana: string | null = null;

  /** 所属アドレス, the mailbox that the department shares. @example kikaku@town-otofuke.example */
  @EmailField()
  email: string;

  /** @example 0155-00-2111 */
  @Omissible()
  @PhoneField({ nullable: true })
  phone: string | null = null;

  /** @example 0155-00-2117 */
  @Omissible()
  @PhoneField({ nullable: true })
  fax: string | null = null;

  /** @example 080-0198 */
  @Omissible()
  @PostalCodeField({ nullable: true })
  postalCode: string | null = null;

  /** @example 北海道河東郡音更町元町2 */
  @Omissible()
  @TextField({ max: 200, nullable: true })
  address: string | null = null;
}

export class DepartmentDto extends DepartmentFieldsDto {
  /** Its id, or `new-1` and so on for one to be added. @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5e */
  @IdField()
  id: string;
}

/** What is registered of a person, wherever they work and whatever mailbox they read. */
export class PersonFieldsDto {
  /** @example "小野寺 真理" */
  @TextField({ max: 100 })
  name: string;

  /** @example おのでら まり */
  @Omissible()
  @TextField({ max: 200, nullable: true })
  kana: string | null = null;

  /** @example 企画調整係主査 */
  @Omissible()
  @TextField({ max: 100, nullable: true })
  title: string | null = null;

  /** @example "534" */
  @Omissible()
  @TextField({ max: 20, nullable: true, pattern: /^[0-9A-Za-z()（）・,、\-ー ]+$/u })
  extension: string | null = null;
}

/** Somebody who comes: the same with a mailbox of their own, where there is one. */
export class NewPersonDto extends PersonFieldsDto {
  /** Own mailbox, where there is one. @example onodera@town-otofuke.example */
  @Omissible()
  @EmailField({ nullable: true })
  email: string | null = null;
}

export class ContactDto extends NewPersonDto {
  /** Its id, or `new-1` and so on for one to be added. @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d60 */
  @IdField()
  id: string;

  /** The department's id or label. @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5e */
  @IdField()
  departmentId: string;

  /** 正 or 副. @example primary */
  @IsIn(CONTACT_ROLES)
  role: ContactRole;
}

/** A whole registration as somebody proposes it: these four members and no others. What isn't in it is to go. */
export class ProposedRegistrationDto {
  /** 代表電話. @example 0155-00-2110 */
  @PhoneField()
  mainPhone: string;

  /** Id or label of the primary department. @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5e */
  @IdField()
  primaryDepartmentId: string;

  // The validators nearest to the property are asked first.
  @ValidateNested({ each: true })
  @Type(() => DepartmentDto)
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @IsObject({ each: true })
  @IsArray()
  @IsDefined()
  departments: DepartmentDto[];

  @ValidateNested({ each: true })
  @Type(() => ContactDto)
  @ArrayMaxSize(60)
  @IsObject({ each: true })
  @IsArray()
  @IsDefined()
  contacts: ContactDto[];
}

export class CreateRegistrationDto extends ProposedRegistrationDto {
  /** 全国地方公共団体コード, 5 or 6 digits. @example 016314 */
  @TextField({ max: 6 })
  municipalityCode: string;
}

export class FreshnessResponse {
  /** @example 2026-04-08T01:44:00.000Z */
  at: string;
  /** @example "小野寺 真理" */
  by: string;
  /** @example confirmation */
  method: FreshnessMethod;
}

export class RegistrationResponse {
  /** @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5f */
  id: string;
  /** @example 016314 */
  municipalityCode: string;
  /** @example 音更町 */
  municipality: string;
  /** @example 北海道 */
  prefecture: string;
  /** @example active */
  status: RegistrationStatus;
  /** Also the `ETag`; what a change or a confirmation is made against. @example 12 */
  version: number;
  /** @example 2026-04-08T01:44:00.000Z */
  lastConfirmedAt: Date | null;
  /** When the membership ended. @example null */
  withdrawnAt: Date | null;
  /** Why it ended. @example null */
  withdrawnReason: string | null;
  /** @example 0155-00-2110 */
  mainPhone: string;
  /** @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5e */
  primaryDepartmentId: string;
  departments: DepartmentDto[];
  contacts: ContactDto[];
  /**
   * By JSON Pointer into this document. A field without an entry is unknown, which is not stale.
   * @example {"/mainPhone": {"at": "2026-04-08T01:44:00.000Z", "by": "小野寺 真理", "method": "confirmation"}}
   */
  freshness: Record<string, FreshnessResponse>;
  /** For how many months a confirmation counts as fresh, by the office's setting. @example 12 */
  freshMonths: number;
  /** What was confirmed at this instant or later is fresh: the beginning of a day in Tokyo. @example 2025-11-21T15:00:00.000Z */
  freshSince: Date;
}

export class RegistrationsQuery extends PageQuery {
  /** Name, kana, prefecture or code; kana kind, width and case don't matter. @example おとふけ */
  @Omissible()
  @TextField({ max: 100 })
  q?: string;

  /** 6-digit code of the prefecture. @example 010006 */
  @Omissible()
  @TextField({ max: 6, pattern: /^\d{6}$/ })
  prefecture?: string;

  /** @example town */
  @Omissible()
  @IsIn(MUNICIPALITY_TYPES)
  type?: MunicipalityType;

  /** Id of a 市長会 or 町村会. @example hokkaido-choson */
  @Omissible()
  @TextField({ max: 40, pattern: /^[a-z-]+$/ })
  association?: string;

  /** `fresh`: confirmed within as many months as the office has set; `stale`: longer ago; `unknown`: never. @example unknown */
  @Omissible()
  @IsIn(['fresh', 'stale', 'unknown'])
  freshness?: 'fresh' | 'stale' | 'unknown';

  /** Members, or those whose membership has ended. @example active */
  @Omissible()
  @IsIn(REGISTRATION_STATUSES)
  status: RegistrationStatus = 'active';

  /** `code`, or `lastConfirmedAt` with the longest ago first. @example code */
  @Omissible()
  @IsIn(['code', 'lastConfirmedAt'])
  sort: 'code' | 'lastConfirmedAt' = 'code';
}

export class RegistrationSummaryResponse {
  /** @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5f */
  id: string;
  /** @example 016314 */
  municipalityCode: string;
  /** @example 音更町 */
  municipality: string;
  /** @example おとふけちょう */
  municipalityKana: string;
  /** @example 010006 */
  prefectureCode: string;
  /** @example 北海道 */
  prefecture: string;
  /** @example town */
  type: MunicipalityType;
  /** @example hokkaido-choson */
  associationId: string | null;
  /** @example active */
  status: RegistrationStatus;
  /** @example 12 */
  version: number;
  /** @example 2026-04-08T01:44:00.000Z */
  lastConfirmedAt: Date | null;
  /** By the office's setting: see the list's filter. @example fresh */
  freshness: 'fresh' | 'stale' | 'unknown';
  /** When the membership ended. @example null */
  withdrawnAt: Date | null;
  /** 代表電話. @example 0155-00-2110 */
  mainPhone: string;
  /** @example 企画財政部企画課 */
  primaryDepartment: string;
  /** @example kikaku@town-otofuke.example */
  primaryMailbox: string;
}

export class RegistrationPage {
  items: RegistrationSummaryResponse[];
  /** @example null */
  nextCursor: string | null;
  /** @example 372 */
  total: number;
  /** For how many months a confirmation counts as fresh, by the office's setting. @example 12 */
  freshMonths: number;
}

const VALUE_SCHEMAS = [
  { type: 'string' },
  { $ref: '#/components/schemas/DepartmentDto' },
  { $ref: '#/components/schemas/ContactDto' },
  { type: 'null' },
];

export class ChangeResponse {
  /** @example /contacts/019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d60/extension */
  pointer: string;
  /** @example changed */
  kind: 'changed' | 'added' | 'removed';
  /** @example "担当者（正）小野寺 真理　内線" */
  label: string;
  /** The value, or the whole department or contact. */
  @ApiProperty({ oneOf: VALUE_SCHEMAS, example: '521' })
  before: unknown;
  @ApiProperty({ oneOf: VALUE_SCHEMAS, example: '534' })
  after: unknown;
  /** In words. @example "521" */
  beforeText: string | null;
  /** @example "534" */
  afterText: string | null;
}

export class HistoryQuery extends PageQuery {
  /** The version that held on this date (Asia/Tokyo), alone. @example 2026-04-01 */
  @Omissible()
  @TextField({ max: 10 })
  asOf?: string;
}

export class VersionResponse {
  /** @example 12 */
  version: number;
  /** The date from which it holds. @example 2026-04-08 */
  effectiveOn: string;
  /** When it was written down. @example 2026-04-08T01:58:00.000Z */
  recordedAt: Date;
  /** @example change-request */
  cause: VersionCause;
  /** @example 019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d61 */
  changeRequestId: string | null;
  /** A clerk as they named themselves; 事務局 for staff, or where an import came from. @example "小野寺 真理" */
  proposedBy: string;
  /** The member of staff, shown to staff only. @example null */
  decidedBy: string | null;
  /** Against the version before. */
  changes: ChangeResponse[];
  /** The whole registration as it was. */
  document: ProposedRegistrationDto;
}

export class HistoryPage {
  items: VersionResponse[];
  /** @example null */
  nextCursor: string | null;
  /** @example 12 */
  total: number;
}

export class ConfirmationResponse {
  /** The version that was confirmed. @example 12 */
  version: number;
  /** @example 2026-11-22T01:44:00.000Z */
  lastConfirmedAt: Date;
}
