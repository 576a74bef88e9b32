import { asProblem, type Problem } from '../../api/problem';
import { sizeOf } from './attachment-words';

/** What may be attached, by its name; the server looks at what it holds. */
export const EXTENSIONS: readonly string[] = [
  'pdf',
  'docx',
  'xlsx',
  'pptx',
  'odt',
  'ods',
  'odp',
  'jpg',
  'jpeg',
  'png',
  'txt',
  'csv',
];

/** Why a file isn't sent as yet, and whether it may be sent all the same, or once more. */
export interface Refusal {
  readonly state: 'asked' | 'failed';
  readonly why: string;
  readonly again: boolean;
}

interface Room {
  readonly maxBytes: number;
  readonly maxCount: number;
  /** Names of all that is attached, or on its way. */
  readonly names: readonly string[];
}

const never = (why: string): Refusal => ({ state: 'failed', why, again: false });

/** @returns what the page can tell before a byte is sent; null where nothing speaks against it */
export function judgeFile(
  file: Pick<File, 'name' | 'size'>,
  { maxBytes, maxCount, names }: Room,
): Refusal | null {
  if (file.size > maxBytes) {
    return never(
      `ファイルが大きすぎます（${sizeOf(file.size)}）。1つのファイルは${sizeOf(maxBytes)}までです。小さくするか、分けてから選んでください。`,
    );
  }
  if (file.size === 0) return never('ファイルの中身が空です。もとのファイルを確かめて、選び直してください。');
  if (names.length >= maxCount) {
    return {
      state: 'failed',
      why: `添付できるのは${maxCount}件までです。要らないファイルを外してから、もう一度送ってください。`,
      again: true,
    };
  }
  if (names.includes(nameOf(file))) {
    return {
      state: 'asked',
      why: '同じ名前のファイルが、すでに添付されています。差し替えるときは、先に、添付されているほうを外してください。',
      again: true,
    };
  }
  return null;
}

/** As the server keeps it: one letter with its mark, however the computer at hand writes it. */
export const nameOf = ({ name }: Pick<File, 'name'>): string => name.normalize('NFC');

/** What the server says of the same bytes again and again. */
const FOR_GOOD = [
  'attachment-kind',
  'attachment-macros',
  'attachment-name-differs',
  'attachment-damaged',
  'attachment-too-large',
  'invalid',
  'not-found',
  'announcement-ended',
];

/** @returns what became of a file that was sent in vain */
export function refusalOf(error: unknown, name: string): Refusal {
  const problem = asProblem(error);
  return { state: 'failed', why: wordsFor(problem, name), again: !problem.is(...FOR_GOOD) };
}

/** Of a name that promises what may be attached, what it holds is what's wrong. */
function wordsFor(problem: Problem, name: string): string {
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  const differs = problem.is('attachment-kind', 'attachment-name-differs') && EXTENSIONS.includes(extension);
  return differs
    ? `ファイルの中身が、名前の拡張子（.${extension}）と合っていません。もとのソフトで開いて、保存し直したものを選んでください。`
    : (problem.errors[0]?.message ?? problem.message);
}
