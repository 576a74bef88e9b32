import { useMemo, useRef } from 'react';
import type { Problem } from '../api/problem';
import type { Mistake } from './notice';

/** A check made before sending: whether it fails, the field, and how to mend it. */
type Check = readonly [fails: boolean, field: string, message: string];

/** What the page found before sending, or the API afterwards, told anew at each try. */
export function useMistakes(
  problem: Problem | null,
  fields: Readonly<Record<string, string>>,
  tried: number,
  checks: readonly Check[],
): readonly Mistake[] {
  const found = useRef(checks);
  found.current = checks;
  // Judged at the moment of trying, not at each letter.
  const own = useMemo(
    () =>
      tried === 0
        ? []
        : found.current.filter(([fails]) => fails).map(([, field, message]) => ({ field, message })),
    [tried],
  );
  return useMemo(() => {
    if (own.length > 0) return own;
    return (problem?.errors ?? []).map(({ pointer, message }) => ({
      field: fields[pointer] ?? null,
      message,
    }));
    // The names of the fields never change.
  }, [own, problem]);
}

export const messageFor = (mistakes: readonly Mistake[], field: string): string | undefined =>
  mistakes.find((mistake) => mistake.field === field)?.message;
