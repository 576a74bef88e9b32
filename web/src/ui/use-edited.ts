import { useState } from 'react';

export interface Held<V> {
  readonly version: number;
  /** What stood there at that version. */
  readonly base: V;
  readonly values: V;
}

export interface Edited<V> {
  readonly values: V;
  readonly set: (values: V) => void;
  /** The version that `values` were made from, for `If-Match`. */
  readonly version: number;
  /** What somebody else has saved since something was typed here; null when there is nothing to ask. */
  readonly newer: V | null;
  /** Gives up what was typed. */
  readonly takeNewer: () => void;
  /** Goes on from what is there now with these values: somebody has looked at what is different. */
  readonly rebase: (values: V) => void;
  /**
   * It was saved: begins anew from what is there now.
   *
   * @param sent what was sent; whoever has typed on since keeps that
   */
  readonly saved: (answer: { readonly version: number }, values: V, sent?: V) => void;
  /** All of it, to be kept somewhere else. */
  readonly held: Held<V>;
}

export const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * A form's values together with the version they were made from: what was typed on top of an old one is never sent
 * against a newer one that nobody looked at. Where nothing was typed, the newer one is taken.
 *
 * @param newest the values of this version; both may grow newer at any time
 * @param kept what was typed before, where it was kept
 */
export function useEdited<V>(newest: V, version: number, kept: Held<V> | null = null): Edited<V> {
  const [held, setHeld] = useState<Held<V>>(kept ?? { version, base: newest, values: newest });
  const newer = version > held.version;
  if (newer && same(held.values, held.base)) setHeld({ version, base: newest, values: newest });
  // Another part of it changed, or to the same as is typed here: nothing is overwritten.
  else if (newer && (same(newest, held.base) || same(newest, held.values)))
    setHeld({ ...held, version, base: newest });
  return {
    values: held.values,
    set: (values) => setHeld((now) => ({ ...now, values })),
    version: held.version,
    newer: newer ? newest : null,
    takeNewer: () => setHeld({ version, base: newest, values: newest }),
    rebase: (values) => setHeld({ version, base: newest, values }),
    saved: (answer, values, sent) =>
      setHeld((now) => ({
        version: answer.version,
        base: values,
        values: sent === undefined || same(now.values, sent) ? values : now.values,
      })),
    held,
  };
}
