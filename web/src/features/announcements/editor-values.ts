import { lastWholeDayBefore } from '../../../../src/platform/text/japanese-date';
import type { AnnouncementResponse, AudienceDto } from '../../api/schema';
import { same } from '../../ui/use-edited';

/** What stands in the form. */
export interface TextValues {
  readonly title: string;
  readonly summary: string;
  readonly body: string;
  readonly categoryId: string;
  readonly audience: AudienceDto;
}

export interface Values extends TextValues {
  readonly pinned: boolean;
  /** `YYYY-MM-DD`, the last day on which it is out; empty: it stays out. */
  readonly lastDay: string;
}

export const NOBODY: AudienceDto = {
  kind: 'chosen',
  prefectures: [],
  associations: [],
  types: [],
  municipalities: [],
};

export const EMPTY: Values = {
  title: '',
  summary: '',
  body: '',
  categoryId: '',
  audience: NOBODY,
  pinned: false,
  lastDay: '',
};

export const textsOf = ({ title, summary, body, category, audience }: AnnouncementResponse): TextValues => ({
  title,
  summary,
  body,
  categoryId: category.id,
  audience: audienceOf(audience ?? NOBODY),
});

export const valuesOf = (announcement: AnnouncementResponse): Values => ({
  ...textsOf(announcement),
  pinned: announcement.pinned,
  lastDay: announcement.expiresAt === null ? '' : lastWholeDayBefore(new Date(announcement.expiresAt)),
});

/** Its parts in one order, so that two may be compared; what is for all has no lists. */
export const audienceOf = (audience: AudienceDto): AudienceDto => ({
  kind: audience.kind,
  prefectures: listOf(audience, 'prefectures'),
  associations: listOf(audience, 'associations'),
  types: audience.kind === 'all' ? [] : audience.types,
  municipalities: listOf(audience, 'municipalities'),
});

const listOf = (audience: AudienceDto, list: 'prefectures' | 'associations' | 'municipalities'): string[] =>
  audience.kind === 'all' ? [] : audience[list];

export const isNobody = (audience: AudienceDto): boolean => same(audienceOf(audience), NOBODY);

/** It ends with that day in Tokyo. */
export function endOf(lastDay: string): string | null {
  if (lastDay === '') return null;
  const day = new Date(`${lastDay}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + 1);
  return `${day.toISOString().slice(0, 10)}T00:00:00+09:00`;
}

/** @returns what differs, as the API takes it: what isn't sent stays as it is */
export function changesOf(values: Values, base: Values) {
  const { title, summary, body, categoryId, pinned, lastDay } = values;
  const audience = audienceOf(values.audience);
  return {
    ...(title !== base.title && { title }),
    ...(summary !== base.summary && { summary }),
    ...(body !== base.body && { body }),
    ...(categoryId !== base.categoryId && { categoryId }),
    ...(!same(audience, audienceOf(base.audience)) && { audience }),
    ...(pinned !== base.pinned && { pinned }),
    // One that ends within a day is told by that day; untouched, it isn't rounded.
    ...(lastDay !== base.lastDay && { expiresAt: endOf(lastDay) }),
  };
}

/** Pointers of the API and the fields of the page. */
export const FIELDS: Readonly<Record<string, string>> = {
  '/title': 'title',
  '/summary': 'summary',
  '/body': 'body',
  '/categoryId': 'categoryId',
  '/audience': 'audience',
  '/audience/kind': 'audience',
  '/audience/prefectures': 'audience',
  '/audience/associations': 'audience',
  '/audience/types': 'audience',
  '/audience/municipalities': 'audience',
  '/expiresAt': 'lastDay',
  '/note': 'note',
};

/** Characters. */
export const MOST = { title: 100, summary: 400, body: 20_000, note: 400 } as const;

const LIMITS = [
  ['title', '表題'],
  ['summary', '要約'],
  ['body', '本文'],
] as const;

export const lengthOf = (text: string): number => [...text].length;

export const tooLong = (name: string, text: string, most: number): string =>
  `${name}は${most}文字以内にしてください（いまは${lengthOf(text)}文字です）。`;

export type Check = readonly [fails: boolean, field: string, message: string];

/** What has to be there to keep it at all; the rest may come later. */
export const checksOf = (values: TextValues): Check[] => [
  [values.title.trim() === '', 'title', '表題を入力してください。'],
  ...LIMITS.map(([field, name]): Check => {
    const [text, most] = [values[field], MOST[field]];
    return [lengthOf(text) > most, field, tooLong(name, text, most)];
  }),
  [values.categoryId === '', 'categoryId', '分類を選んでください。'],
];

/** What a correction has to say in full. */
export const completeChecksOf = (values: TextValues): Check[] => [
  ...checksOf(values),
  [values.summary.trim() === '', 'summary', '要約を入力してください。'],
  [values.body.trim() === '', 'body', '本文を入力してください。'],
  [isNobody(values.audience), 'audience', '対象の自治体を選んでください。'],
];
