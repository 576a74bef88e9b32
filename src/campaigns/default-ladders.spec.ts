import { addDays, BusinessCalendar } from '../platform/calendar/business-calendar.js';
import { judgeCampaign } from './campaign.policy.js';
import { standingLadder, yearlyCampaign } from './default-ladders.js';
import { daysOf } from './ladder.js';

/** Every day of a year and of a leap year. */
const DAYS = Array.from({ length: 731 }, (_, at) => addDays('2027-01-01', at));

/** @returns what is wrong with the proposal of a day, if somebody starts it at an instant of that day */
function wrongOn(today: string, time: string, closed: string[] = []): string[] {
  const calendar = new BusinessCalendar(closed);
  const proposed = yearlyCampaign(today, calendar);
  const steps = proposed.steps.map((step) => ({ ...step, gone: false }));
  const days = daysOf(steps, calendar, proposed.countsFrom);
  return judgeCampaign(
    { ...proposed, audience: { kind: 'all' }, steps },
    days,
    new Date(`${today}T${time}+09:00`),
  ).map(({ pointer, code }) => `${today} ${pointer} ${code}`);
}

describe('the ready-made 年度確認', () => {
  it('may start as it is, on whatever day and at whatever hour it is proposed', () => {
    expect(DAYS.at(-1)).toBe('2028-12-31');
    // At the end of a day as much has passed as can have.
    expect(DAYS.flatMap((day) => wrongOn(day, '23:59:59'))).toEqual([]);
  });

  it('may start also where the office is closed for two weeks in April', () => {
    const closed = Array.from({ length: 14 }, (_, at) => addDays('2027-04-12', at));
    const spring = DAYS.filter((day) => day >= '2027-03-01' && day <= '2027-05-31');
    expect(spring.flatMap((day) => wrongOn(day, '12:00:00', closed))).toEqual([]);
  });

  it('tells in March, asks in April and ends with people', () => {
    const calendar = new BusinessCalendar();
    const { title, countsFrom, deadline, steps } = yearlyCampaign('2026-11-23', calendar);
    expect([title, countsFrom, deadline]).toEqual([
      '令和9年度 登録情報の年度確認',
      '2027-04-01',
      '2027-04-30',
    ]);
    const days = daysOf(steps, calendar, countsFrom);
    expect(steps.map(({ template, recipients }, at) => [template, recipients, days[at]?.date])).toEqual([
      ['pre-notice', 'primary', '2027-03-10'],
      ['ask', 'primary', '2027-04-05'],
      ['reminder', 'primary', '2027-04-12'],
      ['reminder', 'everyone', '2027-04-19'],
      ['final', 'everyone', '2027-04-23'],
      ['phone', null, '2027-05-06'],
      ['letter', null, '2027-06-03'],
    ]);
  });

  it.each([
    ['2027-03-09', '令和9年度', 'pre-notice 2027-03-10'],
    ['2027-03-10', '令和9年度', 'ask 2027-04-05'],
    ['2027-03-31', '令和9年度', 'ask 2027-04-05'],
    ['2027-04-04', '令和9年度', 'ask 2027-04-05'],
    ['2027-04-05', '令和9年度', 'ask 2027-04-06'],
    ['2027-04-20', '令和9年度', 'ask 2027-04-21'],
    ['2027-04-21', '令和10年度', 'pre-notice 2028-03-10'],
    ['2027-12-31', '令和10年度', 'pre-notice 2028-03-10'],
    ['2028-01-01', '令和10年度', 'pre-notice 2028-03-10'],
    ['2028-02-29', '令和10年度', 'pre-notice 2028-03-10'],
  ])('on %s is that of %s and begins with %s', (today, year, first) => {
    const { title, steps } = yearlyCampaign(today, new BusinessCalendar());
    expect(title.startsWith(`${year} `)).toBe(true);
    expect(`${steps[0]?.template} ${steps[0]?.on}`).toBe(first);
  });

  it('leaves whoever is asked late in April their days, up to the last before the calls', () => {
    expect(yearlyCampaign('2027-04-20', new BusinessCalendar()).deadline).toBe('2027-05-21');
  });
});

describe('the standing ladder', () => {
  it('asks at once and has the same steps behind', () => {
    const calendar = new BusinessCalendar();
    const { steps, deadline } = standingLadder('2027-12-01', calendar);
    const days = daysOf(steps, calendar, '2027-12-01');
    expect(days.map(({ date }) => date)).toEqual([
      '2027-12-01',
      '2027-12-08',
      '2027-12-15',
      '2027-12-21',
      '2027-12-28',
      '2028-02-01',
    ]);
    // The last working day before anybody is called.
    expect(deadline).toBe('2027-12-27');
  });
});
