import type { AudienceDto } from '../api/schema';

export type MunicipalityType = AudienceDto['types'][number];

/** In the order in which offices list them. */
export const MUNICIPALITY_TYPES: readonly (readonly [MunicipalityType, string])[] = [
  ['city', '市'],
  ['town', '町'],
  ['village', '村'],
  ['special-ward', '特別区'],
];
