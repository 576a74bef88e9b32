import { BusinessCalendar } from '../platform/calendar/business-calendar.js';
import type { Actor } from '../platform/access/viewer.js';
import { DomainError } from '../platform/http/domain-error.js';
import type { CampaignPlanDto, CampaignStepDto } from './campaign.dto.js';
import { assertMayWrite, assertShape, plannedRows } from './campaign-plan.js';
import type { CampaignRow, StepRow } from './campaigns.repository.js';

const ASK: CampaignStepDto = {
  template: 'ask',
  recipients: 'primary',
  on: '2027-04-05',
  afterDays: null,
  hour: 9,
  opening: null,
};
const REMINDER: CampaignStepDto = { ...ASK, template: 'reminder', on: null, afterDays: 5 };
const PHONE: CampaignStepDto = { ...REMINDER, template: 'phone', recipients: null };
const AUDIENCE = {
  kind: 'chosen' as const,
  prefectures: ['010006'],
  associations: [],
  types: [],
  freshness: [],
  municipalities: [],
};
const PLAN: CampaignPlanDto = {
  title: '年度確認',
  audience: AUDIENCE,
  countsFrom: '2027-04-01',
  deadline: '2027-04-30',
  steps: [ASK, REMINDER, PHONE],
};

/** @returns the problem's code with the pointers and codes of its errors, or null */
function refusal(work: () => unknown): string | null {
  try {
    work();
    return null;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const errors = error.details.errors ?? [];
    return [error.code, ...errors.map(({ pointer, code }) => `${pointer} ${code}`)].join(', ');
  }
}

describe('what can be kept at all', () => {
  const kept = (changes: Partial<CampaignPlanDto>): string | null =>
    refusal(() => assertShape({ ...PLAN, ...changes }));
  const step = (changes: Partial<CampaignStepDto>): string | null =>
    kept({ steps: [ASK, { ...REMINDER, ...changes }] });

  it('is a plan as the portal proposes it', () => {
    expect(kept({})).toBeNull();
  });

  it('has dates that exist, within what the calendar of holidays knows', () => {
    expect(kept({ countsFrom: '2027-02-29' })).toBe('invalid, /countsFrom date');
    expect(kept({ deadline: '2050-01-01' })).toBe('invalid, /deadline date');
    expect(kept({ deadline: '2049-12-31' })).toBeNull();
    expect(kept({ steps: [{ ...ASK, on: '2019-12-31' }] })).toBe('invalid, /steps/0/on date');
  });

  it('has one kind of day for each step, and a date for the first', () => {
    expect(step({ on: '2027-04-12' })).toBe('invalid, /steps/1/on one-of');
    expect(step({ afterDays: null })).toBe('invalid, /steps/1/on one-of');
    expect(kept({ steps: [REMINDER] })).toBe('invalid, /steps/0/on required');
  });

  it('has somebody to mail for each mail, and nobody for a list', () => {
    expect(step({ recipients: null })).toBe('invalid, /steps/1/recipients required');
    expect(step({ template: 'letter' })).toBe('invalid, /steps/1/recipients not-allowed');
  });
});

const before: StepRow = {
  ...ASK,
  id: 'ask',
  dueAt: new Date('2027-04-05T00:00:00Z'),
  doneAt: null,
  overtakenAt: null,
};

describe('the rows of a plan', () => {
  const calendar = new BusinessCalendar();

  it('keep the ids of known steps and give others one of their own', () => {
    const rows = plannedRows({ ...PLAN, steps: [{ ...ASK, id: 'ask' }, REMINDER] }, [before], calendar);
    expect(rows.map(({ id }) => id)).toEqual(['ask', expect.stringMatching(/^[0-9a-f-]{36}$/)]);
    expect(rows.map(({ dueAt }) => dueAt.toISOString())).toEqual([
      '2027-04-05T00:00:00.000Z',
      '2027-04-12T00:00:00.000Z',
    ]);
  });

  it('take no id of elsewhere, and none twice', () => {
    const rows = (steps: CampaignStepDto[]) =>
      refusal(() => plannedRows({ ...PLAN, steps }, [before], calendar));
    expect(rows([{ ...ASK, id: 'foreign' }])).toBe('invalid, /steps/0/id not-allowed');
    expect(
      rows([
        { ...ASK, id: 'ask' },
        { ...REMINDER, id: 'ask' },
      ]),
    ).toBe('invalid, /steps/1/id not-allowed');
  });

  it('keep no opening of a list, which is mailed to nobody', () => {
    const [, row] = plannedRows({ ...PLAN, steps: [ASK, { ...PHONE, opening: 'こんにちは' }] }, [], calendar);
    expect(row?.opening).toBeNull();
  });
});

describe('what may be written of a campaign', () => {
  const staff = (steppedUp: boolean): Actor => ({ kind: 'staff', steppedUp }) as Actor;
  const row = (changes: Partial<CampaignRow>): CampaignRow => ({
    id: 'campaign',
    version: 1,
    kind: 'office',
    state: 'running',
    title: '年度確認',
    // As jsonb gives it back: its members in another order.
    audience: {
      types: [],
      kind: 'chosen',
      freshness: [],
      prefectures: ['010006'],
      associations: [],
      municipalities: [],
    },
    countsFrom: '2027-04-01',
    deadline: '2027-04-30',
    createdAt: new Date(0),
    createdByName: null,
    startedAt: null,
    pausedAt: null,
    closedAt: null,
    steps: [{ ...before, doneAt: new Date('2027-04-05T00:00:10Z') }],
    ...changes,
  });
  const write = (
    campaign: Partial<CampaignRow>,
    changes: Partial<CampaignPlanDto>,
    actor = staff(true),
  ): string | null => refusal(() => assertMayWrite(row(campaign), { ...PLAN, ...changes }, actor));
  const same = [{ ...ASK, id: 'ask' }, REMINDER];

  it('is all of a draft, without another factor', () => {
    expect(write({ state: 'draft' }, { countsFrom: '2027-05-01' }, staff(false))).toBeNull();
  });

  it('is nothing of one that is closed', () => {
    expect(write({ state: 'closed' }, {})).toBe('campaign-closed');
  });

  it.each(['running', 'paused'] as const)('is what is still to come of one that is %s', (state) => {
    expect(write({ state }, { steps: same, deadline: '2027-05-10', title: '年度のご確認' })).toBeNull();
    expect(write({ state }, { steps: same }, staff(false))).toBe('step-up-needed');
    expect(write({ state }, { steps: same, countsFrom: '2027-04-02' })).toBe('campaign-running');
    expect(
      write({ state }, { steps: same, audience: { ...AUDIENCE, prefectures: ['010006', '020001'] } }),
    ).toBe('campaign-running');
  });

  it.each([
    ['its date', { on: '2027-04-06' }],
    ['its hour', { hour: 10 }],
    ['its opening', { opening: '別の書き出し' }],
    ['whom it mails', { recipients: 'everyone' as const }],
    ['what it is', { template: 'reminder' as const }],
    ['its id', { id: 'other' }],
  ])('is not what has gone: %s', (_what, changes) => {
    expect(write({}, { steps: [{ ...ASK, id: 'ask', ...changes }, REMINDER] })).toBe('campaign-step-gone');
  });

  it('is not what has gone: that it is there, and where', () => {
    expect(write({}, { steps: [REMINDER] })).toBe('campaign-step-gone');
    expect(write({}, { steps: [REMINDER, { ...ASK, id: 'ask' }] })).toBe('campaign-step-gone');
    expect(write({}, { steps: [ASK, REMINDER] })).toBe('campaign-step-gone');
  });

  it('is not what was overtaken, either', () => {
    const steps = [{ ...before, overtakenAt: new Date('2027-04-13T00:00:00Z') }];
    expect(write({ steps }, { steps: [REMINDER] })).toBe('campaign-step-gone');
  });
});
