/**
 * How much of Markdown's structure a text may have. The parser's work grows with the square of several of these: within
 * 20,000 characters it could take seconds, or more depth than there is stack. They are counted in one pass, before it
 * sees the text. No announcement comes near them: a table of 300 rows and a list of 372 municipalities do not.
 */
export const MARKDOWN_LIMITS = {
  /** Lines with something on them. */
  lines: 1_200,
  /** Quotes and lists within each other. */
  depth: 6,
  /** Marks of quotes and lists, over all lines. */
  containers: 800,
  /** Lines of nothing but `=` or `-`: they make a heading of what stands above, or a rule. */
  underlines: 100,
  /** Runs of `*`, `_` and `~`. */
  emphasis: 1_500,
  /** `[` and `]`. */
  brackets: 1_500,
  /** Runs of `` ` ``: for each, the parser looks for another one as long, up to the paragraph's end. */
  code: 200,
  /** Lines, times columns of the widest, over all tables: each row is drawn as wide as its heading. */
  cells: 5_000,
  /** Characters of ASCII without a blank, as an address has. */
  word: 1_000,
} as const;

export type MarkdownLimit = keyof typeof MARKDOWN_LIMITS;

const {
  lines: LINES,
  depth: DEPTH,
  containers: CONTAINERS,
  underlines: UNDERLINES,
  cells: CELLS,
  word: WORD,
} = MARKDOWN_LIMITS;

/** What to tell whoever wrote it. */
export const LIMIT_MESSAGES: Readonly<Record<MarkdownLimit, string>> = {
  lines: `本文の行が多すぎます。${LINES}行までにしてください。`,
  depth: `引用（>）や箇条書きの重なりが深すぎます。${DEPTH}段までにしてください。`,
  containers: `引用（>）や箇条書きの項目が多すぎます。${CONTAINERS}個までにしてください。`,
  underlines: `「===」や「---」だけの行が多すぎます。${UNDERLINES}行までにしてください。`,
  emphasis: '本文に「*」「_」「~」の記号が多すぎます。減らしてください。',
  brackets: '本文に「[」「]」の記号が多すぎます。減らしてください。',
  code: '本文に「`」の記号が多すぎます。減らしてください。',
  cells: `本文の表が大きすぎます。ますを${CELLS}個までにするか、添付ファイルにしてください。`,
  word: `空白のない半角の文字が長く続いています。${WORD}文字までにしてください。`,
};

/** @returns the first limit that a text exceeds, or null; in a time that grows with its length alone */
export function exceededLimit(markdown: string): MarkdownLimit | null {
  const counts: Record<MarkdownLimit, number> = {
    lines: 0,
    depth: 0,
    containers: 0,
    underlines: 0,
    emphasis: countOf(markdown, /\*+|_+|~+/g),
    brackets: countOf(markdown, /[[\]]/g),
    code: countOf(markdown, /`+/g),
    cells: 0,
    word: longestOf(markdown, /[!-~]+/g),
  };
  const nesting = new Nesting();
  const table = new TableCells();
  for (const line of markdown.split(/\r\n|\r|\n/)) {
    table.take(line);
    if (/^[ \t]*$/.test(line)) continue;
    const { marks, depth, rest } = nesting.enter(line);
    counts.lines += 1;
    counts.containers += marks;
    counts.depth = Math.max(counts.depth, depth);
    if (/^(?:=+|-+)[ \t]*$/.test(rest)) counts.underlines += 1;
  }
  counts.cells = table.total;
  const limits = Object.entries(MARKDOWN_LIMITS) as [MarkdownLimit, number][];
  return limits.find(([limit, most]) => counts[limit] > most)?.[0] ?? null;
}

/** A quote's mark, or that of a list's item, with what is blank before it. */
const MARK = /[ \t]*(?:(>)|[-+*](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$))/y;
/** A line across, which looks like one list in another. */
const RULE = /^[ \t]*([-*_])[ \t]*(?:\1[ \t]*){2,}$/;

/** How deep lines stand, by their marks and how far these are indented; rather too deep than too shallow. */
class Nesting {
  /** Columns of the lists' marks around the line, from the left. */
  private lists: number[] = [];

  /** @returns how many marks begin the line, how deep it stands, and what follows them */
  enter(line: string): { marks: number; depth: number; rest: string } {
    if (RULE.test(line)) return { marks: 0, depth: 0, rest: '' };
    let marks = 0;
    let quotes = 0;
    MARK.lastIndex = 0;
    let end = 0;
    for (let mark = MARK.exec(line); mark; mark = MARK.exec(line)) {
      end = MARK.lastIndex;
      marks += 1;
      if (mark[1] === undefined) this.enterList(columnOf(line, end));
      else quotes += 1;
      // What is deeper than any limit needn't be known exactly.
      if (marks > MARKDOWN_LIMITS.depth) break;
    }
    return { marks, depth: quotes + this.lists.length, rest: line.slice(end).trimStart() };
  }

  private enterList(column: number): void {
    while (this.lists.length > 0 && (this.lists.at(-1) ?? 0) >= column) this.lists.pop();
    this.lists.push(column);
  }
}

/** Tabs go on to the next multiple of four. */
function columnOf(line: string, end: number): number {
  let column = 0;
  for (let at = 0; at < end; at += 1) column += line[at] === '\t' ? 4 - (column % 4) : 1;
  return column;
}

/** Counts the cells of tables, which end at an empty line. */
class TableCells {
  private before = 0;
  private lines = 0;
  private columns = 0;

  get total(): number {
    return this.before + this.lines * this.columns;
  }

  take(line: string): void {
    if (/^[ \t]*$/.test(line)) {
      this.before = this.total;
      this.lines = 0;
      this.columns = 0;
      return;
    }
    const bars = countOf(line, /\|/g);
    this.lines += 1;
    if (bars > 0) this.columns = Math.max(this.columns, bars + 1);
  }
}

const countOf = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

const longestOf = (text: string, pattern: RegExp): number =>
  (text.match(pattern) ?? []).reduce((longest, { length }) => Math.max(longest, length), 0);
