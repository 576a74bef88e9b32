import type { MunicipalityType } from '../registry/municipality.entity.js';

/** How long ago a registration was confirmed; never is `unknown`, which is not `stale`. */
export const FRESHNESS = ['fresh', 'stale', 'unknown'] as const;
export type Freshness = (typeof FRESHNESS)[number];

/**
 * Whom a campaign asks. Filters narrow each other down, several values of one widen it, and municipalities picked by
 * hand are added. Who that is in fact is decided by `campaign_is_meant_for()` in the database, when it starts.
 */
export type CampaignAudience = { readonly kind: 'all' } | ChosenCampaignAudience;

export interface ChosenCampaignAudience {
  readonly kind: 'chosen';
  /** Six-digit codes. */
  readonly prefectures: readonly string[];
  /** Ids of 市長会・町村会. */
  readonly associations: readonly string[];
  readonly types: readonly MunicipalityType[];
  readonly freshness: readonly Freshness[];
  /** Six-digit codes of municipalities picked by hand. */
  readonly municipalities: readonly string[];
}

/** @returns whether nothing is chosen, so that nobody would be asked */
export function isNobody(audience: CampaignAudience): boolean {
  if (audience.kind === 'all') return false;
  const { prefectures, associations, types, freshness, municipalities } = audience;
  return [prefectures, associations, types, freshness, municipalities].every(({ length }) => length === 0);
}
