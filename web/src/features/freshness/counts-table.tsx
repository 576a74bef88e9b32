import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Scroll } from '../../ui/scroll';
import { type Counts, namesOf, percentOf, UNKNOWN } from './freshness-words';

export interface CountsRow extends Counts {
  readonly key: string;
  readonly name: string;
  /** The search that shows what is counted here, to be narrowed down; none where there is no such list. */
  readonly search?: string;
}

/** A line each, with the way to those that have to be asked. */
export function CountsTable({
  caption,
  head,
  what,
  rows,
  freshMonths,
  captionShown = false,
}: {
  readonly caption: string;
  readonly captionShown?: boolean;
  /** Of the first column. */
  readonly head: string;
  /** What is counted: 登録, 項目. */
  readonly what: string;
  readonly rows: readonly CountsRow[];
  readonly freshMonths: number;
}): ReactNode {
  const names = namesOf(freshMonths);
  return (
    <Scroll label={`${caption}の表`}>
      <table className="table counts">
        <caption className={captionShown ? undefined : 'sr-only'}>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{head}</th>
            {[names.stale, UNKNOWN, names.fresh, what, `${names.fresh}の割合`].map((text) => (
              <th key={text} scope="col" className="n">
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.key} row={row} />
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Row({ row: { name, search, ...counts } }: { readonly row: CountsRow }): ReactNode {
  return (
    <tr>
      <th scope="row">
        {search === undefined ? name : <Link to={listOf(search, { sort: 'confirmed' })}>{name}</Link>}
      </th>
      <Count count={counts.stale} name={name} search={search} freshness="stale" />
      <Count count={counts.unknown} name={name} search={search} freshness="unknown" />
      <td className="n">{counts.fresh}</td>
      <td className="n">{counts.total}</td>
      <td className="n">{percentOf(counts.fresh, counts.total)}</td>
    </tr>
  );
}

const STATES = { stale: '確認が古い', unknown: '確認の記録がない' } as const;

function Count({
  count,
  name,
  search,
  freshness,
}: {
  readonly count: number;
  readonly name: string;
  readonly search: string | undefined;
  readonly freshness: keyof typeof STATES;
}): ReactNode {
  return (
    <td className="n">
      {search === undefined || count === 0 ? (
        count
      ) : (
        <Link
          to={listOf(search, { freshness, sort: 'confirmed' })}
          aria-label={`${name}の${STATES[freshness]}${count}件を見る`}
        >
          {count}
        </Link>
      )}
    </td>
  );
}

/** The list of the registrations, which knows these words. */
export function listOf(search: string, more: Readonly<Record<string, string>>): string {
  const params = new URLSearchParams(search);
  for (const [name, value] of Object.entries(more)) params.set(name, value);
  return `/staff/registrations?${params.toString()}`;
}
