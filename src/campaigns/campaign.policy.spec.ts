import { BusinessCalendar } from '../platform/calendar/business-calendar.js';
import { DomainError } from '../platform/http/domain-error.js';
import { judgeCampaign, type JudgedCampaign, refuse } from './campaign.policy.js';
import { daysOf, isList } from './ladder.js';

type Step = JudgedCampaign['steps'][number];

const step = (template: Step['template'], when: string | number, changes: Partial<Step> = {}): Step => ({
  template,
  recipients: isList(template) ? null : 'primary',
  on: typeof when === 'string' ? when : null,
  afterDays: typeof when === 'number' ? when : null,
  hour: 9,
  gone: false,
  ...changes,
});

const GOOD: JudgedCampaign = {
  audience: { kind: 'all' },
  countsFrom: '2027-04-01',
  deadline: '2027-04-30',
  steps: [
    step('pre-notice', '2027-03-10'),
    step('ask', '2027-04-05'),
    step('reminder', 5),
    step('reminder', 5),
    step('final', 4),
    step('phone', 5),
    step('letter', 10),
  ],
};

/** @returns `pointer code` of everything that is wrong with the good one, so changed */
function wrong(changes: Partial<JudgedCampaign>, now = '2027-03-01T00:00:00Z'): string[] {
  const campaign = { ...GOOD, ...changes };
  const days = daysOf(campaign.steps, new BusinessCalendar(), campaign.countsFrom);
  return judgeCampaign(campaign, days, new Date(now)).map(({ pointer, code }) => `${pointer} ${code}`);
}

const chosen = {
  kind: 'chosen',
  prefectures: [],
  associations: [],
  types: [],
  freshness: [],
  municipalities: [],
} as const;

describe('a campaign that may start', () => {
  it('has a notice, one ask, reminders, telephone and letters in that order', () => {
    expect(wrong({})).toEqual([]);
  });

  it('may be the ask alone', () => {
    expect(wrong({ steps: [step('ask', '2027-04-05')] })).toEqual([]);
  });

  it('may have its final request before another reminder: both only ask again', () => {
    expect(wrong({ steps: [step('ask', '2027-04-05'), step('final', 3), step('reminder', 3)] })).toEqual([]);
  });
});

describe('whom it asks', () => {
  it('is somebody', () => {
    expect(wrong({ audience: chosen })).toEqual(['/audience required']);
  });

  it.each([
    { prefectures: ['010006'] },
    { associations: ['010006-towns'] },
    { types: ['town'] as const },
    { freshness: ['unknown'] as const },
    { municipalities: ['016314'] },
  ])('is chosen by any one of the lists: %j', (list) => {
    expect(wrong({ audience: { ...chosen, ...list } })).toEqual([]);
  });
});

describe('the order of the steps', () => {
  it('takes exactly one ask', () => {
    expect(wrong({ steps: [step('reminder', '2027-04-05')] })).toEqual(['/steps one-ask']);
    expect(wrong({ steps: [step('ask', '2027-04-05'), step('ask', 5)] })).toEqual([
      '/steps one-ask',
      '/steps/1/template out-of-order',
    ]);
    expect(wrong({ steps: [] })).toEqual(['/steps one-ask']);
  });

  it.each([
    ['a notice after the ask', [step('ask', '2027-04-05'), step('pre-notice', 5)]],
    ['a second notice', [step('pre-notice', '2027-03-10'), step('pre-notice', 5), step('ask', '2027-04-05')]],
    ['a reminder before the ask', [step('reminder', '2027-04-05'), step('ask', 5)]],
    ['a mail after the telephone', [step('ask', '2027-04-05'), step('phone', 5), step('final', 5)]],
    ['the telephone after letters', [step('ask', '2027-04-05'), step('letter', 5), step('phone', 5)]],
    ['two lists to call', [step('ask', '2027-04-05'), step('phone', 5), step('phone', 5)]],
  ])('refuses %s', (_what, steps) => {
    const found = wrong({ steps });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^\/steps\/\d\/template out-of-order$/);
  });

  it('takes a later day for each, so that nobody is written to twice on one', () => {
    expect(wrong({ steps: [step('ask', '2027-04-05'), step('reminder', '2027-04-05')] })).toEqual([
      '/steps/1/on out-of-order',
    ]);
    expect(wrong({ steps: [step('ask', '2027-04-05'), step('reminder', '2027-04-02')] })).toEqual([
      '/steps/1/on out-of-order',
    ]);
    // Saturday and Sunday both come to Monday.
    expect(wrong({ steps: [step('ask', '2027-04-10'), step('reminder', '2027-04-11')] })).toEqual([
      '/steps/1/on out-of-order',
    ]);
    // A later hour of the same day is no later day.
    expect(
      wrong({ steps: [step('ask', '2027-04-05'), step('reminder', '2027-04-05', { hour: 17 })] }),
    ).toEqual(['/steps/1/on out-of-order']);
  });
});

describe('the time of the steps', () => {
  it('is still to come, to the instant', () => {
    expect(wrong({}, '2027-03-09T23:59:59.999Z')).toEqual([]);
    expect(wrong({}, '2027-03-10T00:00:00Z')).toEqual(['/steps/0/on in-the-past']);
    expect(wrong({}, '2027-04-05T00:00:00Z')).toEqual(['/steps/0/on in-the-past', '/steps/1/on in-the-past']);
  });

  it('of one that has gone is past', () => {
    const [notice, ...rest] = GOOD.steps;
    if (!notice) throw new Error('no notice');
    expect(wrong({ steps: [{ ...notice, gone: true }, ...rest] }, '2027-03-20T00:00:00Z')).toEqual([]);
  });
});

describe('the dates that count', () => {
  it('begin with the ask or before: what is answered on its day is an answer', () => {
    expect(wrong({ countsFrom: '2027-04-05' })).toEqual([]);
    expect(wrong({ countsFrom: '2027-04-06' })).toEqual(['/countsFrom after-the-ask']);
  });

  it('end with the last mail or after, whenever the lists are made', () => {
    expect(wrong({ deadline: '2027-04-23' })).toEqual([]);
    expect(wrong({ deadline: '2027-04-22' })).toEqual(['/deadline before-last-mail']);
  });

  it('are judged by the working day that a date comes to', () => {
    const steps = [step('ask', '2027-04-03')];
    expect(wrong({ steps, countsFrom: '2027-04-05' })).toEqual([]);
    expect(wrong({ steps, deadline: '2027-04-04' })).toEqual(['/deadline before-last-mail']);
  });
});

it('tells everything that is wrong at a time', () => {
  expect(
    wrong({
      audience: chosen,
      deadline: '2027-01-01',
      steps: [step('reminder', '2027-02-01'), step('ask', '2027-01-25')],
    }),
  ).toEqual([
    '/audience required',
    '/steps/1/template out-of-order',
    '/steps/0/on in-the-past',
    '/steps/1/on in-the-past',
    '/countsFrom after-the-ask',
    '/deadline before-last-mail',
  ]);
  expect(() => refuse([])).not.toThrow();
  expect(() => refuse([{ pointer: '/x', code: 'x', message: 'x' }])).toThrow(DomainError);
});
