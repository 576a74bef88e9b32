import { inset } from '../platform/mail/mail-layout.js';
import type { Change } from '../registry/registration-diff.js';

const KIND_WORDS = { changed: '', added: '（加えます）', removed: '（外します）' } as const;

/** What a mail says of the changes: each with what is registered now and what it is to be. */
export function changesText(changes: readonly Change[]): string {
  return changes
    .map((change, index) => {
      const parts = [`${index + 1}　${change.label}${KIND_WORDS[change.kind]}`];
      if (change.kind !== 'added') parts.push(inset('いまの登録'), inset(indent(change.beforeText)));
      if (change.kind !== 'removed') parts.push(inset('変更後'), inset(indent(change.afterText)));
      return parts.join('\n');
    })
    .join('\n\n');
}

const indent = (text: string | null): string =>
  (text ?? '（なし）')
    .split('\n')
    .map((line) => `　${line}`)
    .join('\n');
