import { ArrayMaxSize, ArrayUnique, IsArray, IsInt, Max, Min } from 'class-validator';
import { TextListField } from '../platform/http/fields.js';

const TEMPLATE = { max: 500, multiline: true } as const;
const MOST_TEMPLATES = 30;

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
  /** @example 2026-11-22T01:58:00.000Z */
  changedAt: Date;
  /** null for what came with the portal. @example "堀越 直央" */
  changedByName: string | null;
}
