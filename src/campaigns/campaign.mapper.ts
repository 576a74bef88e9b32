import { tokyoDate } from '../platform/text/japanese-date.js';
import {
  type CampaignProgressResponse,
  type CampaignResponse,
  type StandardOpeningResponse,
  type StepResponse,
  toAudienceDto,
} from './campaign.dto.js';
import type { CampaignRow, StepRow } from './campaigns.repository.js';
import { openingOf } from './emails/ask.js';
import { PRE_NOTICE_OPENING } from './emails/pre-notice.js';
import {
  hasGone,
  isList,
  onTheirDays,
  STEP_TEMPLATES,
  type StepDay,
  type StepTemplate,
  TEMPLATE_LABELS,
} from './ladder.js';

/** What each step has done. */
interface Counts {
  readonly mailed: readonly {
    readonly stepId: string;
    readonly municipalities: number;
    readonly mails: number;
  }[];
  readonly listed: { readonly phone: number; readonly letter: number };
}

export function toCampaignResponse(
  { steps, audience, ...campaign }: CampaignRow,
  days: readonly StepDay[],
  counts: Counts,
  progress: CampaignProgressResponse | null,
): CampaignResponse {
  return {
    ...campaign,
    audience: toAudienceDto(audience),
    steps: onTheirDays(steps, days).map((step) => toStep(step, counts)),
    progress,
  };
}

function toStep(step: StepRow, counts: Counts): StepResponse {
  const { doneAt, overtakenAt, ...rest } = step;
  const count = counts.mailed.find(({ stepId }) => stepId === step.id);
  const listed = hasGone(step) && isList(step.template) ? counts.listed[step.template] : 0;
  return {
    ...rest,
    label: TEMPLATE_LABELS[step.template],
    date: tokyoDate(step.dueAt),
    doneAt,
    status: doneAt !== null ? 'done' : overtakenAt !== null ? 'overtaken' : 'planned',
    standardOpening: standardOpening(step.template),
    municipalities: count?.municipalities ?? listed,
    mails: count?.mails ?? 0,
  };
}

/** Of each kind of mail, in the order of a ladder. */
export const standardOpenings = (): StandardOpeningResponse[] =>
  STEP_TEMPLATES.flatMap((template) => {
    const text = standardOpening(template);
    return text === null ? [] : [{ template, text }];
  });

function standardOpening(template: StepTemplate): string | null {
  if (isList(template)) return null;
  return template === 'pre-notice' ? PRE_NOTICE_OPENING : openingOf({ template, askedOn: null });
}
