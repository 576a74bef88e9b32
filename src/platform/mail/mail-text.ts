/**
 * Helpers for plain-text mails in Japanese, which are read in fixed-width type: widths, line breaks, digits.
 */

/**
 * Code points two columns wide: East Asian Width W, F or A (ambiguous ones such as ■ and ① take two columns in
 * Japanese type). Hexadecimal, ends included; gaps without an assigned character are closed.
 * Source: Unicode 17, EastAsianWidth.txt.
 */
const WIDE = `
  a1 a4 a7-a8 aa ae b0-b4 b6-ba bc-bf c6 d0 d7-d8 de-e1 e6 e8-ea ec-ed f0 f2-f3 f7-fa fc fe 101 111
  113 11b 126-127 12b 131-133 138 13f-142 144 148-14b 14d 152-153 166-167 16b 1ce 1d0 1d2 1d4 1d6 1d8
  1da 1dc 251 261 2c4 2c7 2c9-2cb 2cd 2d0 2d8-2db 2dd 2df 391-3a9 3b1-3c1 3c3-3c9 401 410-44f 451
  1100-115f 2010 2013-2016 2018-2019 201c-201d 2020-2022 2024-2027 2030 2032-2033 2035 203b 203e 2074
  207f 2081-2084 20ac 2103 2105 2109 2113 2116 2121-2122 2126 212b 2153-2154 215b-215e 2160-216b
  2170-2179 2189 2190-2199 21b8-21b9 21d2 21d4 21e7 2200 2202-2203 2207-2208 220b 220f 2211 2215 221a
  221d-2220 2223 2225 2227-222c 222e 2234-2237 223c-223d 2248 224c 2252 2260-2261 2264-2267 226a-226b
  226e-226f 2282-2283 2286-2287 2295 2299 22a5 22bf 2312 231a-231b 2329-232a 23e9-23ec 23f0 23f3
  2460-24e9 24eb-254b 2550-2573 2580-258f 2592-2595 25a0-25a1 25a3-25a9 25b2-25b3 25b6-25b7 25bc-25bd
  25c0-25c1 25c6-25c8 25cb 25ce-25d1 25e2-25e5 25ef 25fd-25fe 2605-2606 2609 260e-260f 2614-2615 261c
  261e 2630-2637 2640 2642 2648-2653 2660-2661 2663-2665 2667-266a 266c-266d 266f 267f 268a-268f 2693
  269e-269f 26a1 26aa-26ab 26bd-26bf 26c4-26e1 26e3 26e8-26ff 2705 270a-270b 2728 273d 274c 274e
  2753-2755 2757 2776-277f 2795-2797 27b0 27bf 2b1b-2b1c 2b50 2b55-2b59 2e80-303e 3041-a4c6 a960-a97c
  ac00-d7a3 e000-fad9 fe10-fe6b ff01-ff60 ffe0-ffe6 fffd 16fe0-1b2fb 1d300-1d376 1f004 1f0cf
  1f100-1f10a 1f110-1f12d 1f130-1f169 1f170-1f1ac 1f200-1f320 1f32d-1f335 1f337-1f37c 1f37e-1f393
  1f3a0-1f3ca 1f3cf-1f3d3 1f3e0-1f3f0 1f3f4 1f3f8-1f43e 1f440 1f442-1f4fc 1f4ff-1f53d 1f54b-1f54e
  1f550-1f567 1f57a 1f595-1f596 1f5a4 1f5fb-1f64f 1f680-1f6c5 1f6cc 1f6d0-1f6d2 1f6d5-1f6df
  1f6eb-1f6ec 1f6f4-1f6fc 1f7e0-1f7f0 1f90c-1f93a 1f93c-1f945 1f947-1f9ff 1fa70-1faf8 20000-10fffd`
  .trim()
  .split(/\s+/)
  .map((range) => {
    const [first = '', last = first] = range.split('-');
    return [Number.parseInt(first, 16), Number.parseInt(last, 16)] as const;
  });

/** Combining marks, variation selectors, joiners and controls take no column of their own. */
const ZERO_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}\p{Cc}]$/u;

/**
 * The number of columns that `s` takes on one line: 2 for a full-width character, 1 for a half-width one, 0 for
 * a combining one. Line feeds count nothing; split the text first.
 */
export function displayWidth(s: string): number {
  let columns = 0;
  for (const character of s) columns += characterWidth(character);
  return columns;
}

function characterWidth(character: string): 0 | 1 | 2 {
  const codePoint = character.codePointAt(0) ?? 0;
  if (codePoint >= 0x20 && codePoint < 0x7f) return 1;
  if (isCommonFullWidth(codePoint)) return 2;
  if (ZERO_WIDTH.test(character)) return 0;
  return WIDE.some(([first, last]) => first <= codePoint && codePoint <= last) ? 2 : 1;
}

/** Kana, the common kanji and full-width forms: nearly all that a mail holds, so they are judged first. */
function isCommonFullWidth(codePoint: number): boolean {
  return (
    (codePoint >= 0x3041 && codePoint <= 0x3096) ||
    (codePoint >= 0x30a1 && codePoint <= 0x30ff) ||
    (codePoint >= 0x4e00 && codePoint <= 0x9fff) ||
    (codePoint >= 0xff01 && codePoint <= 0xff60)
  );
}

/** No line begins with one of these (行頭禁則): closing marks, small kana, the long-vowel and iteration marks. */
const NEVER_FIRST = new Set(
  '、。，．・：；？！゛゜ー〜～…‥ヽヾゝゞ々〻゠–)]},.:;?!%）］｝〕〉》」』】〙〗｠»”’％℃°′″' +
    'ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ｡､･｣ｰﾞﾟｧｨｩｪｫｯｬｭｮ',
);

/** No line ends with one of these (行末禁則): opening brackets and what is read together with a number. */
const NEVER_LAST = new Set('([{（［｛〔〈《「『【〘〖｟«“‘｢〒￥＄');

/** E-mail and web addresses: they are copied by typing, so they stay whole even where they are too long. */
const ADDRESS = /[^@]@[^@]|:\/\//;

/** White space where a line may break. */
const BREAKING_SPACE = /^[ \t\u3000]+$/;
const TRAILING_SPACE = /[ \t\u3000]+$/;

/** White space, or an ASCII word (an address, a number, a code), or a stretch that may break anywhere. */
const STRETCHES = /[ \t\u3000]+|(?:[!-~]\p{M}*)+|[^ \t\u3000!-~]+/gu;

const graphemes = new Intl.Segmenter('ja', { granularity: 'grapheme' });

export interface WrapOptions {
  /** The greatest width of a line with its indent, in full-width characters (two columns each). */
  width: number;
  /** Put before every line that isn't empty. */
  indent?: string;
}

/**
 * Breaks a text into lines, with simple kinsoku: no line begins with 、。）」ー and the like or ends with （「.
 *
 * Existing line breaks stay. ASCII words stay whole unless one alone is wider than a line; e-mail and web
 * addresses stay whole even then, on a line of their own, and are all that can be wider. White space at the end
 * of a line is dropped.
 *
 * @param text lines divided by LF (CRLF is taken too)
 * @returns lines divided by LF, none at the end that wasn't there before
 * @throws RangeError when the width leaves no room for one full-width character beside the indent
 */
export function wrapJa(text: string, { width, indent = '' }: WrapOptions): string {
  const columns = width * 2 - displayWidth(indent);
  if (!(columns >= 2)) throw new RangeError(`no room for text in a width of ${width}`);
  return text
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .flatMap((line) => wrapLine(line, columns))
    .map((line) => (line === '' ? '' : indent + line))
    .join('\n');
}

function wrapLine(text: string, columns: number): string[] {
  if (displayWidth(text) <= columns && !TRAILING_SPACE.test(text)) return [text];
  const lines: string[] = [];
  let current = '';
  let used = 0;
  const breakLine = () => {
    const finished = current.replace(TRAILING_SPACE, '');
    // A line of nothing but white space is an indent whose text didn't fit beside it.
    if (finished !== '') lines.push(finished);
    current = '';
    used = 0;
  };
  /** Puts a piece on this line or the next; what is wider than a line falls apart into its parts. */
  const place = (piece: string) => {
    const width = displayWidth(piece);
    const fits = used + width <= columns;
    if (!fits && BREAKING_SPACE.test(piece)) return breakLine();
    if (!fits && width > columns && !isAddress(piece)) {
      const parts = splitIntoParts(piece);
      if (parts.length > 1) return parts.forEach(place);
    }
    if (!fits) breakLine();
    current += piece;
    used += width;
  };
  splitIntoUnits(text).forEach(place);
  breakLine();
  return lines.length === 0 ? [''] : lines;
}

function isAddress(piece: string): boolean {
  return /^[!-~]+$/.test(piece) && ADDRESS.test(piece);
}

/** Pieces that kinsoku keeps together: atoms joined where no line may break between them. */
function splitIntoUnits(text: string): string[] {
  const units: string[] = [];
  for (const atom of splitIntoAtoms(text)) {
    const before = units.at(-1);
    if (before !== undefined && staysTogether(before, atom)) {
      units[units.length - 1] = before + atom;
    } else {
      units.push(atom);
    }
  }
  return units;
}

function staysTogether(before: string, atom: string): boolean {
  if (BREAKING_SPACE.test(before) || BREAKING_SPACE.test(atom)) return false;
  return NEVER_LAST.has(before.at(-1) ?? '') || NEVER_FIRST.has(atom.charAt(0));
}

/** White space, ASCII words, and single graphemes of everything else. */
function splitIntoAtoms(text: string): string[] {
  return (text.match(STRETCHES) ?? []).flatMap((stretch) =>
    /^[ -~\t\u3000]/.test(stretch) ? [stretch] : splitIntoGraphemes(stretch),
  );
}

/** What a piece that is wider than a line falls apart into: its atoms, or where it is one atom its graphemes. */
function splitIntoParts(piece: string): string[] {
  const atoms = splitIntoAtoms(piece);
  return atoms.length > 1 ? atoms : splitIntoGraphemes(piece);
}

function splitIntoGraphemes(text: string): string[] {
  return Array.from(graphemes.segment(text), ({ segment }) => segment);
}

/**
 * Groups digits so that they can be read aloud and typed: `groupDigits('12345678', 4)` is `1234 5678`.
 *
 * @param digits one or more ASCII digits
 * @param size digits in a group, from 1; the last group takes what is left
 * @throws RangeError when `digits` holds anything else, or `size` is no positive whole number
 */
export function groupDigits(digits: string, size: number): string {
  if (!/^[0-9]+$/.test(digits)) throw new RangeError('only digits can be grouped');
  if (!Number.isInteger(size) || size < 1) throw new RangeError(`not a size of a group: ${size}`);
  return digits.match(new RegExp(`.{1,${size}}`, 'g'))?.join(' ') ?? digits;
}
