import { addDays, BusinessCalendar } from '../platform/calendar/business-calendar.js';
import { DomainError, type FieldError } from '../platform/http/domain-error.js';
import type { ClosedDay } from './settings.entity.js';

const TWICE = { code: 'duplicate', message: '同じ日が2回あります。どちらかを消してください。' };
const ENDLESS = {
  code: 'no-business-day',
  message: 'ここから2か月のあいだ、開いている日がありません。休業日を減らしてください。',
};

/** @throws DomainError `invalid`, with the place of each day that can't be taken */
export function assertClosedDays(days: readonly ClosedDay[]): void {
  const errors = flawsOf(days);
  if (errors.length > 0) throw new DomainError('invalid', { errors });
}

/** A day is named once, and nobody waits for a working day that doesn't come: deadlines are counted by them. */
export function flawsOf(days: readonly ClosedDay[]): FieldError[] {
  const dates = days.map(({ date }) => date);
  const calendar = new BusinessCalendar(dates);
  return dates.flatMap((date, index) => {
    const pointer = `/closedDays/${index}/date`;
    if (dates.indexOf(date) !== index) return [{ pointer, ...TWICE }];
    return isFollowedByBusinessDay(calendar, date) ? [] : [{ pointer, ...ENDLESS }];
  });
}

export const byDate = <Day extends ClosedDay>(days: readonly Day[]): Day[] =>
  days.toSorted((a, b) => a.date.localeCompare(b.date));

/** Days that the office may be closed on end. */
const LONGEST_CLOSURE = 60;

function isFollowedByBusinessDay(calendar: BusinessCalendar, date: string): boolean {
  try {
    return calendar.onOrAfter(date) <= addDays(date, LONGEST_CLOSURE);
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
