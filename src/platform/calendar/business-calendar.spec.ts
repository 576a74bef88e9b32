import { addDays, BusinessCalendar } from './business-calendar.js';

const calendar = new BusinessCalendar();

describe('BusinessCalendar', () => {
  it.each([
    ['2027-04-28', 'a Wednesday', true],
    ['2027-04-29', '昭和の日', false],
    ['2027-05-01', 'a Saturday', false],
    ['2027-05-02', 'a Sunday', false],
    ['2027-03-22', '振替休日', false],
    ['2026-09-22', '国民の休日', false],
    ['2026-12-28', 'the last day of the year', true],
    ['2026-12-29', 'the turn of the year', false],
    ['2027-01-03', 'the turn of the year', false],
    ['2027-01-04', 'the first day of the year', true],
    ['2028-02-29', 'a leap day', true],
  ])('%s, %s: %p', (date, _what, expected) => {
    expect(calendar.isBusinessDay(date)).toBe(expected);
  });

  it('leaves out what the office adds', () => {
    const closed = new BusinessCalendar(['2027-04-28']);
    expect(closed.isBusinessDay('2027-04-28')).toBe(false);
    expect(closed.onOrAfter('2027-04-28')).toBe('2027-04-30');
  });

  it.each([
    ['2027-04-05', 0, '2027-04-05'],
    ['2027-04-04', 0, '2027-04-05'],
    ['2027-04-04', 1, '2027-04-05'],
    ['2027-04-05', 5, '2027-04-12'],
    ['2027-04-28', 1, '2027-04-30'],
    ['2027-04-30', 1, '2027-05-06'],
    ['2026-12-28', 1, '2027-01-04'],
    ['2028-02-28', 1, '2028-02-29'],
    ['2028-02-29', 1, '2028-03-01'],
  ])('from %s, %i working days on: %s', (date, days, expected) => {
    expect(calendar.add(date, days)).toBe(expected);
  });

  it.each([-1, 0.5, Number.NaN])('refuses %p days', (days) => {
    expect(() => calendar.add('2027-04-05', days)).toThrow(RangeError);
  });

  it.each(['2027-02-29', '2027-4-5', ''])('refuses %j, which is no date', (date) => {
    expect(() => calendar.isBusinessDay(date)).toThrow(RangeError);
    expect(() => addDays(date, 1)).toThrow(RangeError);
  });

  it('says so when the office is closed for ever', () => {
    const always = new BusinessCalendar(Array.from({ length: 150 }, (_, at) => addDays('2027-04-01', at)));
    expect(() => always.onOrAfter('2027-04-01')).toThrow('no working day within 100 days of 2027-04-01');
  });
});

describe('addDays', () => {
  it.each([
    ['2028-02-28', 1, '2028-02-29'],
    ['2027-12-31', 1, '2028-01-01'],
    ['2027-04-01', -1, '2027-03-31'],
  ])('%s and %i days: %s', (date, days, expected) => {
    expect(addDays(date, days)).toBe(expected);
  });
});
