import { addDays, type BusinessCalendar } from '../platform/calendar/business-calendar.js';
import { fiscalYear } from '../platform/text/japanese-date.js';
import { daysOf, isList, type PlannedStep } from './ladder.js';

/** A campaign as the portal proposes it. */
export interface ProposedCampaign {
  readonly title: string;
  readonly countsFrom: string;
  readonly deadline: string;
  readonly steps: readonly PlannedStep[];
}

/** The hour at which town halls read their mail. */
const HOUR = 9;

const mail = (
  template: PlannedStep['template'],
  recipients: NonNullable<PlannedStep['recipients']>,
  day: { on: string } | { afterDays: number },
): PlannedStep => ({ template, recipients, on: null, afterDays: null, hour: HOUR, ...day });

const list = (template: 'phone' | 'letter', afterDays: number): PlannedStep => ({
  template,
  recipients: null,
  on: null,
  afterDays,
  hour: HOUR,
});

/** Working days from the last mail to the first call. */
const CALLS_AFTER = 5;

/** The latest day on which the 年度確認 of the year to come can still be proposed with its notice in March. */
const LAST_NOTICE = '03-10';

/**
 * The ready-made 年度確認: a notice to whoever is in charge before they may leave, and from April on the ask. What the
 * days between the steps rest on stands in docs/campaigns.md.
 *
 * @param today `YYYY-MM-DD`
 * @returns that of the next 年度, or of this one where it has only just begun
 */
export function yearlyCampaign(today: string, calendar: BusinessCalendar): ProposedCampaign {
  const year =
    today.slice(5) < '04-01' || today.slice(5) > '04-20' ? fiscalYear(today) + 1 : fiscalYear(today);
  const april = `${year}-04-05`;
  const noticed = `${year}-${LAST_NOTICE}`;
  const countsFrom = `${year}-04-01`;
  const steps = [
    ...(today < noticed ? [mail('pre-notice', 'primary', { on: noticed })] : []),
    mail('ask', 'primary', { on: today < april ? april : addDays(today, 1) }),
    ...remindersAfterTheAsk(),
  ];
  return {
    title: `令和${year - 2018}年度 登録情報の年度確認`,
    countsFrom,
    deadline: deadlineOf(steps, calendar, countsFrom, `${year}-04-30`),
    steps,
  };
}

/** The last working day before anybody is called; where something later is wished, that. */
function deadlineOf(
  steps: readonly PlannedStep[],
  calendar: BusinessCalendar,
  countsFrom: string,
  atLeast = '',
): string {
  const days = daysOf(steps, calendar, countsFrom);
  const lastMail = days[steps.findLastIndex(({ template }) => !isList(template))]?.date ?? countsFrom;
  const beforeCalls = calendar.add(lastMail, CALLS_AFTER - 1);
  return beforeCalls > atLeast ? beforeCalls : atLeast;
}

/** What the standing rule does from a day on for those whom nobody has confirmed for long. */
export function standingLadder(
  from: string,
  calendar: BusinessCalendar,
): Pick<ProposedCampaign, 'steps' | 'deadline'> {
  const steps = [mail('ask', 'primary', { on: from }), ...remindersAfterTheAsk()];
  return { steps, deadline: deadlineOf(steps, calendar, from) };
}

/**
 * Whoever is in charge twice, then everybody, and then people. Working days. A town hall with one mailbox gets no more of
 * it than of a ladder by deputy and department; the others are spared calls (docs/simulation.md).
 */
function remindersAfterTheAsk(): PlannedStep[] {
  return [
    mail('reminder', 'primary', { afterDays: 5 }),
    mail('reminder', 'everyone', { afterDays: 5 }),
    mail('final', 'everyone', { afterDays: 4 }),
    list('phone', CALLS_AFTER),
    list('letter', 20),
  ];
}
