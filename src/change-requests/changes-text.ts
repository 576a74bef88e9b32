import { inset, paragraph } from '../platform/mail/mail-layout.js';
import { displayWidth } from '../platform/mail/mail-text.js';
import type { Change } from '../registry/registration-diff.js';

const KIND_WORDS = { changed: '', added: '（追加）', removed: '（登録から除外）' } as const;

/** Before the decision the old value is what is registered and the new one isn't; after it, the other way round. */
const WORDS = {
  proposed: { before: 'いまの登録', after: '届出の内容' },
  applied: { before: '変更前　　', after: '変更後　　' },
} as const;

/** What a mail says of the changes: each with what was there and what is to be. */
export function changesText(changes: readonly ChangeInWords[], stage: keyof typeof WORDS): string {
  return changes.map((change, index) => changeText(change, index, WORDS[stage])).join('\n\n');
}

/** What a mail says of what was not taken over: what it would have been, and why it isn't. */
export function refusedText(refused: readonly (ChangeInWords & { readonly reason: string })[]): string {
  return refused
    .map((change, index) =>
      [changeText(change, index, WORDS.proposed), inset(labelled('理由　　　', change.reason))].join('\n'),
    )
    .join('\n\n');
}

type ChangeInWords = Pick<Change, 'kind' | 'label' | 'beforeText' | 'afterText'>;

function changeText(change: ChangeInWords, index: number, words: (typeof WORDS)[keyof typeof WORDS]): string {
  const parts = [paragraph(`${index + 1}　${change.label}${KIND_WORDS[change.kind]}`)];
  if (change.kind !== 'added') parts.push(inset(labelled(words.before, change.beforeText)));
  if (change.kind !== 'removed') parts.push(inset(labelled(words.after, change.afterText)));
  return parts.join('\n');
}

/** Beside its label where it is short; addresses to copy and longer things stand below it. */
function labelled(label: string, text: string | null): string {
  const value = text ?? '（なし）';
  if (!value.includes('\n') && !value.includes('@') && displayWidth(value) <= LONGEST_BESIDE) {
    return `${label}　${value}`;
  }
  const below = value.split('\n').map((line) => `　${line}`);
  return [label.trimEnd(), ...below].join('\n');
}

/** Columns. */
const LONGEST_BESIDE = 60;
