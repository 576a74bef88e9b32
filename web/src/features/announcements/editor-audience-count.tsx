import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import type { AudienceCountResponse, AudienceDto } from '../../api/schema';
import { PREFECTURES } from '../../ui/prefectures';
import { associationsQuery, municipalityQuery } from '../../ui/municipality-queries';
import { MUNICIPALITY_TYPES } from '../../ui/municipality-types';
import { audienceCountQuery } from './editor-queries';
import { audienceOf, isNobody } from './editor-values';

/** Somebody who ticks several boxes asks once. Milliseconds. */
const PAUSE_MS = 400;

/** How many it would reach if it went out now, told anew whenever the choice rests. */
export function AudienceCount({ audience }: { readonly audience: AudienceDto }): ReactNode {
  const text = JSON.stringify(audienceOf(audience));
  const [asked, setAsked] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const wanted = JSON.parse(asked) as AudienceDto;
  const nobody = isNobody(audience);
  const query = useQuery({
    ...audienceCountQuery(wanted),
    enabled: !isNobody(wanted),
    placeholderData: keepPreviousData,
  });
  return (
    <p className="audience-count mt-4" role="status">
      {nobody && 'まだ選んでいません。公開するまでに選んでください。'}
      {!nobody && query.data && <CountWords count={query.data} />}
      {!nobody && query.isError && '数えられませんでした。選び直すと、もう一度数えます。'}
    </p>
  );
}

export function CountWords({ count }: { readonly count: AudienceCountResponse }): ReactNode {
  const { municipalities, mailboxes, digest } = count;
  if (municipalities === 0) return 'いま当てはまる登録自治体はありません。';
  return (
    <>
      いま当てはまるのは、<b>{municipalities}自治体</b>（メールアドレス {mailboxes}件）です。
      {digest > 0 && `うち${digest}自治体には、1日1回のまとめで届きます。`}
    </>
  );
}

const MOST_NAMES = 10;

/** Whom it is for, in words. */
export function AudienceWords({ audience }: { readonly audience: AudienceDto }): ReactNode {
  const { prefectures, associations, types, municipalities } = audienceOf(audience);
  const unions = useQuery({ ...associationsQuery(), enabled: associations.length > 0 }).data?.items ?? [];
  const named = municipalities.slice(0, MOST_NAMES);
  const found = useQueries({ queries: named.map((code) => municipalityQuery(code)) });
  if (audience.kind === 'all') return 'すべての登録自治体';
  if (isNobody(audience)) return '選ばれていません';
  const filters = [
    prefectures.map((code) => PREFECTURES.get(code) ?? code),
    associations.map((id) => unions.find((one) => one.id === id)?.name ?? id),
    types.map((type) => MUNICIPALITY_TYPES.find(([value]) => value === type)?.[1] ?? type),
  ].filter((names) => names.length > 0);
  const names = named.map((code, at) => {
    const one = found[at]?.data;
    return one ? one.prefecture + one.name : code;
  });
  const more = municipalities.length - named.length;
  return (
    <>
      {filters.map((names) => names.join('・')).join('の')}
      {filters.length > 0 && names.length > 0 && '、ほかに'}
      {names.join('、')}
      {more > 0 && ` ほか${more}自治体`}
    </>
  );
}
