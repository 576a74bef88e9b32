import { type DomainError, invalidField } from './domain-error.js';

/** One page of a list. `total` counts everything that matches, not only this page. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
  total: number;
}

/** @returns an opaque cursor for the sort keys of the last item of a page */
export function encodeCursor(keys: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(keys)).toString('base64url');
}

/**
 * @param length how many keys the list sorts by
 * @throws DomainError `invalid` (422) when the cursor isn't one of this list's
 */
export function decodeCursor(cursor: string | undefined, length: number): string[] | null {
  if (cursor === undefined) return null;
  try {
    const keys: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(keys) && keys.length === length) {
      const texts = keys.map(String);
      if (texts.every((text) => text.isWellFormed() && !text.includes('\0'))) return texts;
    }
  } catch {
    // Falls through to the answer for every cursor that can't be read.
  }
  throw unreadableCursor();
}

/** For a cursor that isn't one of the list's. */
export const unreadableCursor = (): DomainError =>
  invalidField('/cursor', 'cursor', '一覧の続きを表示できませんでした。最初から表示し直してください。');

/**
 * Cuts one row more than asked for down to a page.
 *
 * @param rows at most `limit + 1` rows
 * @param keysOf the sort keys of a row, unique together
 */
export function toPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  total: number,
  keysOf: (row: Row) => readonly (string | number)[],
  toItem: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(toItem),
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor(keysOf(last)) : null,
    total,
  };
}
