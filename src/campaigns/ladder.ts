import { BusinessCalendar } from '../platform/calendar/business-calendar.js';

/** What a step is: a mail, or a list for people. */
export const STEP_TEMPLATES = ['pre-notice', 'ask', 'reminder', 'final', 'phone', 'letter'] as const;
export type StepTemplate = (typeof STEP_TEMPLATES)[number];

/** To whom of a registration a step is mailed. */
export const STEP_RECIPIENTS = ['primary', 'deputy', 'department', 'everyone'] as const;
export type StepRecipients = (typeof STEP_RECIPIENTS)[number];

export const TEMPLATE_LABELS: Readonly<Record<StepTemplate, string>> = {
  'pre-notice': '事前のご案内',
  ask: '確認のお願い',
  reminder: '再度のお願い',
  final: '期限前のお願い',
  phone: '電話リスト',
  letter: '郵送リスト',
};

/** Those that make a list for people; the others are mailed. */
export const isList = (template: StepTemplate): template is 'phone' | 'letter' =>
  template === 'phone' || template === 'letter';

/** Those that ask for an answer, and so carry a number and a code. */
export const asks = (template: StepTemplate): boolean => !isList(template) && template !== 'pre-notice';

/** A step as somebody plans it. Its day is `on`, or so many working days `afterDays` the step before. */
export interface PlannedStep {
  readonly template: StepTemplate;
  readonly recipients: StepRecipients | null;
  /** `YYYY-MM-DD`; where it is no working day, the next one. */
  readonly on: string | null;
  readonly afterDays: number | null;
  /** 0 to 23, in Asia/Tokyo. */
  readonly hour: number;
}

/** When a step goes: its working day, and the instant. */
export interface StepDay {
  readonly date: string;
  readonly dueAt: Date;
}

/** @returns the instant at which a clock in Japan shows the full hour on a date */
export const tokyoHour = (date: string, hour: number): Date =>
  new Date(`${date}T${String(hour).padStart(2, '0')}:00:00+09:00`);

/**
 * The day of each step, in their order. The first one without a date of its own counts from `from`.
 *
 * @param from `YYYY-MM-DD`
 */
export function daysOf(
  steps: readonly Pick<PlannedStep, 'on' | 'afterDays' | 'hour'>[],
  calendar: BusinessCalendar,
  from: string,
): StepDay[] {
  let before = from;
  return steps.map(({ on, afterDays, hour }) => {
    const date = on === null ? calendar.add(before, afterDays ?? 0) : calendar.onOrAfter(on);
    before = date;
    return { date, dueAt: tokyoHour(date, hour) };
  });
}

/** A step that has its time, as the portal goes on with it. */
export interface DueStep {
  readonly id: string;
  readonly template: StepTemplate;
  readonly dueAt: Date;
  readonly doneAt: Date | null;
  readonly overtakenAt: Date | null;
}

/** It has gone, or was overtaken: it can't be changed, and won't go again. */
export const hasGone = ({ doneAt, overtakenAt }: Pick<DueStep, 'doneAt' | 'overtakenAt'>): boolean =>
  doneAt !== null || overtakenAt !== null;

/** The same steps as today's calendar has them; what has gone stays where it was. @param days of {@link daysOf} */
export const onTheirDays = <Step extends DueStep>(steps: readonly Step[], days: readonly StepDay[]): Step[] =>
  steps.map((step, at) => (hasGone(step) ? step : { ...step, dueAt: days[at]?.dueAt ?? step.dueAt }));

/**
 * What is to be done now, late or not. A mail that a later step has overtaken, as after an outage, doesn't go: nobody is
 * reminded twice on one morning, nor by mail of what they are called about. Lists are made however late.
 *
 * @param steps in their order
 */
export function dueNow<Step extends DueStep>(
  steps: readonly Step[],
  now: Date,
): { readonly go: readonly Step[]; readonly overtaken: readonly Step[] } {
  const due = steps.filter((step) => !hasGone(step) && step.dueAt <= now);
  // A day that the office has closed since may have moved a step behind one that has gone.
  const last = steps.findLastIndex((step) => hasGone(step) || due.includes(step));
  const goes = (step: Step): boolean => isList(step.template) || step === steps[last];
  return { go: due.filter(goes), overtaken: due.filter((step) => !goes(step)) };
}
