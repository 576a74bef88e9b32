import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { PREFECTURE_PLACES, type PrefecturePlace } from './prefecture-tiles';
import { Hidden } from './text';

/** How far a prefecture has got. */
export interface PrefectureCount {
  /** Six digits, or the first two. */
  readonly code: string;
  readonly done: number;
  /** 0: there is none to count. */
  readonly total: number;
  /** A page of the portal about it. */
  readonly href?: string;
}

/** Digits of both numbers that fit in letters of the usual size. */
const LONG = 5;

interface TileMapProps {
  /** A prefecture that isn't among them has none to count. */
  readonly counts: readonly PrefectureCount[];
  /** What is counted: 確認済み of 対象. */
  readonly words: { readonly done: string; readonly total: string };
  /** What a darker tile means, as a sentence. */
  readonly meaning: string;
  /** From how many percent each of the three darker steps begins. */
  readonly steps?: readonly [number, number, number];
  /** Where there is none to count. */
  readonly none?: string;
}

const USUAL_STEPS = [70, 80, 90] as const;

/**
 * The 47 prefectures as tiles of one size. Each says its numbers; its colour repeats them. Narrow screens leave it
 * out, so a table has to stand beside it.
 */
export function TileMap({
  counts,
  words,
  meaning,
  steps = USUAL_STEPS,
  none = '登録なし',
}: TileMapProps): ReactNode {
  const byCode = new Map(counts.map((count) => [count.code.slice(0, 2), count]));
  const tiles = PREFECTURE_PLACES.map((place) => {
    const count = byCode.get(place.code);
    return { place, count, step: stepOf(count, steps) };
  });
  return (
    <div className="tiles">
      <div className="tiles-legend">
        <p>
          数字は「{words.done}／{words.total}」の件数です。{meaning}
        </p>
        <ul>
          {legendOf(steps, none).map(([step, text]) => (
            <li key={step}>
              <span className={`tile-key k${step}`} aria-hidden="true" />
              {text}（{tiles.filter((tile) => tile.step === step).length}）
            </li>
          ))}
        </ul>
      </div>
      <ul className="contents">
        {tiles.map(({ place, count, step }) => (
          <li key={place.code} className="grid" style={{ gridArea: `${place.row} / ${place.column}` }}>
            <Tile place={place} count={count} step={step} words={words} none={none} />
          </li>
        ))}
      </ul>
    </div>
  );
}

type Step = 0 | 1 | 2 | 3 | 4;

/** 0: none to count; 1 to 4: the lightest to the darkest. */
function stepOf(count: PrefectureCount | undefined, steps: readonly [number, number, number]): Step {
  if (!count || count.total === 0) return 0;
  const reached = steps.filter((percent) => count.done * 100 >= percent * count.total).length;
  return (reached + 1) as Step;
}

const legendOf = ([first, second, third]: readonly [number, number, number], none: string) =>
  [
    [1, `${first}%未満`],
    [2, `${first}〜${second - 1}%`],
    [3, `${second}〜${third - 1}%`],
    [4, `${third}%以上`],
    [0, none],
  ] as const;

function Tile({
  place: { name },
  count,
  step,
  words,
  none,
}: {
  readonly place: PrefecturePlace;
  readonly count: PrefectureCount | undefined;
  readonly step: Step;
  readonly words: TileMapProps['words'];
  readonly none: string;
}): ReactNode {
  const className = `tile k${step}`;
  if (!count || step === 0) {
    return (
      <div className={className}>
        <b>{name}</b>
        <span>
          <Hidden>{none}</Hidden>
          <span aria-hidden="true">－</span>
        </span>
      </div>
    );
  }
  const inner = (
    <>
      <b>{name}</b>
      <span className={`${count.done}${count.total}`.length > LONG ? 'long' : undefined}>
        <Hidden>　{words.done}</Hidden>
        {count.done}
        <Hidden>件、{words.total}</Hidden>
        <span aria-hidden="true">/</span>
        {count.total}
        <Hidden>件</Hidden>
      </span>
    </>
  );
  return count.href === undefined ? (
    <div className={className}>{inner}</div>
  ) : (
    <Link className={className} to={count.href}>
      {inner}
    </Link>
  );
}
