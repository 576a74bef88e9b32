import { useQueries, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { CampaignAudienceDto } from '../../api/schema';
import { associationsQuery, municipalityQuery } from '../../ui/municipality-queries';
import { MUNICIPALITY_TYPES } from '../../ui/municipality-types';
import { PREFECTURES } from '../../ui/prefectures';
import { FRESHNESS } from './words';

const MOST_NAMES = 10;

/** Whom it asks, in words. */
export function AudienceWords({ audience }: { readonly audience: CampaignAudienceDto }): ReactNode {
  const { kind, prefectures, associations, types, freshness, municipalities } = audience;
  const unions = useQuery({ ...associationsQuery(), enabled: associations.length > 0 }).data?.items ?? [];
  const named = municipalities.slice(0, MOST_NAMES);
  const found = useQueries({ queries: named.map((code) => municipalityQuery(code)) });
  if (kind === 'all') return 'すべての登録自治体';
  const filters = [
    prefectures.map((code) => PREFECTURES.get(code) ?? code),
    associations.map((id) => unions.find((one) => one.id === id)?.name ?? id),
    types.map((type) => MUNICIPALITY_TYPES.find(([value]) => value === type)?.[1] ?? type),
    freshness.map((one) => FRESHNESS.find(([value]) => value === one)?.[1] ?? one),
  ].filter((names) => names.length > 0);
  const names = named.map((code, at) => {
    const one = found[at]?.data;
    return one ? one.prefecture + one.name : code;
  });
  const more = municipalities.length - named.length;
  if (filters.length === 0 && names.length === 0) return '選ばれていません';
  return (
    <>
      {filters.map((part) => part.join('・')).join('の')}
      {filters.length > 0 && names.length > 0 && '、ほかに'}
      {names.join('、')}
      {more > 0 && ` ほか${more}自治体`}
    </>
  );
}
