import type { ProposedChangeResponse } from '../../api/schema';
import { inputId, REMOVED_ID } from './form-values';

/** One thing that changes, as the API tells it. */
export type Change = Pick<
  ProposedChangeResponse,
  'pointer' | 'kind' | 'label' | 'after' | 'beforeText' | 'afterText'
>;

/**
 * @returns the id of what is to be mended on the form: an input, the list of what was taken off, or nothing that is
 *   there by that name (somebody new has another id each time)
 */
export function placeOnForm({
  pointer,
  kind,
  after,
}: Pick<Change, 'pointer' | 'kind'> & { after?: unknown }): string {
  if (kind === 'removed') return REMOVED_ID;
  if (pointer === '/primaryDepartmentId') return inputId(`/departments/${String(after)}/legend`);
  return inputId(pointer);
}

/** Changes that belong together for a reader: what changes of one person, or a single change. */
export interface ChangeGroup {
  readonly key: string;
  /** The first of them, which is where one mends it. */
  readonly first: Change;
  readonly label: string;
  readonly sentence: string;
  readonly changes: readonly Change[];
}

const personOf = ({ pointer, kind }: Change): string | null =>
  kind === 'changed' ? (/^\/contacts\/[^/]+(?=\/)/.exec(pointer)?.[0] ?? null) : null;

export function groupChanges(changes: readonly Change[]): ChangeGroup[] {
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    const key = personOf(change) ?? change.pointer;
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return [...groups].map(([key, members]) => describe(key, members));
}

function describe(key: string, changes: readonly Change[]): ChangeGroup {
  const [first] = changes as readonly [Change];
  if (changes.length === 1) {
    return { key, first, label: first.label, sentence: sentenceFor(first), changes };
  }
  const [person = first.label] = first.label.split('　');
  const fields = changes.map(({ label }) => label.split('　').at(-1));
  const name = changes.find((change) => change.pointer.endsWith('/name'));
  const role = /^担当者（.）/.exec(person)?.[0] ?? '担当者';
  const sentence =
    name && name.afterText
      ? `${role}が${name.afterText}さんに変わります。`
      : `${person}さんの${fields.join('、')}が変わります。`;
  return { key, first, label: role, sentence, changes };
}

/** Longer values stand below and not in the sentence. Characters, both values together. */
const LONGEST_QUOTED = 30;

function sentenceFor({ kind, label, beforeText, afterText }: Change): string {
  const what = label.replace(/　(?=[^　]*$)/, 'の');
  if (kind === 'added') return `${what}を登録に加えます。`;
  if (kind === 'removed') return `${what}を登録から外します。`;
  if (afterText === null) return `${what}を空にします。`;
  if (afterText.includes('@')) return `${what}が ${afterText} に変わります。`;
  if (((beforeText ?? '') + afterText).length > LONGEST_QUOTED || afterText.includes('\n'))
    return `${what}が変わります。`;
  return beforeText === null
    ? `${what}に「${afterText}」が加わります。`
    : `${what}が「${beforeText}」から「${afterText}」に変わります。`;
}

/** @returns the mailboxes that come with these changes */
export function newMailboxesIn(
  changes: readonly (Pick<Change, 'pointer' | 'kind'> & { readonly after?: unknown })[],
): string[] {
  const found = changes.flatMap(({ pointer, kind, after }) => {
    if (kind === 'removed' || !after) return [];
    if (typeof after === 'string') return pointer.endsWith('/email') ? [after] : [];
    const { email } = after as { email?: string | null };
    return email ? [email] : [];
  });
  return [...new Set(found)];
}
