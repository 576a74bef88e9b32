import { type FieldError, DomainError } from '../platform/http/domain-error.js';
import { choosesNobody } from '../registry/municipality-choice.js';
import type { CampaignAudience } from './campaign-audience.js';
import { type CampaignEvent, type CampaignState, nextState } from './campaign.state.js';
import { isList, type PlannedStep, type StepDay } from './ladder.js';

/** What a campaign is judged by before it starts or goes on. */
export interface JudgedCampaign {
  readonly audience: CampaignAudience;
  readonly countsFrom: string;
  readonly deadline: string;
  readonly steps: readonly (PlannedStep & { readonly gone: boolean })[];
}

/** @throws DomainError `campaign-running`, `campaign-not-running`, `campaign-not-paused`, `campaign-closed` */
export function nextOrRefuse(state: CampaignState, event: CampaignEvent): CampaignState {
  const next = nextState(state, event);
  if (next !== null) return next;
  if (state === 'closed') throw new DomainError('campaign-closed');
  if (event === 'start') throw new DomainError('campaign-running');
  throw new DomainError(event === 'resume' ? 'campaign-not-paused' : 'campaign-not-running');
}

/**
 * @param days of its steps, in the same order
 * @returns everything for which it can't start, or go on, as it stands
 */
export function judgeCampaign(campaign: JudgedCampaign, days: readonly StepDay[], now: Date): FieldError[] {
  return [
    ...(choosesNobody(campaign.audience)
      ? [{ pointer: '/audience', code: 'required', message: '対象の自治体を選んでください。' }]
      : []),
    ...judgeOrder(campaign, days),
    ...judgePast(campaign, days, now),
    ...judgeDeadline(campaign, days),
  ];
}

const RANK = { 'pre-notice': 0, ask: 1, reminder: 2, final: 2, phone: 3, letter: 4 } as const;

/** A notice, one ask, reminders, telephone, letters; each on a later day than the one before. */
function judgeOrder({ steps }: JudgedCampaign, days: readonly StepDay[]): FieldError[] {
  const errors: FieldError[] = [];
  if (steps.filter(({ template }) => template === 'ask').length !== 1) {
    errors.push({ pointer: '/steps', code: 'one-ask', message: '「確認のお願い」を1つだけ入れてください。' });
  }
  steps.forEach((step, at) => {
    const before = steps[at - 1];
    const pointer = `/steps/${at}`;
    if (!before) return;
    const rank = RANK[step.template];
    const twice = rank === RANK[before.template] && rank !== RANK.reminder;
    if (rank < RANK[before.template] || twice) {
      errors.push({
        pointer: `${pointer}/template`,
        code: 'out-of-order',
        message: '段階は、事前のご案内、確認のお願い、再度のお願い、電話、郵送の順に並べてください。',
      });
    } else if ((days[at]?.date ?? '') <= (days[at - 1]?.date ?? '')) {
      errors.push({
        pointer: `${pointer}/on`,
        code: 'out-of-order',
        message: '前の段階より後の開庁日にしてください。',
      });
    }
  });
  return errors;
}

/** A step that has gone is what it is; the others must have their time before them. */
function judgePast({ steps }: JudgedCampaign, days: readonly StepDay[], now: Date): FieldError[] {
  return steps.flatMap(({ gone }, at) =>
    !gone && (days[at]?.dueAt ?? now) <= now
      ? [
          {
            pointer: `/steps/${at}/on`,
            code: 'in-the-past',
            message: 'この段階の日時は、すでに過ぎています。これからの日時にしてください。',
          },
        ]
      : [],
  );
}

/** Whoever is asked must have a day left, and what is said from before the ask on must not count from after it. */
function judgeDeadline(
  { steps, countsFrom, deadline }: JudgedCampaign,
  days: readonly StepDay[],
): FieldError[] {
  const asked = days[steps.findIndex(({ template }) => template === 'ask')]?.date;
  const lastMail = days[steps.findLastIndex(({ template }) => !isList(template))]?.date;
  return [
    ...(asked !== undefined && countsFrom > asked
      ? [
          {
            pointer: '/countsFrom',
            code: 'after-the-ask',
            message: '回答とみなす最初の日は、「確認のお願い」の日かそれより前にしてください。',
          },
        ]
      : []),
    ...(lastMail !== undefined && deadline < lastMail
      ? [
          {
            pointer: '/deadline',
            code: 'before-last-mail',
            message: '期限は、最後にメールを送る日かそれより後にしてください。',
          },
        ]
      : []),
  ];
}

/** @throws DomainError `invalid` with all of them, where there are any */
export function refuse(errors: readonly FieldError[]): void {
  if (errors.length > 0) throw new DomainError('invalid', { errors });
}
