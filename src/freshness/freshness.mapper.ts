import { FRESHNESS_FIELDS } from './freshness-fields.js';
import type { FreshnessSummaryResponse } from './freshness.dto.js';
import type { CountedRow, Counts } from './freshness.repository.js';

const NONE: Counts = { total: 0, fresh: 0, stale: 0, unknown: 0 };

/** @param rows at least the one of all registrations */
export function toSummary(rows: readonly CountedRow[], countedAt: Date): FreshnessSummaryResponse {
  const all = rows.find(({ scope }) => scope === 'all');
  if (!all) throw new Error('nothing was counted, not even nothing');
  const of = (wanted: CountedRow['scope']): readonly CountedRow[] =>
    rows.filter(({ scope }) => scope === wanted);
  const byField = FRESHNESS_FIELDS.map(({ field, label }) => ({
    field,
    label,
    ...countsOf(of('field').find(({ key }) => key === field) ?? NONE),
  }));
  return {
    countedAt,
    freshMonths: all.freshMonths,
    freshSince: all.freshSince,
    registrations: countsOf(all),
    fields: byField.reduce(plus, NONE),
    byPrefecture: of('prefecture').map((row) => ({
      code: row.key,
      name: row.name ?? '',
      ...countsOf(row),
    })),
    byAssociation: of('association').map((row) => ({ id: row.key, name: row.name ?? '', ...countsOf(row) })),
    byField,
  };
}

const countsOf = ({ total, fresh, stale, unknown }: Counts): Counts => ({ total, fresh, stale, unknown });

const plus = (sum: Counts, more: Counts): Counts => ({
  total: sum.total + more.total,
  fresh: sum.fresh + more.fresh,
  stale: sum.stale + more.stale,
  unknown: sum.unknown + more.unknown,
});
