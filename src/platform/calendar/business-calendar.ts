import holidayJp from '@holiday-jp/holiday_jp';
import { isCalendarDate } from '../text/japanese-date.js';

/** 休日 of local government besides weekends and 祝日: from 29 December to 3 January (行政機関の休日に関する法律). */
const NEW_YEAR = new Set(['12-29', '12-30', '12-31', '01-01', '01-02', '01-03']);

/**
 * No town hall is closed for as long as this; whoever asks for more has closed everything by mistake. Days. More than the
 * settings allow, since weekends and 祝日 stand before a closure, too.
 */
const LONGEST_CLOSURE = 100;

/** Working days of the office: Monday to Friday but for 祝日, the turn of the year and what the office adds. */
export class BusinessCalendar {
  private readonly closed: ReadonlySet<string>;

  /** @param closedDays further days on which the office is closed, `YYYY-MM-DD` */
  constructor(closedDays: Iterable<string> = []) {
    this.closed = new Set(closedDays);
  }

  /**
   * @param date `YYYY-MM-DD`
   * @throws RangeError when it is no calendar date
   */
  isBusinessDay(date: string): boolean {
    const weekday = toUtc(date).getUTCDay();
    if (weekday === 0 || weekday === 6) return false;
    return !NEW_YEAR.has(date.slice(5)) && !holidayJp.isHoliday(date) && !this.closed.has(date);
  }

  /**
   * @returns the day itself if it is a working day, else the next one
   * @throws RangeError when it is no calendar date, or the office is closed for months on end
   */
  onOrAfter(date: string): string {
    for (let days = 0; days <= LONGEST_CLOSURE; days += 1) {
      const candidate = addDays(date, days);
      if (this.isBusinessDay(candidate)) return candidate;
    }
    throw new RangeError(`no working day within ${LONGEST_CLOSURE} days of ${date}`);
  }

  /**
   * The n-th working day after a day, which need not be one itself; for 0 see {@link onOrAfter}.
   *
   * @throws RangeError as {@link onOrAfter}, and when `days` is no whole number from 0
   */
  add(date: string, days: number): string {
    if (!Number.isInteger(days) || days < 0) throw new RangeError(`not a number of working days: ${days}`);
    let current = days === 0 ? this.onOrAfter(date) : date;
    for (let left = days; left > 0; left -= 1) current = this.onOrAfter(addDays(current, 1));
    return current;
  }
}

/**
 * @param date `YYYY-MM-DD` @param days may be negative
 * @throws RangeError when it is no calendar date
 */
export function addDays(date: string, days: number): string {
  const day = toUtc(date);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
}

function toUtc(date: string): Date {
  if (!isCalendarDate(date)) throw new RangeError(`not a calendar date: ${JSON.stringify(date)}`);
  return new Date(`${date}T00:00:00Z`);
}
