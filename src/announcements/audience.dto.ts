import { ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayUnique, IsArray, IsIn } from 'class-validator';
import { Omissible, TextListField } from '../platform/http/fields.js';
import { MUNICIPALITY_TYPES, type MunicipalityType } from '../registry/municipality.entity.js';
import type { Audience } from './audience.js';

const CODE = { max: 6, pattern: /^\d{6}$/, patternMessage: 'コードは、6桁の数字で入力してください。' };

/**
 * Whom it is meant for: all, or those for whom every filter that isn't empty holds, and those picked by hand. Of a
 * `kind` of `all` the lists are left empty.
 */
export class AudienceDto {
  /** @example chosen */
  @IsIn(['all', 'chosen'])
  kind: 'all' | 'chosen';

  /** Six-digit codes of prefectures. @example ["010006"] */
  @Omissible()
  @TextListField(CODE)
  @ArrayUnique()
  @ArrayMaxSize(47)
  @IsArray()
  prefectures: string[] = [];

  /** Ids of 市長会・町村会. @example [] */
  @Omissible()
  @TextListField({ max: 50 })
  @ArrayUnique()
  @ArrayMaxSize(100)
  @IsArray()
  associations: string[] = [];

  // Said in full: of a list of allowed values the generator makes a list of lists.
  @ApiPropertyOptional({ enum: MUNICIPALITY_TYPES, isArray: true, example: ['town', 'village'] })
  @Omissible()
  @IsIn(MUNICIPALITY_TYPES, { each: true })
  @ArrayUnique()
  @ArrayMaxSize(4)
  @IsArray()
  types: MunicipalityType[] = [];

  /** Six-digit codes of municipalities picked by hand. @example ["131130"] */
  @Omissible()
  @TextListField(CODE)
  @ArrayUnique()
  @ArrayMaxSize(2000)
  @IsArray()
  municipalities: string[] = [];
}

export class AudienceCountResponse {
  /** Registered today. @example 144 */
  municipalities: number;
  /** Mailboxes that would get the mail. @example 288 */
  mailboxes: number;
  /** Of the municipalities, those that want what came within a day in one mail. @example 12 */
  digest: number;
}

/** @returns the audience as it is kept: without the lists where it is for all */
export const toAudience = ({
  kind,
  prefectures,
  associations,
  types,
  municipalities,
}: AudienceDto): Audience =>
  kind === 'all' ? { kind } : { kind, prefectures, associations, types, municipalities };

/** @returns the audience as it is told: with empty lists where it is for all */
export const toAudienceDto = (audience: Audience): AudienceDto => ({
  kind: audience.kind,
  prefectures: [],
  associations: [],
  types: [],
  municipalities: [],
  ...(audience.kind === 'chosen' && {
    prefectures: [...audience.prefectures],
    associations: [...audience.associations],
    types: [...audience.types],
    municipalities: [...audience.municipalities],
  }),
});
