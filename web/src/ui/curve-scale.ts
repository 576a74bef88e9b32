const DAY_MS = 24 * 60 * 60 * 1000;

/** @param date `YYYY-MM-DD` @returns days since some day long ago, whole */
export const dayNumber = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS;

const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

export interface Tick {
  /** Day number. */
  readonly day: number;
  readonly text: string;
  /** Below it, where a reader needs it: at the first tick, and whenever a year begins. */
  readonly year: string | null;
}

/** Below so many days, days are named and not months. */
const MONTHS_FROM_DAYS = 62;

/** @returns at most `most` ticks: firsts of months (`4月`), or of a short period days (`4/8`) */
export function ticksOf(from: string, to: string, most: number): Tick[] {
  const [first, last] = [dayNumber(from), dayNumber(to)];
  const dates = Array.from({ length: last - first + 1 }, (_, index) => dateOf(first + index));
  const short = dates.length < MONTHS_FROM_DAYS;
  const named = short ? everySo(dates, most) : thinned(dates.filter(isFirst), most);
  return named.map((date, index) => {
    const [year = '', month, day] = date.split('-').map(Number);
    const before = named[index - 1]?.slice(0, 4);
    return {
      day: dayNumber(date),
      text: short ? `${month}/${day}` : `${month}月`,
      year: before === String(year) ? null : `${year}年`,
    };
  });
}

const isFirst = (date: string): boolean => date.endsWith('-01');

const everySo = (dates: readonly string[], most: number): string[] => {
  const step = Math.max(1, Math.ceil(dates.length / most));
  return dates.filter((_, index) => index % step === 0);
};

/** Months that divide the year evenly, so that January is among them. */
function thinned(firsts: readonly string[], most: number): string[] {
  const step = [1, 2, 3, 6, 12].find((months) => firsts.length / months <= most) ?? 12;
  return firsts.filter((date) => (Number(date.slice(5, 7)) - 1) % step === 0);
}

/**
 * Moves labels apart that would lie over each other.
 *
 * @param wanted where each would stand by itself, in pixels from above
 * @returns where they stand, in the same order: at least `gap` apart and within 0 and `height`, where they fit
 */
export function apart(wanted: readonly number[], gap: number, height: number): number[] {
  const order = wanted.map((_, index) => index).toSorted((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
  const placed = [...wanted];
  let least = 0;
  for (const index of order) {
    placed[index] = Math.max(placed[index] ?? 0, least);
    least = (placed[index] ?? 0) + gap;
  }
  let most = height;
  for (const index of order.toReversed()) {
    placed[index] = Math.min(placed[index] ?? 0, most);
    most = (placed[index] ?? 0) - gap;
  }
  return placed;
}

/** Cuts a line where nothing was recorded for longer than usual. @param usual days between two points */
export function segmentsOf<P extends { readonly on: string }>(points: readonly P[], usual: number): P[][] {
  const segments: P[][] = [];
  let before: P | undefined;
  for (const point of points) {
    const broken = before === undefined || dayNumber(point.on) - dayNumber(before.on) >= usual * 2;
    if (broken) segments.push([point]);
    else segments.at(-1)?.push(point);
    before = point;
  }
  return segments;
}
