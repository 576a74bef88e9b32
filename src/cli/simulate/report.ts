import { ASSUMPTIONS, type AssumptionName, NAMES, TOGETHER } from './assumptions.js';
import type { Regime } from './desk.js';
import type { Point } from './figures.js';
import { type Curve, drawCurves } from './picture.js';
import { JUDGED, type Year } from './span.js';

/** How a regime is called where people read it. */
export const REGIME_LABELS: Readonly<Record<Regime, string>> = {
  none: 'no reminders',
  yearly: 'one mail a year',
  ladder: 'this ladder',
};

/** What is kept of a year, and shown. Shares are from 0 to 1. */
export interface YearFigures {
  readonly regime: string;
  readonly judged: readonly JudgedDay[];
  readonly mails: Year['mails'];
  readonly steps: Year['steps'];
  readonly office: Year['office'];
  readonly weeks: readonly WeekFigures[];
}

export interface JudgedDay {
  readonly date: string;
  readonly true: number;
  readonly confirmedWithoutStaff: number;
  readonly confirmed: number;
}

type WeekFigures = JudgedDay;

export function figuresOf({ regime, registrations, points, mails, steps, office }: Year): YearFigures {
  const share = (count: number): number => Math.round((count / registrations) * 1000) / 1000;
  const day = (point: Point): JudgedDay => ({
    date: point.date,
    true: share(point.true),
    confirmedWithoutStaff: share(point.byThemselves),
    confirmed: share(point.byThemselves + point.withTheOffice),
  });
  const judged = new Set<string>(JUDGED);
  return {
    regime: REGIME_LABELS[regime],
    judged: points.filter(({ date }) => judged.has(date)).map(day),
    mails,
    steps,
    office,
    weeks: points.filter(({ date }) => !judged.has(date)).map(day),
  };
}

/** @returns the share on a judged day */
export function judgedOn(year: YearFigures, date: string): JudgedDay {
  const day = year.judged.find((one) => one.date === date);
  if (!day) throw new Error(`${date} isn't judged`);
  return day;
}

export const percent = (share: number): string => `${(share * 100).toFixed(0)}%`;

/** A line a week, with the share of true registrations under each regime, as it is printed. */
export function weeksAsText(years: readonly YearFigures[]): string {
  const heads = ['week to', ...years.map(({ regime }) => regime), 'ladder, answered'];
  const ladder = years.at(-1);
  const lines = (years[0]?.weeks ?? []).map(({ date }, week) => [
    date,
    ...years.map(({ weeks }) => percent(weeks[week]?.true ?? 0)),
    percent(ladder?.weeks[week]?.confirmed ?? 0),
  ]);
  return [heads, ...lines].map((cells) => cells.map((cell) => cell.padStart(16)).join('')).join('\n');
}

const STROKES: Readonly<Record<string, Pick<Curve, 'stroke' | 'labelOn' | 'labelSide'>>> = {
  [REGIME_LABELS.none]: { stroke: 'dotted', labelOn: '2027-10-20', labelSide: 'below' },
  [REGIME_LABELS.yearly]: { stroke: 'dashed', labelOn: '2027-10-20', labelSide: 'below' },
  [REGIME_LABELS.ladder]: { stroke: 'solid', labelOn: '2027-10-20', labelSide: 'below' },
};

export function pictureOf(years: readonly YearFigures[]): string {
  return drawCurves(
    'Registrations that are true, of 372, by week (simulated)',
    years.map(({ regime, weeks }) => ({
      label: regime,
      ...(STROKES[regime] ?? { stroke: 'solid', labelOn: '2027-10-20', labelSide: 'above' }),
      points: weeks.map(({ date, true: share }) => ({ date, share })),
    })),
    [
      { date: '2027-04-01', label: '1 April: posts change' },
      { date: '2027-05-31', label: '31 May' },
      { date: '2027-07-31', label: '31 July' },
      { date: '2027-10-01', label: '1 October' },
    ],
  );
}

/** Tables of the documentation, by the name of the block that each fills. */
export const yearBlocks = (years: readonly YearFigures[]): Record<string, string> => ({
  assumptions: table(
    ['assumption', 'taken as', 'varied', 'rests on'],
    NAMES.map((name) => {
      const { says, value, low, high, restsOn } = ASSUMPTIONS[name];
      return [`\`${name}\`: ${says}`, String(value), `${low} to ${high}`, restsOn];
    }),
  ),
  results: table(
    ['', ...years.map(({ regime }) => regime)],
    [
      ...JUDGED.flatMap((date) => [
        [`true on ${date}`, ...years.map((year) => percent(judgedOn(year, date).true))],
        [
          `confirmed without staff by ${date}`,
          ...years.map((year) => percent(judgedOn(year, date).confirmedWithoutStaff)),
        ],
        [`confirmed by ${date}`, ...years.map((year) => percent(judgedOn(year, date).confirmed))],
      ]),
      ['true at the end of February', ...years.map(({ weeks }) => percent(weeks.at(-1)?.true ?? 0))],
      ['mails of the campaign', ...years.map(({ mails }) => String(mails.ofCampaigns))],
      ['came back', ...years.map(({ mails }) => percent(mails.cameBack / Math.max(1, mails.ofCampaigns)))],
      ['doubled', ...years.map(({ mails }) => String(mails.doubled))],
      ['calls, and hours of them', ...years.map(({ office }) => `${office.calls}, ${hours(office.minutes)}`)],
      ['letters', ...years.map(({ office }) => String(office.letters))],
    ],
  ),
});

/** One varied run of the ladder, and what it came to. */
export interface Variation {
  readonly assumption: AssumptionName;
  readonly end: 'low' | 'high';
  readonly value: number;
  readonly withoutStaffByMay: number;
  readonly confirmedByJuly: number;
  readonly trueByJuly: number;
}

/** Of several seeds: the smallest and the largest. */
export interface Spread {
  readonly regime: string;
  readonly seeds: number;
  readonly withoutStaffByMay: Range;
  readonly confirmedByJuly: Range;
  readonly trueByJuly: Range;
}

interface Range {
  readonly from: number;
  readonly to: number;
}

export function spreadOf(years: readonly YearFigures[]): Spread {
  const [may, july] = JUDGED;
  return {
    regime: years[0]?.regime ?? '',
    seeds: years.length,
    withoutStaffByMay: range(years.map((year) => judgedOn(year, may).confirmedWithoutStaff)),
    confirmedByJuly: range(years.map((year) => judgedOn(year, july).confirmed)),
    trueByJuly: range(years.map((year) => judgedOn(year, july).true)),
  };
}

const range = (shares: readonly number[]): Range => ({ from: Math.min(...shares), to: Math.max(...shares) });

export function variationOf(assumption: AssumptionName, end: 'low' | 'high', year: YearFigures): Variation {
  const [may, july] = JUDGED;
  return {
    assumption,
    end,
    value: ASSUMPTIONS[assumption][end],
    withoutStaffByMay: judgedOn(year, may).confirmedWithoutStaff,
    confirmedByJuly: judgedOn(year, july).confirmed,
    trueByJuly: judgedOn(year, july).true,
  };
}

export const variedBlocks = (
  spreads: readonly Spread[],
  variations: readonly Variation[],
): Record<string, string> => ({
  spread: table(
    ['', 'seeds', 'confirmed without staff by 31 May', 'confirmed by 31 July', 'true on 31 July'],
    spreads.map(({ regime, seeds, withoutStaffByMay, confirmedByJuly, trueByJuly }) => [
      regime,
      String(seeds),
      ...[withoutStaffByMay, confirmedByJuly, trueByJuly].map(
        ({ from, to }) => `${percent(from)} to ${percent(to)}`,
      ),
    ]),
  ),
  sensitivity: table(
    ['assumption', 'at', 'confirmed without staff by 31 May', 'confirmed by 31 July', 'true on 31 July'],
    variations.map(({ assumption, value, withoutStaffByMay, confirmedByJuly, trueByJuly }) => [
      [assumption, TOGETHER[assumption]].flatMap((name) => (name ? `\`${name}\`` : [])).join(', '),
      String(value),
      ...[withoutStaffByMay, confirmedByJuly, trueByJuly].map(percent),
    ]),
  ),
});

export const laddersBlock = (
  ladders: readonly { readonly name: string; readonly figures: YearFigures }[],
): Record<string, string> => {
  const [may, july] = JUDGED;
  return {
    ladders: table(
      ['', 'mails', 'confirmed without staff by 31 May', 'true on 31 July', 'calls'],
      ladders.map(({ name, figures }) => [
        name,
        String(figures.mails.ofCampaigns),
        percent(judgedOn(figures, may).confirmedWithoutStaff),
        percent(judgedOn(figures, july).true),
        String(figures.office.calls),
      ]),
    ),
  };
};

const hours = (minutes: number): string => `${Math.round(minutes / 60)} h`;

/** As prettier would have it, so that what is made need not be formatted. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_cell, column) =>
    Math.max(3, ...[head, ...rows].map((row) => widthOf(row[column] ?? ''))),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell))).join(' | ')} |`;
  return [
    line(head),
    `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`,
    ...rows.map((row) => line(row)),
  ].join('\n');
}

/** Full-width characters take two columns. */
const widthOf = (words: string): number =>
  [...words].reduce((sum, character) => sum + (/[\u3000-\u9fff\uff00-\uff60]/.test(character) ? 2 : 1), 0);

/** Puts tables between `<!-- name -->` and `<!-- /name -->`. @throws Error where the document lacks the place */
export function fillBlocks(document: string, blocks: Record<string, string>): string {
  return Object.entries(blocks).reduce((text, [name, block]) => {
    const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
    const [begin, end] = [text.indexOf(open), text.indexOf(close)];
    if (begin < 0 || end < begin) throw new Error(`the document has no place for ${name}`);
    return `${text.slice(0, begin + open.length)}\n\n${block}\n\n${text.slice(end)}`;
  }, document);
}
