import type { MunicipalityType } from './municipality.entity.js';

/**
 * Municipalities chosen by what they are. Filters narrow each other down (町村 of 北海道), several values of one widen it
 * (北海道 or 青森県), and municipalities picked by hand are added. Who that is in fact, the database decides.
 */
export interface ChosenMunicipalities {
  readonly kind: 'chosen';
  /** Six-digit codes. */
  readonly prefectures: readonly string[];
  /** Ids of 市長会・町村会. */
  readonly associations: readonly string[];
  readonly types: readonly MunicipalityType[];
  /** Six-digit codes of municipalities picked by hand. */
  readonly municipalities: readonly string[];
}

/** @returns whether nothing is chosen, so that it would be nobody */
export function choosesNobody(choice: { readonly kind: 'all' } | ChosenMunicipalities): boolean {
  return (
    choice.kind === 'chosen' &&
    Object.values(choice).every((list) => !Array.isArray(list) || list.length === 0)
  );
}
