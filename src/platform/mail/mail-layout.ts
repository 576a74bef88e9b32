import type { Desk } from '../../config/env.js';
import { OFFICE } from '../access/viewer.js';
import { displayWidth, wrapJa } from './mail-text.js';

/** Full-width characters to a line: what a town hall's gateway leaves unbroken. */
const WIDTH = 38;
const INDENT = '　';

/** Prose: each sentence begins a line, and a long one is broken after a comma where there is a good one. */
export const paragraph = (text: string): string =>
  text
    .replace(/。(?=[^\n」）])/gu, '。\n')
    .split('\n')
    .map((sentence) => wrapJa(breakAtComma(sentence), { width: WIDTH }))
    .join('\n');

/** A line shorter than this before its comma looks torn. Columns. */
const SHORTEST_LINE = 20;

/** Puts a line end after the last comma that leaves a full line before it and less than a line behind it. */
function breakAtComma(sentence: string): string {
  const width = displayWidth(sentence);
  if (width <= 2 * WIDTH || width > 4 * WIDTH) return sentence;
  for (let at = sentence.lastIndexOf('、'); at > 0; at = sentence.lastIndexOf('、', at - 1)) {
    const before = displayWidth(sentence.slice(0, at + 1));
    if (before < SHORTEST_LINE) break;
    if (before <= 2 * WIDTH && width - before <= 2 * WIDTH) {
      return `${sentence.slice(0, at + 1)}\n${sentence.slice(at + 1)}`;
    }
  }
  return sentence;
}

/** Something to copy or to read by itself, set in by one character. An address stays on one line. */
export const inset = (...lines: readonly string[]): string =>
  lines.map((line) => wrapJa(line, { width: WIDTH, indent: INDENT })).join('\n');

/** A long one, such as a title that somebody typed, goes on below. */
export const heading = (text: string): string => wrapJa(`■ ${text}`, { width: WIDTH });

/** Who it is for, at the top. */
export const addressee = (...lines: readonly string[]): string => lines.map(paragraph).join('\n');

/** A person with 様; the office, which writes the mail, without. */
export const honoured = (name: string): string => (name === OFFICE ? name : `${name} 様`);

/** A heading with what belongs to it. */
export const section = (title: string, ...blocks: readonly string[]): string =>
  [heading(title), ...blocks].join('\n\n');

/** Who to call, at the end of every mail. */
export const deskBlock = (desk: Desk): string =>
  section(
    'お問い合わせ',
    inset(...desk.name.split('　'), `電話　${desk.phone}`),
    paragraph('このメールは、自動でお送りしています。'),
  );

/** Blocks with an empty line between them; empty ones are left out. */
export const layOut = (...blocks: readonly (string | null)[]): string =>
  `${blocks.filter((block) => block !== null && block !== '').join('\n\n')}\n`;
