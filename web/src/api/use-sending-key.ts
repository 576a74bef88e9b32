import { useCallback, useRef } from 'react';

interface SendingKey {
  /** @returns a value for `Idempotency-Key`, the same for the same text until it is done */
  readonly keyOf: (text: string) => string;
  /** It was done: to do the same again is another thing. */
  readonly done: () => void;
}

/** A button pressed again after a lost answer does nothing twice. */
export function useSendingKey(): SendingKey {
  const held = useRef<{ readonly text: string; readonly key: string } | null>(null);
  const keyOf = useCallback((text: string): string => {
    if (held.current?.text !== text) held.current = { text, key: crypto.randomUUID() };
    return held.current.key;
  }, []);
  const done = useCallback((): void => {
    held.current = null;
  }, []);
  return { keyOf, done };
}
