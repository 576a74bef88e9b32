/** What a validator finds: a stable code and a sentence for a person. */
export interface Verdict {
  readonly code: string;
  readonly message: string;
}

const SEPARATOR = '\n';

/** class-validator carries one text per constraint; both halves travel in it. */
export const joinVerdict = (verdict: Verdict): string => `${verdict.code}${SEPARATOR}${verdict.message}`;

/** @returns the two halves, or null where the text comes from class-validator itself */
export function splitVerdict(text: string): Verdict | null {
  const at = text.indexOf(SEPARATOR);
  return at < 0 ? null : { code: text.slice(0, at), message: text.slice(at + SEPARATOR.length) };
}
