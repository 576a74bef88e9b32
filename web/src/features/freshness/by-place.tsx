import type { ReactNode } from 'react';
import type { FreshnessSummaryResponse } from '../../api/schema';
import { TileMap } from '../../ui/tile-map';
import { CountsTable, listOf } from './counts-table';
import { mostToDoFirst, namesOf } from './freshness-words';

/** Seen at once beside the map; the others are folded away. */
const FIRST = 12;
/** From how many percent the darker tiles begin: a year in which half were confirmed is a usual one. */
const STEPS = [50, 70, 90] as const;

const searchOf = (code: string): string => `prefecture=${code}`;

/** The map, and beside it the same in numbers, those with most to do first. */
export function ByPrefecture({
  summary: { byPrefecture, freshMonths },
}: {
  readonly summary: FreshnessSummaryResponse;
}): ReactNode {
  const names = namesOf(freshMonths);
  const rows = mostToDoFirst(byPrefecture.filter(({ total }) => total > 0)).map(({ code, ...row }) => ({
    ...row,
    key: code,
    search: searchOf(code),
  }));
  const none = byPrefecture.filter(({ total }) => total === 0);
  const table = { head: '都道府県', what: '登録', freshMonths };
  return (
    <section className="mt-12" aria-labelledby="by-prefecture">
      <h2 id="by-prefecture">都道府県ごと</h2>
      <div className="map-table mt-4">
        <TileMap
          counts={byPrefecture.map(({ code, fresh, total }) => ({
            code,
            done: fresh,
            total,
            href: listOf(searchOf(code), { sort: 'confirmed' }),
          }))}
          words={{ done: `${names.fresh}に確認`, total: '登録' }}
          meaning="色が濃いほど、新しい登録の割合が高くなります。"
          steps={STEPS}
        />
        <div>
          {rows.length === 0 ? (
            <p>登録している自治体は、まだありません。</p>
          ) : (
            <CountsTable
              {...table}
              caption={`${names.fresh}に確認されていない登録が多い順`}
              captionShown
              rows={rows.slice(0, FIRST)}
            />
          )}
          {rows.length > FIRST && (
            <details className="fold mt-4">
              <summary>ほかの{rows.length - FIRST}都道府県を見る</summary>
              <CountsTable {...table} caption="ほかの都道府県" rows={rows.slice(FIRST)} />
            </details>
          )}
          {none.length > 0 && (
            <details className="fold mt-4">
              <summary>登録のない{none.length}都道府県を見る</summary>
              <p className="small quiet mt-2">{none.map(({ name }) => name).join('、')}</p>
            </details>
          )}
        </div>
      </div>
    </section>
  );
}

export function ByAssociation({
  summary: { byAssociation, freshMonths },
}: {
  readonly summary: FreshnessSummaryResponse;
}): ReactNode {
  return (
    <section className="mt-12 max-w-4xl" aria-labelledby="by-association">
      <h2 id="by-association">市長会・町村会ごと</h2>
      <p className="small quiet mt-1 mb-2">連携協定のある13団体です。</p>
      <CountsTable
        head="市長会・町村会"
        what="登録"
        caption="市長会・町村会ごとの鮮度"
        freshMonths={freshMonths}
        rows={mostToDoFirst(byAssociation).map(({ id, ...row }) => ({
          ...row,
          key: id,
          search: `association=${id}`,
        }))}
      />
    </section>
  );
}
