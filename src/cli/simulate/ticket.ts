/** A number and a code, as they stand in a mail. */
export interface Ticket {
  readonly number: string;
  readonly code: string;
}

/** @returns every pair of number and code in a mail, in its order */
export function ticketsIn(body: string): Ticket[] {
  return [...body.matchAll(/番号　+([\d ]+)\n\s*確認コード　+([\d ]+)/g)].map(
    ([, number = '', code = '']) => ({ number: number.replaceAll(' ', ''), code: code.replaceAll(' ', '') }),
  );
}
