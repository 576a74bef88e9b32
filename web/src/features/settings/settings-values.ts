import type { ChangeSettingsDto, SettingsResponse } from '../../api/schema';
import { monthsText } from '../../ui/months';
import { formatDateJa } from '../../ui/text';
import { orNull } from '../../ui/or-null';

export interface ClosedDayValues {
  /** `YYYY-MM-DD`, or empty as long as none is chosen. */
  readonly date: string;
  readonly note: string;
}

/** What the form holds while somebody types. */
export interface Values {
  readonly returnReasons: readonly string[];
  readonly refusalReasons: readonly string[];
  readonly days: string;
  readonly months: string;
  readonly closedDays: readonly ClosedDayValues[];
}

export const valuesOf = (settings: SettingsResponse): Values => ({
  returnReasons: settings.returnReasons,
  refusalReasons: settings.refusalReasons,
  days: String(settings.reviewBusinessDays),
  months: String(settings.freshMonths),
  closedDays: settings.closedDays.map(({ date, note }) => ({ date, note: note ?? '' })),
});

/** What is sent of it: without what was left empty altogether. */
export const toSend = (values: Values): ChangeSettingsDto => ({
  returnReasons: values.returnReasons.filter(isFilled),
  refusalReasons: values.refusalReasons.filter(isFilled),
  reviewBusinessDays: numberOf(values.days),
  freshMonths: numberOf(values.months),
  closedDays: values.closedDays.filter(isDayFilled).map(({ date, note }) => ({ date, note: orNull(note) })),
});

type Check = readonly [fails: boolean, field: string, message: string];

/** What the page finds before sending, in the order of the form. */
export function checksOf({ days, months, closedDays }: Values): Check[] {
  return [
    [!isWithin(days, 20), 'days', '目安の日数を、1から20までの数字で入力してください。'],
    [!isWithin(months, 36), 'months', '確認が新しいとみなす期間を、1から36までの数字で入力してください。'],
    ...closedDays.flatMap(({ date, note }, index): Check[] => [
      [
        date === '' && isFilled(note),
        `closedDays-${index}-date`,
        `休業日${index + 1}の日付を入力してください。要らないときは、この休業日を消してください。`,
      ],
      [
        date !== '' && closedDays.findIndex((day) => day.date === date) !== index,
        `closedDays-${index}-date`,
        `休業日${index + 1}は、上にある日と同じです。どちらかを消してください。`,
      ],
    ]),
  ];
}

/** Ids of the fields by the API's pointers. Empty ones aren't sent, so the API counts without them. */
export const fieldsOf = ({ returnReasons, refusalReasons, closedDays }: Values): Record<string, string> => ({
  '/reviewBusinessDays': 'days',
  '/freshMonths': 'months',
  '/closedDays': 'closedDays-title',
  ...placesOf(returnReasons, isFilled, (sent, index) => [
    [`/returnReasons/${sent}`, `returnReasons-${index}`],
  ]),
  ...placesOf(refusalReasons, isFilled, (sent, index) => [
    [`/refusalReasons/${sent}`, `refusalReasons-${index}`],
  ]),
  ...placesOf(closedDays, isDayFilled, (sent, index) => [
    [`/closedDays/${sent}/date`, `closedDays-${index}-date`],
    [`/closedDays/${sent}/note`, `closedDays-${index}-note`],
  ]),
});

/** What stands there now where it isn't what was typed, by the fields' names. */
export function differences(typed: Values, newer: Values): (readonly [string, string])[] {
  const parts = [
    ['差し戻す理由の文例', typed.returnReasons, newer.returnReasons],
    ['採用しない理由の文例', typed.refusalReasons, newer.refusalReasons],
    ['内容確認の目安', [typed.days], [newer.days]],
    ['確認が新しいとみなす期間', [typed.months], [newer.months]],
    ['事務局の休業日', typed.closedDays.map(closedDayText), newer.closedDays.map(closedDayText)],
  ] as const;
  return parts
    .filter(([, ours, theirs]) => ours.join('\n') !== theirs.join('\n'))
    .map(([name, , theirs]) => [name, theirs.join('\n') || 'なし']);
}

/** `2027年5月6日（木）　事務所の移転` */
export const closedDayText = ({ date, note }: { date: string; note: string | null }): string =>
  [date === '' ? '' : formatDateJa(date), note].filter(Boolean).join('　');

/** What a number of months means, as lists say it; nothing while it isn't one. */
export const freshText = (months: string): string =>
  isWithin(months, 36) ? `${monthsText(numberOf(months))}以内` : '';

const isFilled = (text: string): boolean => text.trim() !== '';
const isDayFilled = ({ date, note }: ClosedDayValues): boolean => date !== '' || isFilled(note);
const numberOf = (typed: string): number => Number(typed.normalize('NFKC'));
const isWithin = (typed: string, most: number): boolean =>
  /^\d{1,2}$/.test(typed.normalize('NFKC').trim()) && numberOf(typed) >= 1 && numberOf(typed) <= most;

function placesOf<T>(
  items: readonly T[],
  isSent: (item: T) => boolean,
  entries: (sent: number, index: number) => [string, string][],
): Record<string, string> {
  const places = items.map((item, index) => ({ item, index })).filter(({ item }) => isSent(item));
  return Object.fromEntries(places.flatMap(({ index }, sent) => entries(sent, index)));
}
