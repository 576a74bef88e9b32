import { readFileSync } from 'node:fs';

/** `docs/access-matrix.md` as the tests compare it with the portal. */
export const COLUMNS = ['public', 'member', 'reviewer', 'editor', 'admin'] as const;
export type Column = (typeof COLUMNS)[number];
export type Mark = 'all' | 'own' | '–';

export interface CallRow {
  readonly operation: string;
  readonly route: string;
  readonly marks: Readonly<Record<Column, Mark>>;
  readonly stepUp: boolean;
}

/** What a role reads in place of the truth: nothing, or the office. */
export interface Hidden {
  readonly role: Column;
  readonly as: 'null' | '事務局';
  /** Only where staff have proposed it. */
  readonly ofStaffOnly: boolean;
}

export interface AnswerRow {
  readonly schema: string;
  readonly field: string;
  readonly holds: readonly string[];
  readonly hidden: readonly Hidden[];
}

const document = readFileSync('docs/access-matrix.md', 'utf8');

/** Cells of the one table under a heading, without its two header lines. */
function tableUnder(heading: string): string[][] {
  const [, section = ''] = document.split(`\n## ${heading}\n`);
  const lines = (section.split('\n## ')[0] ?? '').split('\n').filter((line) => line.startsWith('|'));
  const rows = lines.slice(2).map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim().replaceAll('\\*', '*').replaceAll('\\_', '_')),
  );
  if (rows.length === 0) throw new Error(`docs/access-matrix.md has no table under "${heading}"`);
  return rows;
}

export const CALLS: readonly CallRow[] = tableUnder('Who may call what').map(
  ([operation = '', route = '', ...cells]) => ({
    operation,
    route,
    marks: Object.fromEntries(COLUMNS.map((column, index) => [column, readMark(cells[index])])) as Record<
      Column,
      Mark
    >,
    stepUp: readFlag(cells[COLUMNS.length]),
  }),
);

/** `SaveDraftDto content/*` */
export const SENT: readonly string[] = tableUnder('What may be sent').map((cells) => cells.join(' '));

export const TOLD: readonly AnswerRow[] = tableUnder('What is told').map(
  ([schema = '', field = '', holds = '', hidden = '']) => ({
    schema,
    field,
    holds: holds.split(',').flatMap((name) => name.trim() || []),
    hidden: hidden.split(',').flatMap((words) => (words.trim() ? [readHidden(words.trim())] : [])),
  }),
);

export function callRow(operation: string): CallRow {
  const row = CALLS.find((call) => call.operation === operation);
  if (!row) throw new Error(`docs/access-matrix.md doesn't tell who may call ${operation}`);
  return row;
}

function readMark(cell: string | undefined): Mark {
  if (cell === 'all' || cell === 'own' || cell === '–') return cell;
  throw new Error(`docs/access-matrix.md: "${cell}" is no mark`);
}

function readFlag(cell: string | undefined): boolean {
  if (cell === 'yes' || cell === '') return cell === 'yes';
  throw new Error(`docs/access-matrix.md: "${cell}" is no step-up mark`);
}

function readHidden(words: string): Hidden {
  const [, role, as, note] = /^(\w+): (null|事務局)( \(1\))?$/.exec(words) ?? [];
  if (role === undefined || as === undefined)
    throw new Error(`docs/access-matrix.md: "${words}" hides what?`);
  return { role: role as Column, as: as as Hidden['as'], ofStaffOnly: note !== undefined };
}
