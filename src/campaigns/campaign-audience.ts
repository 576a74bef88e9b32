import type { ChosenMunicipalities } from '../registry/municipality-choice.js';

/** How long ago a registration was confirmed; never is `unknown`, which is not `stale`. */
export const FRESHNESS = ['fresh', 'stale', 'unknown'] as const;
export type Freshness = (typeof FRESHNESS)[number];

/** Whom a campaign asks; decided by `campaign_is_meant_for()` in the database, when it starts. */
export type CampaignAudience =
  { readonly kind: 'all' } | (ChosenMunicipalities & { readonly freshness: readonly Freshness[] });
