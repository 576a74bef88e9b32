import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../platform/access/viewer.js';
import type { CampaignPlanValues } from '../platform/audit/catalogue-values.js';
import type { BusinessCalendar } from '../platform/calendar/business-calendar.js';
import { DomainError, type FieldError } from '../platform/http/domain-error.js';
import { isCalendarDate } from '../platform/text/japanese-date.js';
import { type CampaignPlanDto, type CampaignStepDto, toAudience } from './campaign.dto.js';
import { refuse } from './campaign.policy.js';
import type { CampaignPlan, CampaignRow, PlannedRow, StepRow } from './campaigns.repository.js';
import { daysOf, hasGone, isList } from './ladder.js';

export const planOf = ({ title, audience, countsFrom, deadline }: CampaignPlanDto): CampaignPlan => ({
  title,
  audience: toAudience(audience),
  countsFrom,
  deadline,
});

/** What can't be kept at all, also of a draft. @throws DomainError `invalid` */
export function assertShape({ countsFrom, deadline, steps }: CampaignPlanDto): void {
  refuse([
    ...judgeDate('/countsFrom', countsFrom),
    ...judgeDate('/deadline', deadline),
    ...steps.flatMap((step, at) => judgeStep(step, `/steps/${at}`, at === 0)),
  ]);
}

/** The portal counts working days by a calendar of holidays that ends. */
const LAST_YEAR = 2049;

function judgeDate(pointer: string, date: string): FieldError[] {
  const year = Number(date.slice(0, 4));
  return isCalendarDate(date) && year >= 2020 && year <= LAST_YEAR
    ? []
    : [{ pointer, code: 'date', message: 'ある日付を、2027-04-01 のように入力してください。' }];
}

function judgeStep(
  { on, afterDays, template, recipients }: CampaignStepDto,
  pointer: string,
  first: boolean,
): FieldError[] {
  const errors: FieldError[] = [];
  if (on !== null) errors.push(...judgeDate(`${pointer}/on`, on));
  if ((on === null) === (afterDays === null)) {
    errors.push({
      pointer: `${pointer}/on`,
      code: 'one-of',
      message: '日付か、前の段階からの開庁日数のどちらか一つを入れてください。',
    });
  } else if (first && on === null) {
    errors.push({
      pointer: `${pointer}/on`,
      code: 'required',
      message: '最初の段階には、日付を入れてください。',
    });
  }
  if (isList(template) !== (recipients === null)) {
    errors.push({
      pointer: `${pointer}/recipients`,
      code: isList(template) ? 'not-allowed' : 'required',
      message: isList(template) ? 'リストを作る段階には、送り先がありません。' : '送り先を選んでください。',
    });
  }
  return errors;
}

/**
 * The ladder as it is to be written: known steps keep their ids, others get one.
 *
 * @throws DomainError `invalid` for an id that isn't the campaign's
 */
export function plannedRows(
  { steps, countsFrom }: CampaignPlanDto,
  before: readonly StepRow[],
  calendar: BusinessCalendar,
): PlannedRow[] {
  const known = new Set(before.map(({ id }) => id));
  refuse(
    steps.flatMap(({ id }, at) =>
      id !== undefined && (!known.has(id) || steps.findIndex((other) => other.id === id) !== at)
        ? [
            {
              pointer: `/steps/${at}/id`,
              code: 'not-allowed',
              message: 'この段階はありません。画面を読み込み直してください。',
            },
          ]
        : [],
    ),
  );
  const days = daysOf(steps, calendar, countsFrom);
  return steps.map(({ id, template, recipients, on, afterDays, hour, opening }, at) => ({
    id: id ?? uuidv7(),
    template,
    recipients,
    on,
    afterDays,
    hour,
    opening: isList(template) ? null : opening,
    dueAt: days[at]?.dueAt ?? new Date(0),
  }));
}

/**
 * Of one that has started, whom it asks and what counts stays, and so does every step that has gone.
 *
 * @throws DomainError `campaign-closed`, `campaign-running`, `campaign-step-gone`, `step-up-needed`
 */
export function assertMayWrite(before: CampaignRow, dto: CampaignPlanDto, actor: Actor): void {
  if (before.state === 'draft') return;
  if (before.state === 'closed') throw new DomainError('campaign-closed');
  // What it mails to everybody changes: that takes what starting it took.
  if (actor.kind === 'staff' && !actor.steppedUp) throw new DomainError('step-up-needed');
  const after = planOf(dto);
  if (before.countsFrom !== after.countsFrom || !sameJson(before.audience, after.audience)) {
    throw new DomainError('campaign-running');
  }
  // Up to the last that has gone, all stays where it was; of what has gone, also what it was.
  const kept = before.steps.slice(0, before.steps.findLastIndex(hasGone) + 1).every((step, at) => {
    const now = dto.steps[at];
    return hasGone(step) ? sameJson(stepValues(step), stepValues(now)) : now?.id === step.id;
  });
  if (!kept) throw new DomainError('campaign-step-gone');
}

const STEP_FIELDS = ['id', 'template', 'recipients', 'on', 'afterDays', 'hour', 'opening'] as const;

const stepValues = (step: Partial<Record<(typeof STEP_FIELDS)[number], unknown>> | undefined): object =>
  Object.fromEntries(STEP_FIELDS.map((field) => [field, step?.[field] ?? null]));

/** As the trail keeps it. */
export const planValues = ({
  title,
  audience,
  countsFrom,
  deadline,
  steps,
}: CampaignRow): CampaignPlanValues => ({
  title,
  audience,
  countsFrom,
  deadline,
  steps: steps.map(stepValues),
});

/** Alike whatever the order of their members, which jsonb doesn't keep. */
const sameJson = (a: object, b: object): boolean => sorted(a) === sorted(b);
const sorted = (value: object): string =>
  JSON.stringify(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
