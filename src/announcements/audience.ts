import type { MunicipalityType } from '../registry/municipality.entity.js';

/**
 * Whom an announcement is meant for. Filters narrow each other down (町村 of 北海道), several values of one widen
 * it (北海道 or 青森県), and municipalities picked by hand are added. Who that is in fact is decided by
 * `announcement_is_meant_for()` in the database, at publication.
 */
export type Audience = { readonly kind: 'all' } | ChosenAudience;

export interface ChosenAudience {
  readonly kind: 'chosen';
  /** Six-digit codes. */
  readonly prefectures: readonly string[];
  /** Ids of 市長会・町村会. */
  readonly associations: readonly string[];
  readonly types: readonly MunicipalityType[];
  /** Six-digit codes of municipalities picked by hand. */
  readonly municipalities: readonly string[];
}

/** @returns whether nothing is chosen, so that it would be meant for nobody */
export function isNobody(audience: Audience): boolean {
  if (audience.kind === 'all') return false;
  const { prefectures, associations, types, municipalities } = audience;
  return [prefectures, associations, types, municipalities].every((chosen) => chosen.length === 0);
}
