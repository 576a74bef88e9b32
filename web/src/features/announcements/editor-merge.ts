import { same } from '../../ui/use-edited';
import { audienceOf, type TextValues, type Values } from './editor-values';

/** What two people can have changed at once, in the order of the form, as the page calls it. */
export const FIELD_NAMES = {
  title: '表題',
  categoryId: '分類',
  summary: '要約',
  body: '本文',
  audience: '対象の自治体',
  pinned: '先頭に固定',
  lastDay: '掲載の終わり',
} as const satisfies Record<keyof Values, string>;

export type FieldName = keyof typeof FIELD_NAMES;

/** What becomes of a form where somebody else has saved while one typed. */
export interface Merge<V> {
  /** What only they changed is theirs; all the rest is as it was typed here. */
  readonly values: V;
  /** What only they changed. */
  readonly taken: readonly FieldName[];
  /** What both changed, each to something else: somebody has to decide. */
  readonly asked: readonly FieldName[];
}

/**
 * Three-way, field by field: nobody's change is undone by somebody who never saw it.
 *
 * @param base what was there when one began to type
 * @param theirs what is there now
 * @param mine what is typed
 */
export function mergeOf<V extends TextValues>(base: V, theirs: V, mine: V): Merge<V> {
  const [was, now, typed] = [base, theirs, mine].map((values) => comparable(values)) as [V, V, V];
  const names = (Object.keys(FIELD_NAMES) as FieldName[]).filter((name) => name in base) as (FieldName &
    keyof V)[];
  const moved = names.filter((name) => !same(was[name], now[name]) && !same(now[name], typed[name]));
  const taken = moved.filter((name) => same(was[name], typed[name]));
  return {
    values: { ...mine, ...pick(theirs, taken) },
    taken,
    asked: moved.filter((name) => !taken.includes(name)),
  };
}

/** @returns the values with some of theirs */
export const withTheirs = <V extends TextValues>(values: V, theirs: V, fields: readonly FieldName[]): V => ({
  ...values,
  ...pick(theirs, fields as readonly (FieldName & keyof V)[]),
});

const pick = <V extends TextValues>(values: V, names: readonly (FieldName & keyof V)[]): Partial<V> =>
  Object.fromEntries(names.map((name) => [name, values[name]])) as Partial<V>;

const comparable = <V extends TextValues>(values: V): V => ({
  ...values,
  audience: audienceOf(values.audience),
});
