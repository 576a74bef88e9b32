import { addDays } from '../platform/calendar/business-calendar.js';
import { byDate, flawsOf } from './closed-days.policy.js';

const closed = (...dates: string[]) => dates.map((date) => ({ date, note: null }));
const told = (...dates: string[]) =>
  flawsOf(closed(...dates)).map(({ pointer, code }) => `${pointer} ${code}`);

it('days that are each named once are taken, also past ones and those that the calendar has already', () => {
  expect(told()).toEqual([]);
  expect(told('2020-01-01', '2027-05-06', '2027-05-08', '2027-12-30')).toEqual([]);
});

it('a day that is named twice is told where it stands the second time', () => {
  expect(told('2027-05-06', '2027-05-07', '2027-05-06')).toEqual(['/closedDays/2/date duplicate']);
});

it('months without a working day are told where they begin', () => {
  const days = Array.from({ length: 100 }, (_, index) => addDays('2027-06-01', index));
  const flaws = told(...days);
  expect(flaws[0]).toBe('/closedDays/0/date no-business-day');
  expect(flaws.length).toBeLessThan(45);
  expect(told(...days.slice(0, 50))).toEqual([]);
});

it('they are kept earliest first', () => {
  expect(byDate(closed('2027-05-07', '2026-12-28')).map(({ date }) => date)).toEqual([
    '2026-12-28',
    '2027-05-07',
  ]);
});
