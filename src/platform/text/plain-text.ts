/**
 * The one judgement of text that people type: names, titles, addresses, remarks. Such text ends up in mails,
 * on printed pages and in spreadsheets, where an invisible character can break a line, end a header or turn
 * what is read around.
 */

export type TextFault = 'too-long' | 'control-character' | 'not-well-formed';

export interface TextRule {
  /** The greatest length, in code points (𠮷 counts 1, か with a combining dakuten 2). */
  max: number;
  /** Whether line feeds may occur. Everything else that controls layout may not, tabs included. */
  multiline: boolean;
}

/** UTF-16 halves without their partner; PostgreSQL and UTF-8 can't hold them. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * C0, DEL and C1 controls (NUL among them: PostgreSQL refuses it), the line and paragraph separators, and the
 * bidirectional embeddings, overrides and isolates, which show a text in another order than it is stored in.
 */
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;

/**
 * Judges `value` as it stands; callers trim it, and make line breaks one kind, before they ask.
 *
 * @returns the first fault, or null when the text may be stored
 */
export function checkText(value: string, { max, multiline }: TextRule): TextFault | null {
  // Length first: it bounds the work on hostile input.
  if (isLongerThan(value, max)) return 'too-long';
  if (LONE_SURROGATE.test(value)) return 'not-well-formed';
  if (CONTROL.test(multiline ? value.replaceAll('\n', '') : value)) return 'control-character';
  return null;
}

/** CRLF (what a browser's text area sends) and lone CR become LF. */
export function normalizeLineBreaks(value: string): string {
  return value.replace(/\r\n?/g, '\n');
}

function isLongerThan(value: string, max: number): boolean {
  // A code point takes one or two UTF-16 units, so most texts need no counting.
  if (value.length <= max) return false;
  if (value.length > max * 2) return true;
  return Array.from(value).length > max;
}
