import type { FreshnessCountsResponse } from '../../api/schema';
import { monthsText } from '../../ui/months';

export type Counts = Pick<FreshnessCountsResponse, 'total' | 'fresh' | 'stale' | 'unknown'>;

/** What the three are called, by the office's setting. */
export const namesOf = (freshMonths: number): { readonly fresh: string; readonly stale: string } => ({
  fresh: `${monthsText(freshMonths)}以内`,
  stale: `${monthsText(freshMonths)}以上前`,
});

export const UNKNOWN = '記録なし';

/** Whole percent. One of hundreds isn't nothing, and one that is missing isn't all. */
export function percentOf(part: number, whole: number): string {
  if (whole === 0) return '－';
  const percent = Math.round((part / whole) * 100);
  if (part > 0 && percent === 0) return '1%未満';
  return part < whole && percent === 100 ? '99%' : `${percent}%`;
}

/** What isn't fresh, most first: there is most to do. Of equals, the order that they had. */
export const mostToDoFirst = <C extends Counts>(rows: readonly C[]): C[] =>
  rows.toSorted((a, b) => b.total - b.fresh - (a.total - a.fresh));
