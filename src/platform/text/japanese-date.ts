/**
 * Dates as Japanese readers expect them. A calendar date is a string `YYYY-MM-DD`; an instant is a `Date`. An
 * instant always means its calendar date and time in Japan, whatever the machine's own time zone.
 */

/** Japan has had one offset and no summer time since 1952, long before anything that the portal stores. */
const TOKYO_OFFSET_MS = 9 * 60 * 60 * 1000;

const WEEKDAYS = '日月火水木金土';

/** First days of the eras, newest first (元号を改める政令 and their forerunners; 明治 in the Gregorian calendar). */
const ERAS = [
  { name: '令和', from: '2019-05-01' },
  { name: '平成', from: '1989-01-08' },
  { name: '昭和', from: '1926-12-25' },
  { name: '大正', from: '1912-07-30' },
  { name: '明治', from: '1868-10-23' },
] as const;

/** Whether `s` is `YYYY-MM-DD` and such a day exists, years 0001 to 9999; `2026-02-30` and `2026-2-3` don't. */
export function isCalendarDate(s: string): boolean {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(s) || s.startsWith('0000')) return false;
  const midnight = new Date(`${s}T00:00:00Z`);
  // JavaScript takes 02-30 for 03-02, so the date has to come back as it went in.
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(s);
}

/**
 * The calendar date in Japan at an instant.
 *
 * @returns `YYYY-MM-DD`
 * @throws RangeError for an invalid Date
 */
export function tokyoDate(instant: Date): string {
  return shiftedToTokyo(instant).toISOString().slice(0, 10);
}

/**
 * `2026年11月22日（日）`
 *
 * @throws RangeError when the string is no calendar date or the Date is invalid
 */
export function formatDateJa(when: string | Date): string {
  const date = toCalendarDate(when);
  const [year, month, day] = date.split('-').map(Number);
  const weekday = WEEKDAYS[new Date(`${date}T00:00:00Z`).getUTCDay()];
  return `${year}年${month}月${day}日（${weekday}）`;
}

/**
 * `2026年（令和8年）11月22日（日）`, the first year of an era as 元年. Before 明治 without the era.
 *
 * @throws RangeError when the string is no calendar date or the Date is invalid
 */
export function formatDateWithEra(when: string | Date): string {
  const date = toCalendarDate(when);
  const era = ERAS.find(({ from }) => from <= date);
  if (!era) return formatDateJa(date);
  const year = yearOf(date) - yearOf(era.from) + 1;
  return formatDateJa(date).replace('年', `年（${era.name}${year === 1 ? '元' : year}年）`);
}

/**
 * `2026年11月22日（日）15時04分`, in Japan's time
 *
 * @throws RangeError for an invalid Date
 */
export function formatDateTimeJa(instant: Date): string {
  const local = shiftedToTokyo(instant);
  const minutes = String(local.getUTCMinutes()).padStart(2, '0');
  return `${formatDateJa(instant)}${local.getUTCHours()}時${minutes}分`;
}

/**
 * @returns `HH:MM`, what clocks in Japan show
 * @throws RangeError for an invalid Date
 */
export const tokyoTime = (instant: Date): string => shiftedToTokyo(instant).toISOString().slice(11, 16);

/**
 * The 年度 (April to March) that a day or instant belongs to, as the western year in which it began.
 *
 * @throws RangeError when the string is no calendar date or the Date is invalid
 */
export function fiscalYear(when: string | Date): number {
  const date = toCalendarDate(when);
  return date.slice(5) >= '04-01' ? yearOf(date) : yearOf(date) - 1;
}

/**
 * The 年度 by era, short: `R8` for 2026年度. The year from April 2019 is `R1` although it began in 平成31年, as the
 * project itself counts; earlier ones are `H30` and so on, back to `H1`.
 *
 * @throws RangeError before 平成元年度, when the string is no calendar date or the Date is invalid
 */
export function fiscalYearEra(when: string | Date): string {
  const year = fiscalYear(when);
  if (year >= 2019) return `R${year - 2018}`;
  if (year >= 1989) return `H${year - 1988}`;
  throw new RangeError(`no short name for the fiscal year ${year}`);
}

function toCalendarDate(when: string | Date): string {
  if (when instanceof Date) return tokyoDate(when);
  if (!isCalendarDate(when)) throw new RangeError(`not a calendar date: ${JSON.stringify(when)}`);
  return when;
}

/** A Date whose UTC fields show what clocks in Japan show at `instant`. */
function shiftedToTokyo(instant: Date): Date {
  return new Date(instant.getTime() + TOKYO_OFFSET_MS);
}

function yearOf(date: string): number {
  return Number(date.slice(0, 4));
}

/**
 * The last day that lies wholly before an instant, in Japan's time: what a deadline may promise in days.
 *
 * @returns `YYYY-MM-DD`
 * @throws RangeError for an invalid Date
 */
export function lastWholeDayBefore(instant: Date): string {
  const day = new Date(`${tokyoDate(instant)}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() - 1);
  return day.toISOString().slice(0, 10);
}
