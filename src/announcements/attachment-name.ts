import { invalidField } from '../platform/http/domain-error.js';
import { checkText } from '../platform/text/plain-text.js';

/** Code points; with the longest folder that people have, a path stays below what Windows takes. */
const MAX_NAME = 150;
/** Far beyond any path; bounds the work. Code points. */
const MAX_GIVEN = 4_000;
const POINTER = '/name';

const FAULTS = {
  'too-long': 'ファイル名が長すぎます。短くして、もう一度お選びください。',
  'control-character': 'ファイル名に使えない文字が含まれています。名前を変えて、もう一度お選びください。',
  'not-well-formed': 'ファイル名に読み取れない文字が含まれています。名前を変えて、もう一度お選びください。',
} as const;

/** Seen by nobody, they make two names look alike. Joiners stay: an emoji of several parts needs them. */
const INVISIBLE = /[\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff]/g;

/** What Windows takes in no name, as people would write it instead. */
const WIDE: Readonly<Record<string, string>> = {
  '<': '＜',
  '>': '＞',
  ':': '：',
  '"': '＂',
  '|': '｜',
  '?': '？',
  '*': '＊',
};

/** Windows takes these for devices, whatever their extension. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

const EXTENSION = /\.[a-z0-9]{1,10}$/i;

/**
 * What a file is to be called, from what its sender calls it: the last part of a path, in NFC, without what would break
 * a header or a file system, at most 150 code points, its extension kept.
 *
 * @throws DomainError `invalid` (422) at `/name`: `required` where nothing is left of it, `control-character` (line ends,
 *   NUL and what turns the direction of reading), `not-well-formed`, `too-long`
 */
export function attachmentName(given: string): string {
  const fault = checkText(given, { max: MAX_GIVEN, multiline: false });
  if (fault) throw invalidField(POINTER, fault, FAULTS[fault]);
  const last = given.normalize('NFC').replace(INVISIBLE, '').split(/[/\\]/).at(-1) ?? '';
  const plain = trim(last.replace(/[<>:"|?*]/g, (character) => WIDE[character] ?? '_'));
  const name = shorten(plain.replace(DEVICE, '_$1'));
  if (name === '') throw invalidField(POINTER, 'required', 'ファイル名をつけてください。');
  return name;
}

/** @returns `pdf` of `要項.PDF`; an empty text where there is none */
export const extensionOf = (name: string): string => EXTENSION.exec(name)?.[0].slice(1).toLowerCase() ?? '';

/** Leading dots hide a file; dots and blanks at the end are dropped by Windows, so that another name would come out. */
function trim(name: string): string {
  const characters = [...name];
  const start = characters.findIndex((character) => !/[.\s]/.test(character));
  const end = characters.findLastIndex((character) => !/[.\s]/.test(character));
  return start < 0 ? '' : characters.slice(start, end + 1).join('');
}

function shorten(name: string): string {
  const characters = [...name];
  if (characters.length <= MAX_NAME) return name;
  const extension = EXTENSION.exec(name)?.[0] ?? '';
  // A joiner at the cut would join the dot.
  const stem = characters
    .slice(0, MAX_NAME - extension.length)
    .join('')
    .replace(/\u200d$/, '');
  return trim(stem) + extension;
}
