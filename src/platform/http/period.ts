import { isCalendarDate } from '../text/japanese-date.js';
import { DomainError, type FieldError, invalidField } from './domain-error.js';

const DATE_MESSAGE = '日付は、2026-04-01 のように入力してください。';
const PERIOD_MESSAGE = '終わりの日は、始まりの日よりあとにしてください。';

/** @throws DomainError `invalid` for an impossible date, or a period that ends before it begins */
export function assertPeriod({ from, to }: { from?: string; to?: string }): void {
  const errors: FieldError[] = Object.entries({ from, to })
    .filter(([, date]) => date !== undefined && !isCalendarDate(date))
    .map(([name]) => ({ pointer: `/${name}`, code: 'date', message: DATE_MESSAGE }));
  if (errors.length > 0) throw new DomainError('invalid', { errors });
  if (from !== undefined && to !== undefined && to < from)
    throw invalidField('/to', 'period', PERIOD_MESSAGE);
}

/** @throws DomainError `invalid` for an impossible date; none is no error */
export function assertDate(name: string, date: string | undefined): void {
  if (date !== undefined && !isCalendarDate(date)) throw invalidField(`/${name}`, 'date', DATE_MESSAGE);
}
