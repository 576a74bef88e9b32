const keys = new Map<string, string>();

/**
 * One key for one text: sent twice by a double click or after a lost answer, it is still one change request.
 *
 * @returns a value for `Idempotency-Key`
 */
export function sendingKey(text: string): string {
  const key = keys.get(text) ?? crypto.randomUUID();
  keys.set(text, key);
  return key;
}

/** It arrived. The same text sent again later, say after it was taken back, is another. */
export const forgetSending = (text: string): void => void keys.delete(text);
