/** A run of characters that stay, go or come. */
export interface Run {
  readonly kind: 'same' | 'gone' | 'new';
  readonly text: string;
}

const segmenter = new Intl.Segmenter('ja', { granularity: 'grapheme' });
const graphemes = (text: string): string[] => [...segmenter.segment(text)].map(({ segment }) => segment);

/** Longer texts would take a moment; they are marked as a whole. Characters. */
const LONGEST = 600;
/** When less than this part of the shorter text stays, the whole is another value: single marks would only confuse. */
const LEAST_KEPT = 0.5;
/** More pieces than this are scattered letters that two values happen to share. */
const MOST_RUNS = 8;

/**
 * Compares by grapheme, so that 髙 with its variation selector is one character.
 *
 * @returns the runs of both texts in order, or the two as wholes where little is common
 */
export function compare(before: string, after: string): readonly Run[] {
  const a = graphemes(before);
  const b = graphemes(after);
  const whole: readonly Run[] = [
    { kind: 'gone', text: before },
    { kind: 'new', text: after },
  ];
  if (before === after) return [{ kind: 'same', text: before }];
  if (a.length > LONGEST || b.length > LONGEST) return whole;
  const runs = merge(walk(a, b, table(a, b)));
  const kept = runs.filter(({ kind }) => kind === 'same').reduce((sum, { text }) => sum + text.length, 0);
  const little = kept <= Math.min(before.length, after.length) * LEAST_KEPT;
  return little || runs.length > MOST_RUNS ? whole : runs;
}

/** Lengths of longest common subsequences of the texts' ends. */
function table(a: readonly string[], b: readonly string[]): Uint16Array[] {
  const rows = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const row = rows[i] as Uint16Array;
      const below = rows[i + 1] as Uint16Array;
      row[j] = a[i] === b[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return rows;
}

function walk(a: readonly string[], b: readonly string[], rows: readonly Uint16Array[]): Run[] {
  const runs: Run[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      runs.push({ kind: 'same', text: a[i] ?? '' });
      i += 1;
      j += 1;
    } else if (j >= b.length || (i < a.length && (rows[i + 1]?.[j] ?? 0) >= (rows[i]?.[j + 1] ?? 0))) {
      runs.push({ kind: 'gone', text: a[i] ?? '' });
      i += 1;
    } else {
      runs.push({ kind: 'new', text: b[j] ?? '' });
      j += 1;
    }
  }
  return runs;
}

function merge(runs: readonly Run[]): Run[] {
  const merged: { kind: Run['kind']; text: string }[] = [];
  for (const { kind, text } of runs) {
    const last = merged.at(-1);
    if (last?.kind === kind) last.text += text;
    else merged.push({ kind, text });
  }
  return merged;
}

/** Pairs that look alike at a glance; a reviewer is told which is which. */
const LOOK_ALIKES = [
  '高髙',
  '崎﨑',
  '吉𠮷',
  '辺邊邉',
  '斉斎齊齋',
  '浜濱',
  '沢澤',
  '広廣',
  '島嶋',
  '桜櫻',
  '真眞',
  '徳德',
  '増增',
  '富冨',
  '柳栁',
  '曽曾',
  '恵惠',
];

/** @returns `髙 U+9AD9、﨑 U+FA11` for characters that another could be taken for, or null */
export function codePoints(before: string | null, after: string | null): string | null {
  if (before === null || after === null) return null;
  const old = new Set(graphemes(before));
  const come = graphemes(after).filter(
    (char) =>
      !old.has(char) &&
      LOOK_ALIKES.some((alike) => alike.includes(char) && [...alike].some((c) => old.has(c))),
  );
  if (come.length === 0) return null;
  return come.map((char) => `${char} U+${char.codePointAt(0)?.toString(16).toUpperCase()}`).join('、');
}
