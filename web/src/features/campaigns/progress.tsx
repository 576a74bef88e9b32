import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import type { CampaignResponse, ProgressResponse } from '../../api/schema';
import { Loaded } from '../../ui/loaded';
import { TileMap } from '../../ui/tile-map';
import { Course } from './course';
import { progressQuery } from './queries';

type Row = ProgressResponse['prefectures'][number];

const MINUTE_MS = 60_000;
/** Seen at once beside the map; the others are folded away. */
const FIRST = 12;

/** Where it stands well and where not, and how it went day by day. */
export function Progress({
  campaign,
  live,
}: {
  readonly campaign: CampaignResponse;
  readonly live: boolean;
}): ReactNode {
  const query = useQuery({ ...progressQuery(campaign.id), refetchInterval: live ? MINUTE_MS : false });
  return (
    <Loaded query={query}>
      {(progress) => (
        <>
          <ByPrefecture id={campaign.id} rows={openUntil(campaign, progress.prefectures)} />
          <Course campaign={campaign} days={progress.days} />
        </>
      )}
    </Loaded>
  );
}

/** When it is over, nobody is asked any longer: those count as open who never answered. */
const openUntil = ({ state }: CampaignResponse, rows: readonly Row[]): readonly Row[] =>
  state === 'closed'
    ? rows.map((row) => ({ ...row, open: row.targets - row.answered - row.checking }))
    : rows;

const listOf = (id: string, code: string): string => `/staff/campaigns/${id}/targets?prefecture=${code}`;

function ByPrefecture({ id, rows }: { readonly id: string; readonly rows: readonly Row[] }): ReactNode {
  const sorted = useSteady(rows);
  const asked = sorted.filter(({ targets }) => targets > 0);
  const first = asked.slice(0, FIRST);
  const others = [...asked.slice(FIRST), ...sorted.filter(({ targets }) => targets === 0)];
  return (
    <section className="mt-12" aria-labelledby="by-prefecture">
      <h2 id="by-prefecture">都道府県ごとの確認</h2>
      <div className="map-table mt-4">
        <TileMap
          counts={rows.map(({ code, answered, targets }) => ({
            code,
            done: answered,
            total: targets,
            href: listOf(id, code),
          }))}
          words={{ done: '確認済み', total: '対象' }}
          meaning="色が濃いほど、確認が進んでいます。"
          none="対象なし"
        />
        <div>
          <Table id={id} rows={first} caption="未回答の多い順" />
          {others.length > 0 && (
            <details className="fold">
              <summary>ほかの{others.length}都道府県を見る</summary>
              <Table id={id} rows={others} caption="ほかの都道府県" />
            </details>
          )}
        </div>
      </div>
    </section>
  );
}

/** Most unanswered first, in the order in which one found them: numbers that grow move no row away from under the eye. */
function useSteady(rows: readonly Row[]): readonly Row[] {
  const [order] = useState(() =>
    rows
      .toSorted((a, b) => b.open - a.open || b.checking - a.checking || a.code.localeCompare(b.code))
      .map(({ code }) => code),
  );
  return rows.toSorted((a, b) => order.indexOf(a.code) - order.indexOf(b.code));
}

function Table({
  id,
  rows,
  caption,
}: {
  readonly id: string;
  readonly rows: readonly Row[];
  readonly caption: string;
}): ReactNode {
  return (
    <table className="table numbers">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">都道府県</th>
          {['未回答', '確認中', '確認済み', '対象', '確認率'].map((text) => (
            <th key={text} scope="col" className="n">
              {text}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ code, name, open, checking, answered, targets }) => (
          <tr key={code}>
            <th scope="row" className="nb">
              {targets > 0 ? <Link to={listOf(id, code)}>{name}</Link> : name}
            </th>
            {targets === 0 ? (
              <td className="n quiet" colSpan={5}>
                対象なし
              </td>
            ) : (
              <>
                <td className="n num">{open}</td>
                <td className="n num">{checking}</td>
                <td className="n num">{answered}</td>
                <td className="n num">{targets}</td>
                <td className="n num">{Math.floor((answered / targets) * 100)}%</td>
              </>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
