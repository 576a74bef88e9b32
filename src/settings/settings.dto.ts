import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsDefined,
  IsInt,
  IsObject,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { DateField, Omissible, TextField, TextListField } from '../platform/http/fields.js';

const TEMPLATE = { max: 500, multiline: true } as const;
const MOST_TEMPLATES = 30;
const MOST_CLOSED_DAYS = 100;

export class ClosedDayDto {
  /** A day on which the office is closed. @example 2027-05-06 */
  @DateField()
  date: string;

  /** Why, for colleagues. @example 事務所の移転 */
  @Omissible()
  @TextField({ max: 60, nullable: true })
  note: string | null = null;
}

export class ChangeSettingsDto {
  /**
   * 差戻し理由の文例: texts to begin a reason from when a change request is given back.
   * @example ["部署名が略称のようです。正式な名称をお知らせください。"]
   */
  @TextListField(TEMPLATE)
  @ArrayUnique()
  @ArrayMaxSize(MOST_TEMPLATES)
  @IsArray()
  returnReasons: string[];

  /** 採用しない理由の文例: the same for a single change that isn't taken over. @example ["所在地は、日本郵便の表記のままとします。"] */
  @TextListField(TEMPLATE)
  @ArrayUnique()
  @ArrayMaxSize(MOST_TEMPLATES)
  @IsArray()
  refusalReasons: string[];

  /** How many working days a review usually takes; clerks are told. @example 3 */
  @Max(20)
  @Min(1)
  @IsInt()
  reviewBusinessDays: number;

  /** For how many months a confirmation counts as fresh, a day for all of it. @example 12 */
  @Max(36)
  @Min(1)
  @IsInt()
  freshMonths: number;

  /** 事務局の休業日: days on which the office is closed besides weekends, 祝日 and 12/29 to 1/3; each once. */
  @ValidateNested({ each: true })
  @Type(() => ClosedDayDto)
  @ArrayMaxSize(MOST_CLOSED_DAYS)
  @IsObject({ each: true })
  @IsArray()
  @IsDefined()
  closedDays: ClosedDayDto[];
}

export class SettingsResponse {
  /** Grows with every change; also the `ETag`. @example 1 */
  version: number;
  /** @example ["部署名が略称のようです。正式な名称をお知らせください。"] */
  returnReasons: string[];
  /** @example ["所在地は、日本郵便の表記のままとします。"] */
  refusalReasons: string[];
  /** @example 3 */
  reviewBusinessDays: number;
  /** @example 12 */
  freshMonths: number;
  /** Earliest first. */
  closedDays: ClosedDayDto[];
  /** @example 2026-11-22T01:58:00.000Z */
  changedAt: Date;
  /** null for what came with the portal. @example "堀越 直央" */
  changedByName: string | null;
}
