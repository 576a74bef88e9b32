import { findFlaw, flawMessage } from '../../../../src/announcements/markdown';

/** As many as anybody mends in one go. */
const MOST = 20;
const SAFE = 'https://a.example/';

/**
 * What the portal doesn't take of a text, each with its line, before anything is sent: whoever mends one at a time
 * would have to try once for each.
 *
 * @returns sentences for a person, in the order of the text
 */
export function flawsIn(body: string): string[] {
  const found: { line: number; message: string }[] = [];
  let text = body;
  for (let flaw = findFlaw(text); flaw !== null && found.length < MOST; flaw = findFlaw(text)) {
    // Beyond a limit nothing of it is read.
    if (flaw.kind === 'limit') return [flawMessage(flaw)];
    const { kind, target } = flaw;
    const at = text.toLowerCase().indexOf(target.toLowerCase());
    const line = at === -1 ? null : text.slice(0, at).split('\n').length;
    found.push({
      line: line ?? 0,
      message: `${line === null ? '' : `${line}行目：`}${flawMessage(flaw)}`,
    });
    if (at === -1) break;
    const mended = mend(text, { kind, at, length: target.length });
    if (mended === text) break;
    text = mended;
  }
  return found.toSorted((a, b) => a.line - b.line).map(({ message }) => message);
}

/** As if it were mended, to find the next one; lines stay where they are. */
function mend(text: string, flaw: { kind: 'link' | 'image'; at: number; length: number }): string {
  const before = text.slice(0, flaw.at);
  const after = text.slice(flaw.at + flaw.length);
  const mark = flaw.kind === 'image' ? before.lastIndexOf('![') : -1;
  if (flaw.kind === 'image' && mark === -1) return text;
  return (mark === -1 ? before : `${before.slice(0, mark)} ${before.slice(mark + 1)}`) + SAFE + after;
}
