import { ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayUnique, IsArray, IsIn } from 'class-validator';
import { Omissible, TextListField } from '../platform/http/fields.js';
import { MUNICIPALITY_TYPES, type MunicipalityType } from './municipality.entity.js';

const CODE = { max: 6, pattern: /^\d{6}$/, patternMessage: 'コードは、6桁の数字で入力してください。' };

/**
 * All municipalities, or those for which every filter that isn't empty holds, and those picked by hand. Of a `kind` of
 * `all` the lists are left empty.
 */
export class MunicipalityChoiceDto {
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
