import type { Regime } from './desk.js';
import type { Point } from './figures.js';

/** A Monday before posts change, and the leap day after it: fixed, so that the figures are the same whenever they are made. */
export const START = '2027-03-01';
export const END = '2028-02-29';
/** Days by which the product is judged, beside the Sundays of the curve. */
export const JUDGED = ['2027-05-31', '2027-07-31'] as const;

/** What became of a year. */
export interface Year {
  readonly regime: Regime;
  readonly seed: string;
  readonly registrations: number;
  readonly points: readonly Point[];
  readonly mails: { readonly ofCampaigns: number; readonly cameBack: number; readonly doubled: number };
  readonly steps: readonly { readonly step: string; readonly mails: number }[];
  readonly office: { readonly calls: number; readonly minutes: number; readonly letters: number };
}
