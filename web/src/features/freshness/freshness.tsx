import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useCallback } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { FreshnessSummaryResponse } from '../../api/schema';
import { Button } from '../../ui/controls';
import { LoadedPage } from '../../ui/loaded-page';
import { Page } from '../../ui/page';
import { monthsText } from '../../ui/months';
import { formatDateTimeJa } from '../../ui/text';
import { ByField } from './by-field';
import { ByAssociation, ByPrefecture } from './by-place';
import { Course } from './course';
import { listOf } from './counts-table';
import { namesOf, percentOf } from './freshness-words';
import { summaryQuery } from './freshness-queries';

/** 情報の鮮度: how much of what is registered was confirmed lately, where it wasn't, and whether it grows better. */
export default function Freshness(): ReactNode {
  const query = useQuery(summaryQuery());
  const [params, setParams] = useSearchParams();
  const set = useCallback(
    (name: string, value: string): void => {
      setParams(
        (before) => {
          const next = new URLSearchParams(before);
          if (value === '') next.delete(name);
          else next.set(name, value);
          return next;
        },
        { replace: true, preventScrollReset: true },
      );
    },
    [setParams],
  );
  return (
    <LoadedPage query={query}>
      {(summary) => (
        <Page heading="情報の鮮度" title="情報の鮮度" width="full" lead={<Standing summary={summary} />}>
          <Rule summary={summary} />
          <ByPrefecture summary={summary} />
          <ByAssociation summary={summary} />
          <ByField
            summary={summary}
            choice={params.get('place') ?? ''}
            onChoose={(choice) => set('place', choice)}
          />
          <Course
            summary={summary}
            choice={params.get('course') ?? ''}
            period={params.get('period') ?? ''}
            onChoose={set}
          />
        </Page>
      )}
    </LoadedPage>
  );
}

/** How things stand, in a sentence. */
function Standing({
  summary: { registrations, freshMonths },
}: {
  readonly summary: FreshnessSummaryResponse;
}): ReactNode {
  const { total, fresh } = registrations;
  if (total === 0) return '登録している自治体は、まだありません。';
  return (
    <>
      登録している{total}自治体のうち、{namesOf(freshMonths).fresh}に確認されたのは
      <b>{fresh}自治体</b>（{percentOf(fresh, total)}）です。
    </>
  );
}

/** What hasn't been confirmed, and what counts as it. */
function Rule({
  summary: { registrations, freshMonths, countedAt },
}: {
  readonly summary: FreshnessSummaryResponse;
}): ReactNode {
  const { stale, unknown } = registrations;
  return (
    <>
      <ul className="bullets mt-4">
        <li>
          最後の確認が{namesOf(freshMonths).stale}：
          <Link to={listOf('', { freshness: 'stale', sort: 'confirmed' })}>{stale}自治体</Link>
        </li>
        <li>
          確認した日の記録がない：
          <Link to={listOf('', { freshness: 'unknown' })}>{unknown}自治体</Link>
          （古いとは限りません）
        </li>
      </ul>
      <p className="small quiet mt-4">
        {formatDateTimeJa(new Date(countedAt))}現在。確認から{monthsText(freshMonths)}
        以内のものを、新しいものとして数えています。この期間は、
        <Link to="/staff/settings#months">設定</Link>で決めています。
      </p>
      <p className="mt-4">
        <Button size="s" onClick={() => window.print()}>
          印刷する
        </Button>
      </p>
    </>
  );
}
