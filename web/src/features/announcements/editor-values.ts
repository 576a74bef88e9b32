import { formatDateJa, lastWholeDayBefore } from '../../../../src/platform/text/japanese-date';
import type { AnnouncementResponse, AnnouncementSettingsResponse, AudienceDto } from '../../api/schema';
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

const LIMITS = [
  ['title', '表題', 100],
  ['summary', '要約', 400],
  ['body', '本文', 20_000],
] as const;

type Check = readonly [fails: boolean, field: string, message: string];

/** What has to be there to keep it at all; the rest may come later. */
export const checksOf = (values: TextValues): Check[] => [
  [values.title.trim() === '', 'title', '表題を入力してください。'],
  ...LIMITS.map(([field, name, most]): Check => {
    const length = [...values[field]].length;
    return [length > most, field, `${name}は${most}文字以内にしてください（いまは${length}文字です）。`];
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

/** What a colleague has saved meanwhile, where it isn't what is typed here. */
export function differences(
  typed: Values,
  newer: Values,
  categories: AnnouncementSettingsResponse['categories'],
): (readonly [name: string, now: string])[] {
  const category = (id: string): string => categories.find((one) => one.id === id)?.name ?? 'ほかの分類';
  const audience = (values: Values): string => JSON.stringify(audienceOf(values.audience));
  const pin = ({ pinned }: Values): string => (pinned ? 'する' : 'しない');
  const fields = [
    ['表題', typed.title !== newer.title, newer.title],
    ['分類', typed.categoryId !== newer.categoryId, category(newer.categoryId)],
    ['要約', typed.summary !== newer.summary, newer.summary],
    ['本文', typed.body !== newer.body, newer.body],
    ['対象', audience(typed) !== audience(newer), audienceInShort(newer.audience)],
    ['先頭に固定', typed.pinned !== newer.pinned, pin(newer)],
    ['掲載の終わり', typed.lastDay !== newer.lastDay, newer.lastDay && formatDateJa(newer.lastDay)],
  ] as const;
  return fields.filter(([, differs]) => differs).map(([name, , now]) => [name, now || 'なし']);
}

/** Without names, which would have to be asked for. */
function audienceInShort(audience: AudienceDto): string {
  if (audience.kind === 'all') return 'すべての登録自治体';
  const parts = [
    ['都道府県', audience.prefectures],
    ['市長会・町村会', audience.associations],
    ['種別', audience.types],
    ['手で選んだ自治体', audience.municipalities],
  ] as const;
  const chosen = parts.filter(([, list]) => list.length > 0);
  return chosen.map(([name, list]) => `${name} ${list.length}`).join('、') || '選ばれていません';
}
