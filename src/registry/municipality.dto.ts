import { IsIn } from 'class-validator';
import { Omissible, TextField } from '../platform/http/fields.js';
import { PageQuery } from '../platform/http/page.dto.js';
import { MUNICIPALITY_TYPES, type MunicipalityType } from './municipality.entity.js';

export class MunicipalitiesQuery extends PageQuery {
  /** Name, kana, prefecture or code; several words narrow it down. @example ゆすはら */
  @Omissible()
  @TextField({ max: 100 })
  q?: string;

  /** 6-digit code of the prefecture. @example 390003 */
  @Omissible()
  @TextField({ max: 6, pattern: /^\d{6}$/ })
  prefecture?: string;

  /** @example town */
  @Omissible()
  @IsIn(MUNICIPALITY_TYPES)
  type?: MunicipalityType;

  /** Those that exist on this date; today unless given. @example 2026-11-22 */
  @Omissible()
  @TextField({ max: 10 })
  asOf?: string;

  /** @example code */
  @Omissible()
  @IsIn(['code', 'kana'])
  sort: 'code' | 'kana' = 'code';
}

export class MunicipalityQuery {
  /** The municipality as of this date; today unless given. @example 2026-11-22 */
  @Omissible()
  @TextField({ max: 10 })
  asOf?: string;
}

export class MunicipalityResponse {
  /** 全国地方公共団体コード with its check digit. @example 394050 */
  code: string;
  /** @example 檮原町 */
  name: string;
  /** @example ゆすはらちょう */
  kana: string;
  /** @example 390003 */
  prefectureCode: string;
  /** @example 高知県 */
  prefecture: string;
  /** @example town */
  type: MunicipalityType;
  /** @example 785-0695 */
  officePostalCode: string | null;
  /** @example 高知県高岡郡檮原町梼原１４４４番地１ */
  officeAddress: string | null;
  /** @example http://www.town.yusuhara.kochi.jp/ */
  website: string | null;
  /** Degrees, WGS 84. @example 33.39 */
  latitude: number | null;
  /** Degrees, WGS 84. @example 132.93 */
  longitude: number | null;
  /** First day; null: before the record. @example null */
  validFrom: string | null;
  /** First day on which it no longer exists. @example null */
  validTo: string | null;
  /** Codes of those that took over. @example [] */
  successors: string[];
  /** Whether it is a member of the project today. @example false */
  registered: boolean;
  /** The 市長会 or 町村会 with an agreement that covers it. @example null */
  associationId: string | null;
}

export class MunicipalityPage {
  items: MunicipalityResponse[];
  /** @example eyIzOTQwNTAiXQ */
  nextCursor: string | null;
  /** @example 1741 */
  total: number;
}

export class AssociationResponse {
  /** @example hokkaido-choson */
  id: string;
  /** @example 北海道町村会 */
  name: string;
  /** @example 010006 */
  prefectureCode: string;
  /** @example 北海道 */
  prefecture: string;
  /** @example ["town","village"] */
  municipalityTypes: MunicipalityType[];
  /** How many municipalities its agreement covers today. @example 144 */
  municipalities: number;
  /** How many of them are registered. @example 144 */
  registered: number;
}

export class AssociationList {
  items: AssociationResponse[];
  /** @example 13 */
  total: number;
}
