import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { apart, dayNumber, segmentsOf, ticksOf } from './curve-scale';
import { Scroll } from './scroll';
import { formatDateJa } from './text';

/** What one day was like. */
export interface CurvePoint {
  /** `YYYY-MM-DD` */
  readonly on: string;
  /** Percent from 0 to 100, one for each curve; null where there was nothing to count. */
  readonly values: readonly (number | null)[];
}

interface CurveChartProps {
  /** What it shows, as a sentence that says the end of each curve: for whoever doesn't see it. */
  readonly label: string;
  /** Names of the curves, three at most; short, since they stand at their ends. */
  readonly names: readonly string[];
  /** Both ends of the time that is drawn, recorded or not. */
  readonly from: string;
  readonly to: string;
  /** Oldest first. */
  readonly points: readonly CurvePoint[];
  /** Days between two points; where a point is missing, the line is cut. */
  readonly usual: number;
  /** The same as a table, below it. */
  readonly children: ReactNode;
}

/** Pixels. */
const HEIGHT = 300;
const MARGIN = { top: 16, right: 96, bottom: 48, left: 48 };
/** Room for a name and a number below each other. */
const LABEL_GAP = 44;
const TICK_WIDTH = 48;
const PERCENTS = [0, 25, 50, 75, 100];

/** Shares in percent over time. Curves differ in pattern and mark, not in colour alone, and are named where they end. */
export function CurveChart({ label, names, from, to, points, usual, children }: CurveChartProps): ReactNode {
  const ref = useRef<HTMLElement>(null);
  const width = useWidth(ref);
  const right = width - MARGIN.right;
  const bottom = HEIGHT - MARGIN.bottom;
  const [first, last] = [dayNumber(from), dayNumber(to)];
  const scale: Scale = {
    x: (day) => MARGIN.left + ((day - first) / Math.max(1, last - first)) * (right - MARGIN.left),
    y: (percent) => bottom - (percent / 100) * (bottom - MARGIN.top),
  };
  const ticks = ticksOf(from, to, Math.max(2, Math.floor((right - MARGIN.left) / TICK_WIDTH)));
  return (
    <figure className="curves" ref={ref}>
      <svg viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-label={label}>
        {PERCENTS.map((percent) => (
          <g key={percent}>
            <line
              className={percent === 0 ? 'base-line' : 'grid-line'}
              x1={MARGIN.left}
              x2={right}
              y1={scale.y(percent)}
              y2={scale.y(percent)}
            />
            <text x={MARGIN.left - 8} y={scale.y(percent) + 5} textAnchor="end">
              {percent}%
            </text>
          </g>
        ))}
        {ticks.map(({ day, text, year }) => (
          <g key={day}>
            <line className="grid-line" x1={scale.x(day)} x2={scale.x(day)} y1={bottom} y2={bottom + 6} />
            <text x={scale.x(day)} y={bottom + 22} textAnchor="middle">
              {text}
            </text>
            {year !== null && (
              <text x={scale.x(day)} y={bottom + 40} textAnchor="middle">
                {year}
              </text>
            )}
          </g>
        ))}
        {names.map((name, index) => (
          <Curve key={name} index={index} points={points} usual={usual} scale={scale} />
        ))}
        <Names names={names} point={points.at(-1)} x={right + 12} scale={scale} />
      </svg>
      {children}
    </figure>
  );
}

interface Scale {
  readonly x: (day: number) => number;
  readonly y: (percent: number) => number;
}

function Curve({
  index,
  points,
  usual,
  scale,
}: {
  readonly index: number;
  readonly points: readonly CurvePoint[];
  readonly usual: number;
  readonly scale: Scale;
}): ReactNode {
  const places = points.flatMap(({ on, values }) => {
    const value = values[index] ?? null;
    return value === null ? [] : [{ on, x: scale.x(dayNumber(on)), y: scale.y(value) }];
  });
  const segments = segmentsOf(places, usual);
  // What stands alone has no line, and the newest is what a reader looks for.
  const marked = [...segments.filter(({ length }) => length === 1).flat(), ...places.slice(-1)];
  return (
    <>
      {segments.map((segment) => (
        <polyline
          key={segment[0]?.on}
          className={`curve c${index}`}
          points={segment.map(({ x, y }) => `${x},${y}`).join(' ')}
        />
      ))}
      {[...new Set(marked)].map(({ on, x, y }) => (
        <Mark key={on} index={index} x={x} y={y} />
      ))}
    </>
  );
}

/** A circle, a square or a triangle. */
function Mark({
  index,
  x,
  y,
}: {
  readonly index: number;
  readonly x: number;
  readonly y: number;
}): ReactNode {
  const className = `curve c${index} mark`;
  if (index === 0) return <circle className={className} cx={x} cy={y} r={5} />;
  if (index === 1) return <rect className={className} x={x - 4.5} y={y - 4.5} width={9} height={9} />;
  return <path className={className} d={`M${x - 5.5} ${y + 4.5}h11l-5.5 -10z`} />;
}

/** At the end of each curve its name and where it stands now. */
function Names({
  names,
  point,
  x,
  scale,
}: {
  readonly names: readonly string[];
  readonly point: CurvePoint | undefined;
  readonly x: number;
  readonly scale: Scale;
}): ReactNode {
  const ends = names.flatMap((name, index) => {
    const value = point?.values[index] ?? null;
    return value === null ? [] : [{ name, value }];
  });
  const places = apart(
    ends.map(({ value }) => scale.y(value)),
    LABEL_GAP,
    HEIGHT - LABEL_GAP / 2,
  );
  return ends.map(({ name, value }, index) => (
    <text key={name} x={x} y={places[index]} className="curve-name">
      <tspan x={x}>{name}</tspan>
      <tspan x={x} dy={20}>
        {Math.round(value)}%
      </tspan>
    </text>
  ));
}

/** Before anything is measured; also what paper takes. Pixels. */
const USUAL_WIDTH = 720;

/** As wide as there is room, so that letters keep their size. */
function useWidth(ref: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(USUAL_WIDTH);
  useEffect(() => {
    const element = ref.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setWidth(Math.max(280, Math.round(entry.contentRect.width)));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return width;
}

/** The numbers behind it, for reading, copying, and for whoever doesn't see curves; paper has the curves alone. */
export function CurveTable({
  caption,
  head,
  rows,
}: {
  readonly caption: string;
  /** Of the columns behind the day. */
  readonly head: readonly string[];
  /** Newest first. */
  readonly rows: readonly { readonly on: string; readonly cells: readonly (string | number)[] }[];
}): ReactNode {
  return (
    <details className="fold no-print mt-2">
      <summary>数字を表で見る</summary>
      <Scroll className="mt-2" label={caption}>
        <table className="table">
          <caption className="sr-only">{caption}</caption>
          <thead>
            <tr>
              <th scope="col">日</th>
              {head.map((text) => (
                <th key={text} scope="col" className="n">
                  {text}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ on, cells }) => (
              <tr key={on}>
                <th scope="row" className="nb">
                  {formatDateJa(on)}
                </th>
                {cells.map((cell, index) => (
                  <td key={head[index]} className="n">
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </details>
  );
}
