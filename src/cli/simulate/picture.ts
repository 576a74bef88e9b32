/** One line of the picture: shares from 0 to 1 by day. */
export interface Curve {
  readonly label: string;
  readonly stroke: 'solid' | 'dashed' | 'dotted';
  readonly points: readonly { readonly date: string; readonly share: number }[];
  /** Where its label stands: on this day, above or below the line. */
  readonly labelOn: string;
  readonly labelSide: 'above' | 'below';
}

/** A day that the picture names. */
export interface Mark {
  readonly date: string;
  readonly label: string;
}

const WIDTH = 880;
const HEIGHT = 460;
const PLOT = { left: 56, right: 864, top: 40, bottom: 404 };
/** Told apart by their strokes alone, so that a printout in black and white says the same. */
const STROKES = {
  solid: 'stroke-width="3"',
  dashed: 'stroke-width="2.5" stroke-dasharray="12 6"',
  dotted: 'stroke-width="2.5" stroke-dasharray="2 5" stroke-linecap="round"',
} as const;

/** @returns an SVG of curves over a year, in black on white @param curves of the same days */
export function drawCurves(title: string, curves: readonly Curve[], marks: readonly Mark[]): string {
  const dates = curves[0]?.points.map(({ date }) => date) ?? [];
  const scale = scaleOf(dates[0] ?? '', dates.at(-1) ?? '');
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escape(title)}" font-family="sans-serif" font-size="13" fill="#111">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    text(PLOT.left, 22, title, 'font-size="15" font-weight="bold"'),
    ...levels(),
    ...months(dates[0] ?? '', dates.at(-1) ?? '', scale),
    ...marks.flatMap((mark) => drawMark(mark, scale)),
    ...curves.map((curve) => drawLine(curve, scale)),
    ...curves.map((curve) => drawLabel(curve, scale)),
    '</svg>',
  ].join('\n')}\n`;
}

type Scale = (date: string) => number;

function scaleOf(from: string, to: string): Scale {
  const [begin, end] = [Date.parse(from), Date.parse(to)];
  return (date) => round(PLOT.left + ((Date.parse(date) - begin) / (end - begin)) * (PLOT.right - PLOT.left));
}

const heightOf = (share: number): number => round(PLOT.bottom - share * (PLOT.bottom - PLOT.top));

function levels(): string[] {
  return [0, 0.25, 0.5, 0.75, 1].flatMap((share) => {
    const y = heightOf(share);
    return [
      `<line x1="${PLOT.left}" y1="${y}" x2="${PLOT.right}" y2="${y}" stroke="#ccc"/>`,
      text(PLOT.left - 8, y + 4, `${share * 100}%`, 'text-anchor="end"'),
    ];
  });
}

function months(from: string, to: string, scale: Scale): string[] {
  const names: string[] = [];
  const day = new Date(`${from.slice(0, 7)}-01T00:00:00Z`);
  for (; day.getTime() <= Date.parse(to); day.setUTCMonth(day.getUTCMonth() + 1)) {
    const date = day.toISOString().slice(0, 10);
    if (date < from) continue;
    const x = scale(date);
    const name = day.toLocaleString('en', { month: 'short', timeZone: 'UTC' });
    names.push(
      `<line x1="${x}" y1="${PLOT.bottom}" x2="${x}" y2="${PLOT.bottom + 6}" stroke="#111"/>`,
      text(x + 4, PLOT.bottom + 20, name),
    );
  }
  return names;
}

function drawMark({ date, label }: Mark, scale: Scale): string[] {
  const x = scale(date);
  return [
    `<line x1="${x}" y1="${PLOT.top}" x2="${x}" y2="${PLOT.bottom}" stroke="#777" stroke-dasharray="1 3"/>`,
    text(x, PLOT.bottom + 40, label, 'text-anchor="middle" font-size="12"'),
  ];
}

function drawLine({ points, stroke }: Curve, scale: Scale): string {
  const path = points.map(({ date, share }) => `${scale(date)},${heightOf(share)}`).join(' ');
  return `<polyline points="${path}" fill="none" stroke="#111" stroke-linejoin="round" ${STROKES[stroke]}/>`;
}

/** White behind the letters, since a level or another line may run there. */
function drawLabel({ points, label, labelOn, labelSide }: Curve, scale: Scale): string {
  const at = points.findLast(({ date }) => date <= labelOn) ?? points[0];
  const y = heightOf(at?.share ?? 0) + (labelSide === 'above' ? -10 : 20);
  const halo = 'stroke="#fff" stroke-width="5" paint-order="stroke" font-weight="bold"';
  return text(scale(labelOn), y, label, halo);
}

const text = (x: number, y: number, words: string, attributes = ''): string =>
  `<text x="${x}" y="${y}"${attributes && ` ${attributes}`}>${escape(words)}</text>`;

const escape = (words: string): string =>
  words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const round = (value: number): number => Math.round(value * 10) / 10;
