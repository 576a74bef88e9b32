import { useState } from 'react';
import type { Check } from './editor-values';

/**
 * What can be told of the text itself before it is sent. Reading Markdown is as much as the rest of the form: it comes
 * when something is sent.
 */
export function useBodyChecks(): {
  /** As of the last try. */
  readonly checks: readonly Check[];
  readonly judge: (body: string) => Promise<readonly Check[]>;
} {
  const [checks, setChecks] = useState<readonly Check[]>([]);
  const judge = async (body: string): Promise<readonly Check[]> => {
    // Without it, as on a broken line, the server judges alone.
    const reader = await import('./editor-flaws').catch(() => null);
    const found = (reader?.flawsIn(body) ?? []).map((message): Check => [true, 'body', message]);
    setChecks(found);
    return found;
  };
  return { checks, judge };
}

export const fails = (...all: readonly (readonly Check[])[]): boolean =>
  all.some((checks) => checks.some(([wrong]) => wrong));
