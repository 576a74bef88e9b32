import { BusinessCalendar } from '../platform/calendar/business-calendar.js';
import { asks, daysOf, type DueStep, dueNow, isList, STEP_TEMPLATES, TEMPLATE_LABELS } from './ladder.js';

const on = (date: string, hour = 9) => ({ on: date, afterDays: null, hour });
const after = (days: number, hour = 9) => ({ on: null, afterDays: days, hour });
const dates = (steps: Parameters<typeof daysOf>[0], closed: string[] = [], from = '2027-04-01'): string[] =>
  daysOf(steps, new BusinessCalendar(closed), from).map(({ date }) => date);

describe('the days of a ladder', () => {
  it('are dates, and working days counted from the step before', () => {
    expect(dates([on('2027-03-10'), on('2027-04-05'), after(5), after(5), after(4)])).toEqual([
      '2027-03-10',
      '2027-04-05',
      '2027-04-12',
      '2027-04-19',
      '2027-04-23',
    ]);
  });

  it('begin at the full hour of a clock in Japan, whatever the season and the machine', () => {
    const [summer, winter, late] = daysOf(
      [on('2027-07-01', 7), on('2027-12-01', 9), on('2027-12-02', 18)],
      new BusinessCalendar(),
      '2027-04-01',
    );
    expect(summer?.dueAt.toISOString()).toBe('2027-06-30T22:00:00.000Z');
    expect(winter?.dueAt.toISOString()).toBe('2027-12-01T00:00:00.000Z');
    expect(late?.dueAt.toISOString()).toBe('2027-12-02T09:00:00.000Z');
  });

  it('leave out weekends and holidays, those made up for included', () => {
    // 29 April, then 3 to 5 May; in 2026 the 3rd is a Sunday and the 6th makes up for it.
    expect(dates([on('2026-05-03')])).toEqual(['2026-05-07']);
    expect(dates([on('2027-04-28'), after(1), after(1), after(1)])).toEqual([
      '2027-04-28',
      '2027-04-30',
      '2027-05-06',
      '2027-05-07',
    ]);
  });

  it('leave out the turn of the year, from 29 December to 3 January', () => {
    expect(dates([on('2027-12-28'), after(1), after(1)])).toEqual(['2027-12-28', '2028-01-04', '2028-01-05']);
    expect(dates([on('2027-12-29'), on('2028-01-03')])).toEqual(['2028-01-04', '2028-01-04']);
  });

  it('count the leap day as a day', () => {
    expect(dates([on('2028-02-28'), after(1), after(1)])).toEqual(['2028-02-28', '2028-02-29', '2028-03-01']);
    expect(dates([on('2027-02-26'), after(1)])).toEqual(['2027-02-26', '2027-03-01']);
    expect(() => dates([on('2027-02-29')])).toThrow(RangeError);
  });

  it('leave out what the office closes, and move what comes behind', () => {
    const steps = [on('2027-04-05'), after(1), after(1)];
    expect(dates(steps, ['2027-04-05'])).toEqual(['2027-04-06', '2027-04-07', '2027-04-08']);
    expect(dates(steps, ['2027-04-06', '2027-04-07'])).toEqual(['2027-04-05', '2027-04-08', '2027-04-09']);
  });

  it('count from the day given where the first one has no date', () => {
    expect(dates([after(1)], [], '2027-04-02')).toEqual(['2027-04-05']);
    expect(dates([], [], '2027-04-02')).toEqual([]);
  });
});

describe('what is due now', () => {
  const at = (hour: number): Date => new Date(Date.UTC(2027, 3, 5, hour));
  const step = (id: string, template: DueStep['template'], hour: number, changes = {}): DueStep => ({
    id,
    template,
    dueAt: at(hour),
    doneAt: null,
    overtakenAt: null,
    ...changes,
  });
  const due = (steps: readonly DueStep[], hour: number): { go: string[]; overtaken: string[] } => {
    const { go, overtaken } = dueNow(steps, at(hour));
    return { go: go.map(({ id }) => id), overtaken: overtaken.map(({ id }) => id) };
  };

  it('is nothing before the time, and the step at the very instant', () => {
    const [ask] = [step('ask', 'ask', 1)];
    expect(dueNow([ask], new Date(at(1).getTime() - 1))).toEqual({ go: [], overtaken: [] });
    expect(due([ask], 1)).toEqual({ go: ['ask'], overtaken: [] });
  });

  it('is a mail however late, as long as no later step is due', () => {
    expect(due([step('ask', 'ask', 1), step('reminder', 'reminder', 20)], 19)).toEqual({
      go: ['ask'],
      overtaken: [],
    });
  });

  it('is of several mails the last alone', () => {
    const steps = [step('notice', 'pre-notice', 1), step('ask', 'ask', 2), step('reminder', 'reminder', 3)];
    expect(due(steps, 4)).toEqual({ go: ['reminder'], overtaken: ['notice', 'ask'] });
  });

  it('is every list, and no mail that a list has overtaken: who is called is not mailed that morning', () => {
    const steps = [step('final', 'final', 1), step('phone', 'phone', 2), step('letter', 'letter', 3)];
    expect(due(steps, 4)).toEqual({ go: ['phone', 'letter'], overtaken: ['final'] });
  });

  it('is never again what has gone, nor what was overtaken', () => {
    const steps = [
      step('ask', 'ask', 1, { doneAt: at(1) }),
      step('reminder', 'reminder', 2, { overtakenAt: at(3) }),
      step('phone', 'phone', 3, { doneAt: at(3) }),
    ];
    expect(due(steps, 9)).toEqual({ go: [], overtaken: [] });
  });
});

it('tells lists from mails, and mails that ask from one that only tells', () => {
  expect(STEP_TEMPLATES.filter(isList)).toEqual(['phone', 'letter']);
  expect(STEP_TEMPLATES.filter(asks)).toEqual(['ask', 'reminder', 'final']);
  expect(Object.keys(TEMPLATE_LABELS)).toEqual([...STEP_TEMPLATES]);
});
