import type { AudienceDto } from '../../api/schema';
import { audienceOf } from './editor-values';

const FILTERS = ['prefectures', 'associations', 'types'] as const;

/** @returns whether all whom the second is for are surely among those whom the first is for */
export function covers(wide: AudienceDto, narrow: AudienceDto): boolean {
  if (wide.kind === 'all') return true;
  if (narrow.kind === 'all') return false;
  const [outer, inner] = [audienceOf(wide), audienceOf(narrow)];
  return has(outer.municipalities, inner.municipalities) && filtersCover(outer, inner);
}

/** A filter without choices lets everybody pass; without any filter nobody is meant but who is picked. */
function filtersCover(outer: AudienceDto, inner: AudienceDto): boolean {
  const filters = (audience: AudienceDto): boolean => FILTERS.some((list) => audience[list].length > 0);
  if (!filters(inner)) return true;
  if (!filters(outer)) return false;
  return FILTERS.every(
    (list) => outer[list].length === 0 || (inner[list].length > 0 && has(outer[list], inner[list])),
  );
}

const has = (all: readonly string[], some: readonly string[]): boolean =>
  some.every((one) => all.includes(one));
