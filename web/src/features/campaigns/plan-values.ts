import type {
  CampaignAudienceDto,
  CampaignPlanDto,
  CampaignResponse,
  CampaignStepDto,
  ProposedCampaignResponse,
} from '../../api/schema';
import { isList, type Recipients, type Template } from './words';

/** A rung of the ladder as it stands in the form. */
export interface StepValues {
  /** Its own for as long as the form is open: fields keep their names while steps move. */
  readonly key: string;
  /** null: not kept yet. */
  readonly id: string | null;
  readonly template: Template;
  /** Kept also where the step is a list for the moment, and has none. */
  readonly recipients: Recipients;
  readonly by: 'on' | 'after';
  readonly on: string;
  readonly afterDays: string;
  readonly hour: string;
  /** Empty: in the portal's words. */
  readonly opening: string;
  /** It has gone, or was overtaken: it is what it is. */
  readonly gone: boolean;
}

export interface Values {
  readonly title: string;
  readonly audience: CampaignAudienceDto;
  readonly countsFrom: string;
  readonly deadline: string;
  readonly steps: readonly StepValues[];
}

const USUAL_HOUR = 9;

function stepOf(step: CampaignStepDto, key: string, gone: boolean): StepValues {
  return {
    key,
    id: step.id ?? null,
    template: step.template,
    recipients: step.recipients ?? 'primary',
    by: step.on === null || step.on === undefined ? 'after' : 'on',
    on: step.on ?? '',
    afterDays: step.afterDays?.toString() ?? '',
    hour: String(step.hour ?? USUAL_HOUR),
    opening: step.opening ?? '',
    gone,
  };
}

export const valuesOf = ({ title, audience, countsFrom, deadline, steps }: CampaignResponse): Values => ({
  title,
  audience: audienceOf(audience),
  countsFrom,
  deadline,
  steps: steps.map((step, at) => stepOf(step, step.id ?? `kept${at}`, step.status !== 'planned')),
});

export const valuesOfProposal = ({
  title,
  audience,
  countsFrom,
  deadline,
  steps,
}: ProposedCampaignResponse): Values => ({
  title,
  audience: audienceOf(audience),
  countsFrom,
  deadline,
  steps: steps.map((step, at) => stepOf(step, `new${at + 1}`, false)),
});

/** Its parts in one order, so that two may be compared; what is for all has no lists. */
export const audienceOf = (audience: CampaignAudienceDto): CampaignAudienceDto => {
  const { kind, prefectures, associations, types, freshness, municipalities } = audience;
  if (kind === 'all') return { kind, ...NO_LISTS };
  return { kind, prefectures, associations, types, freshness, municipalities };
};

const NO_LISTS = { prefectures: [], associations: [], types: [], freshness: [], municipalities: [] };

/** @returns what is kept, as the API takes it */
export const toPlan = ({ title, audience, countsFrom, deadline, steps }: Values): CampaignPlanDto => ({
  title,
  audience: audienceOf(audience),
  countsFrom,
  deadline,
  steps: steps.map(({ id, template, recipients, by, on, afterDays, hour, opening }) => ({
    ...(id !== null && { id }),
    template,
    recipients: isList(template) ? null : recipients,
    on: by === 'on' ? on : null,
    afterDays: by === 'after' ? Number(afterDays.normalize('NFKC')) : null,
    hour: Number(hour),
    opening: isList(template) || opening.trim() === '' ? null : opening,
  })),
});

/** What usually comes next: a step after the last one, some working days later. */
export function nextStep(steps: readonly StepValues[], key: string): StepValues {
  const last = steps.at(-1);
  const templates: Readonly<Record<Template, Template>> = {
    'pre-notice': 'ask',
    ask: 'reminder',
    reminder: 'reminder',
    final: 'phone',
    phone: 'letter',
    letter: 'letter',
  };
  return {
    key,
    id: null,
    template: last ? templates[last.template] : 'ask',
    recipients: last?.recipients ?? 'primary',
    by: last ? 'after' : 'on',
    on: '',
    afterDays: last ? '5' : '',
    hour: last?.hour ?? String(USUAL_HOUR),
    opening: '',
    gone: false,
  };
}

/** @returns the steps with the one at this place moved up (-1) or down (1) */
export function moved(steps: readonly StepValues[], at: number, by: -1 | 1): readonly StepValues[] {
  const next = [...steps];
  const [step] = next.splice(at, 1);
  if (step) next.splice(at + by, 0, step);
  return next;
}

/** The id of a step's field on the page. */
export const fieldId = (key: string, field: string): string => `step-${key}-${field}`;

/** Pointers of the API and the fields of the page, for the steps in this order. */
export function fieldsFor(steps: readonly StepValues[]): Readonly<Record<string, string>> {
  const ofSteps = steps.flatMap(({ key, by }, at) => {
    const day = fieldId(key, by === 'on' ? 'on' : 'afterDays');
    return Object.entries({
      '': fieldId(key, 'template'),
      '/id': fieldId(key, 'template'),
      '/template': fieldId(key, 'template'),
      '/recipients': fieldId(key, 'recipients'),
      '/on': day,
      '/afterDays': day,
      '/hour': fieldId(key, 'hour'),
      '/opening': fieldId(key, 'opening'),
    }).map(([part, field]) => [`/steps/${at}${part}`, field]);
  });
  const lists = ['kind', 'prefectures', 'associations', 'types', 'freshness', 'municipalities'];
  return {
    '/title': 'title',
    '/audience': 'audience',
    ...Object.fromEntries(lists.map((list) => [`/audience/${list}`, 'audience'])),
    '/countsFrom': 'countsFrom',
    '/deadline': 'deadline',
    '/steps': 'ladder',
    ...Object.fromEntries(ofSteps),
  };
}

/** Characters. */
export const MOST = { title: 60, opening: 600 } as const;
const MOST_DAYS = 120;

type Check = readonly [fails: boolean, field: string, message: string];

/** What has to be there to keep it at all; what doesn't fit together is said before it starts. */
export const checksOf = ({ title, countsFrom, deadline, steps }: Values): Check[] => [
  [title.trim() === '', 'title', '名前を入力してください。'],
  [countsFrom === '', 'countsFrom', '回答とみなす最初の日を入力してください。'],
  [deadline === '', 'deadline', '期限を入力してください。'],
  [steps.length === 0, 'ladder', '段階を1つ以上加えてください。'],
  ...steps.flatMap(({ key, by, on, afterDays, opening }, at): Check[] => [
    [
      by === 'after' && at === 0,
      fieldId(key, 'afterDays'),
      '最初の段階は、「日付で決める」を選んで、日付を入れてください。',
    ],
    [by === 'on' && on === '', fieldId(key, 'on'), `${at + 1}段階目の日付を入力してください。`],
    [
      by === 'after' && at > 0 && !isDays(afterDays),
      fieldId(key, 'afterDays'),
      `${at + 1}段階目の日数を、1から${MOST_DAYS}までの数字で入力してください。`,
    ],
    [
      [...opening].length > MOST.opening,
      fieldId(key, 'opening'),
      `${at + 1}段階目の書き出しは、${MOST.opening}文字以内にしてください。`,
    ],
  ]),
];

function isDays(text: string): boolean {
  const folded = text.normalize('NFKC').trim();
  return /^\d{1,3}$/.test(folded) && Number(folded) >= 1 && Number(folded) <= MOST_DAYS;
}
