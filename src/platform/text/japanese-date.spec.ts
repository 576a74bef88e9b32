import * as fc from 'fast-check';
import {
  fiscalYear,
  fiscalYearEra,
  formatDateJa,
  formatDateTimeJa,
  formatDateWithEra,
  isCalendarDate,
  tokyoDate,
} from './japanese-date.js';

const instantSince1952 = fc.date({
  min: new Date('1952-04-28T00:00:00Z'),
  max: new Date('2199-12-31T00:00:00Z'),
  noInvalidDate: true,
});

/** The node runtime's own calendar, to compare with. */
const intl = (options: Intl.DateTimeFormatOptions, locale = 'ja-JP') =>
  new Intl.DateTimeFormat(locale, { timeZone: 'Asia/Tokyo', ...options });

describe('isCalendarDate', () => {
  it.each(['2026-11-22', '2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31'])('accepts %s', (s) => {
    expect(isCalendarDate(s)).toBe(true);
  });

  it.each([
    '2026-02-30',
    '2026-02-29',
    '1900-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '2026-01-32',
    '2026-1-1',
    '26-01-01',
    '0000-01-01',
    '+002026-01-01',
    '2026/01/01',
    '20260101',
    '2026-01-01T00:00:00Z',
    ' 2026-01-01',
    '2026-01-01\n',
    '２０２６-01-01',
    '',
  ])('refuses %j', (s) => {
    expect(isCalendarDate(s)).toBe(false);
  });
});

describe('tokyoDate', () => {
  it('changes at midnight in Japan', () => {
    expect(tokyoDate(new Date('2026-11-22T14:59:59.999Z'))).toBe('2026-11-22');
    expect(tokyoDate(new Date('2026-11-22T15:00:00Z'))).toBe('2026-11-23');
    expect(tokyoDate(new Date('2026-12-31T15:00:00Z'))).toBe('2027-01-01');
  });

  it('refuses an invalid Date', () => {
    expect(() => tokyoDate(new Date('nonsense'))).toThrow(RangeError);
  });

  it('agrees with the calendar of the runtime', () => {
    const sweden = intl({ year: 'numeric', month: '2-digit', day: '2-digit' }, 'sv-SE');
    fc.assert(
      fc.property(instantSince1952, (instant) => {
        expect(tokyoDate(instant)).toBe(sweden.format(instant));
        expect(isCalendarDate(tokyoDate(instant))).toBe(true);
      }),
    );
  });
});

describe('formatDateJa', () => {
  it('writes the date with its weekday', () => {
    expect(formatDateJa('2026-11-22')).toBe('2026年11月22日（日）');
    expect(formatDateJa('2027-04-05')).toBe('2027年4月5日（月）');
  });

  it('takes the date in Japan of an instant', () => {
    expect(formatDateJa(new Date('2026-11-21T15:00:00Z'))).toBe('2026年11月22日（日）');
  });

  it.each(['2026-02-30', '', '2026-11-22T00:00:00Z'])('refuses %j', (s) => {
    expect(() => formatDateJa(s)).toThrow(RangeError);
  });
});

describe('formatDateWithEra', () => {
  it.each([
    ['2026-11-22', '2026年（令和8年）11月22日（日）'],
    ['2019-05-01', '2019年（令和元年）5月1日（水）'],
    ['2019-04-30', '2019年（平成31年）4月30日（火）'],
    ['1989-01-07', '1989年（昭和64年）1月7日（土）'],
    ['1926-12-25', '1926年（昭和元年）12月25日（土）'],
    ['1867-12-31', '1867年12月31日（火）'],
  ])('writes %s as %s', (date, expected) => {
    expect(formatDateWithEra(date)).toBe(expected);
  });

  it('agrees with the calendar of the runtime', () => {
    const japanese = intl({ era: 'long', year: 'numeric' }, 'ja-JP-u-ca-japanese');
    fc.assert(
      fc.property(instantSince1952, (instant) => {
        expect(/（(.+?年)）/u.exec(formatDateWithEra(instant))?.[1]).toBe(japanese.format(instant));
      }),
    );
  });
});

describe('formatDateTimeJa', () => {
  it('writes hours as they are and minutes with two digits', () => {
    expect(formatDateTimeJa(new Date('2026-11-22T06:04:59Z'))).toBe('2026年11月22日（日）15時04分');
    expect(formatDateTimeJa(new Date('2026-11-21T15:00:00Z'))).toBe('2026年11月22日（日）0時00分');
    expect(formatDateTimeJa(new Date('2026-11-22T00:05:00Z'))).toBe('2026年11月22日（日）9時05分');
  });
});

describe('fiscalYearEra', () => {
  it.each([
    ['2026-04-01', 2026, 'R8'],
    ['2027-03-31', 2026, 'R8'],
    ['2027-04-01', 2027, 'R9'],
    ['2019-04-01', 2019, 'R1'],
    ['2019-03-31', 2018, 'H30'],
    ['2014-09-01', 2014, 'H26'],
  ])('of %s is that of %s: %s', (date, year, short) => {
    expect(fiscalYear(date)).toBe(year);
    expect(fiscalYearEra(date)).toBe(short);
  });

  it('changes at midnight in Japan', () => {
    expect(fiscalYearEra(new Date('2027-03-31T14:59:59Z'))).toBe('R8');
    expect(fiscalYearEra(new Date('2027-03-31T15:00:00Z'))).toBe('R9');
  });

  it('has no name for what lies before 平成元年度', () => {
    expect(() => fiscalYearEra('1989-03-31')).toThrow(RangeError);
  });
});
