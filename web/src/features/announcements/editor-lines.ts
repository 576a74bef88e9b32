import { compare, type Run } from '../../ui/compare';

/** Lines that stay, go or come; of a pair that belongs together, the characters are marked. */
export type Line =
  | { readonly kind: 'same' | 'gone' | 'new'; readonly text: string }
  | { readonly kind: 'changed'; readonly runs: readonly Run[] };

/** More lines than this would take a moment; then the text is another one as a whole. */
const MOST = 1500;

/** @returns a text's lines before and after, each where it stands in order */
export function compareLines(before: string, after: string): readonly Line[] {
  const a = before.split('\n');
  const b = after.split('\n');
  if (a.length > MOST || b.length > MOST) {
    return [
      { kind: 'gone', text: before },
      { kind: 'new', text: after },
    ];
  }
  const rows = table(a, b);
  const lines: Line[] = [];
  let gone: string[] = [];
  let come: string[] = [];
  const flush = (): void => {
    lines.push(...paired(gone, come));
    gone = [];
    come = [];
  };
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      flush();
      lines.push({ kind: 'same', text: a[i] ?? '' });
      i += 1;
      j += 1;
    } else if (j >= b.length || (i < a.length && (rows[i + 1]?.[j] ?? 0) >= (rows[i]?.[j + 1] ?? 0))) {
      gone.push(a[i] ?? '');
      i += 1;
    } else {
      come.push(b[j] ?? '');
      j += 1;
    }
  }
  flush();
  return lines;
}

/** As many lines as went have come: each took the place of one. */
function paired(gone: readonly string[], come: readonly string[]): Line[] {
  if (gone.length !== come.length) {
    return [
      ...gone.map((text): Line => ({ kind: 'gone', text })),
      ...come.map((text): Line => ({ kind: 'new', text })),
    ];
  }
  return gone.map((text, at): Line => ({ kind: 'changed', runs: compare(text, come[at] ?? '') }));
}

/** Lengths of longest common subsequences of the texts' ends. */
function table(a: readonly string[], b: readonly string[]): Uint16Array[] {
  const rows = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const same = a[i] === b[j] ? (rows[i + 1]?.[j + 1] ?? 0) + 1 : 0;
      (rows[i] as Uint16Array)[j] = Math.max(same, rows[i + 1]?.[j] ?? 0, rows[i]?.[j + 1] ?? 0);
    }
  }
  return rows;
}

/** Neighbouring lines that stay, so that they can be folded away. */
export function folded(
  lines: readonly Line[],
): readonly (Line | { readonly kind: 'fold'; readonly count: number })[] {
  const shown: (Line | { kind: 'fold'; count: number })[] = [];
  for (const [at, line] of lines.entries()) {
    const near = [at - 1, at, at + 1].some((place) => (lines[place]?.kind ?? 'same') !== 'same');
    const last = shown.at(-1);
    if (line.kind !== 'same' || near) shown.push(line);
    else if (last?.kind === 'fold') last.count += 1;
    else shown.push({ kind: 'fold', count: 1 });
  }
  return shown;
}
