import { queryOptions } from '@tanstack/react-query';
import { normalizeForSearch, searchTerms } from '../../../../src/platform/text/search-text';
import { api, ok } from '../../api/client';
import type { RegistrationSummaryResponse } from '../../api/schema';

export type RegistrationStatus = RegistrationSummaryResponse['status'];

/** A line of the list, with what a search compares made beforehand: typing has to answer within a frame. */
export interface Line {
  readonly row: RegistrationSummaryResponse;
  readonly text: string;
}

/** All of them, and for how many months a confirmation counts as fresh. */
export interface RegistrationList {
  readonly lines: readonly Line[];
  readonly freshMonths: number;
}

/** As many as the API gives at once; all municipalities of the country are fewer. */
const PAGE = 2000;

export const allRegistrationsQuery = (status: RegistrationStatus) =>
  queryOptions({
    queryKey: ['registrations', 'all', status],
    queryFn: () => fetchAll(status),
    staleTime: 60_000,
  });

async function fetchAll(status: RegistrationStatus): Promise<RegistrationList> {
  const rows: RegistrationSummaryResponse[] = [];
  let freshMonths = 0;
  let cursor: string | null = null;
  do {
    const query: { status: RegistrationStatus; limit: number; cursor?: string } = { status, limit: PAGE };
    if (cursor !== null) query.cursor = cursor;
    const page = await ok(api.GET('/api/v1/registrations', { params: { query } }));
    rows.push(...page.items);
    freshMonths = page.freshMonths;
    cursor = page.nextCursor;
  } while (cursor !== null);
  return { lines: rows.map(lineOf), freshMonths };
}

function lineOf(row: RegistrationSummaryResponse): Line {
  const words = [
    row.prefecture,
    row.municipality,
    row.municipalityKana,
    row.municipalityCode,
    row.primaryDepartment,
    row.primaryMailbox,
  ];
  return { row, text: normalizeForSearch(words.join(' ')) };
}

export interface Filter {
  readonly q: string;
  readonly prefecture: string;
  readonly type: string;
  readonly association: string;
  readonly freshness: string;
  readonly sort: string;
}

/** @returns what fits, in the order asked for */
export function search(lines: readonly Line[], filter: Filter): readonly Line[] {
  const terms = searchTerms(filter.q);
  const found = lines.filter(
    ({ row, text }) =>
      (filter.prefecture === '' || row.prefectureCode === filter.prefecture) &&
      (filter.type === '' || row.type === filter.type) &&
      (filter.association === '' || row.associationId === filter.association) &&
      (filter.freshness === '' || row.freshness === filter.freshness) &&
      terms.every((term) => text.includes(term)),
  );
  if (filter.sort !== 'confirmed') return found;
  // Unknown before the longest ago: those have waited for ever.
  return found.toSorted((a, b) => (a.row.lastConfirmedAt ?? '').localeCompare(b.row.lastConfirmedAt ?? ''));
}
