import type { Desk } from '../../config/env.js';
import { wrapJa } from './mail-text.js';

/** Full-width characters to a line: what a town hall's gateway leaves unbroken. */
const WIDTH = 38;
const INDENT = '　';

/** Prose, to be broken into lines. */
export const paragraph = (text: string): string => wrapJa(text, { width: WIDTH });

/** Something to copy or to read by itself, set in by one character. An address stays on one line. */
export const inset = (...lines: readonly string[]): string =>
  lines.map((line) => wrapJa(line, { width: WIDTH, indent: INDENT })).join('\n');

export const heading = (text: string): string => `■ ${text}`;

/** A heading with what belongs to it. */
export const section = (title: string, ...blocks: readonly string[]): string =>
  [heading(title), ...blocks].join('\n\n');

/** Who to call, at the end of every mail. */
export const deskBlock = (desk: Desk): string =>
  section('お問い合わせ', inset(desk.phone, ...desk.name.split('　')), paragraph('このメールは、自動でお送りしています。'));

/** Blocks with an empty line between them; empty ones are left out. */
export const layOut = (...blocks: readonly (string | null)[]): string =>
  `${blocks.filter((block) => block !== null && block !== '').join('\n\n')}\n`;
