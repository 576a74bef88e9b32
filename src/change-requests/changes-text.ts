import { inset } from '../platform/mail/mail-layout.js';
import { displayWidth } from '../platform/mail/mail-text.js';
import type { Change } from '../registry/registration-diff.js';

const KIND_WORDS = { changed: '', added: '（加えます）', removed: '（外します）' } as const;

/** What a mail says of the changes: each with what is registered now and what it is to be. */
export function changesText(changes: readonly Change[]): string {
  return changes
    .map((change, index) => {
      const parts = [`${index + 1}　${change.label}${KIND_WORDS[change.kind]}`];
      if (change.kind !== 'added') parts.push(inset(labelled('いまの登録', change.beforeText)));
      if (change.kind !== 'removed') parts.push(inset(labelled('変更後　　', change.afterText)));
      return parts.join('\n');
    })
    .join('\n\n');
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
