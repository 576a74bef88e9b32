/**
 * Takes apart the rows of a list that carry the count of everything that matches: `counted LEFT JOIN page`, so that
 * an empty page still has its count.
 *
 * @param isItem false for the one row that holds nothing but the count
 */
export function counted<Row extends { total: number }>(
  rows: readonly Row[],
  isItem: (row: Row) => boolean,
): { rows: Omit<Row, 'total'>[]; total: number } {
  return {
    rows: rows.filter(isItem).map(({ total: _total, ...row }) => row),
    total: rows[0]?.total ?? 0,
  };
}
