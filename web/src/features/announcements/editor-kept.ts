import { useState } from 'react';
import { useAccount } from '../../api/hooks';
import type { Held } from '../../ui/use-edited';
import { type Kept, keyOfKept, readKept, useKept as useKeptForm } from '../../ui/use-kept';
import type { TextValues } from './editor-values';

export type { Kept };

/** A form about an announcement, or about what is set for all of them. Each saved version stands in the audit trail. */
export const useKept = <V>(form: string, newest: V, version: number): Kept<V> =>
  useKeptForm(nameOf(form), newest, version);

/** What was typed for something that can't be saved that way any more. */
export function useLeftOver(form: string): {
  readonly left: Held<TextValues> | null;
  readonly forget: () => void;
  /** Has another form go on with it, made by `as` of what was typed and of what that was typed upon. */
  readonly moveTo: (other: string, as: (values: TextValues) => TextValues) => void;
} {
  const { accountId } = useAccount();
  const key = keyOfKept(nameOf(form), accountId);
  const [left, setLeft] = useState(() => readKept<TextValues>(key));
  const forget = (): void => {
    sessionStorage.removeItem(key);
    setLeft(null);
  };
  const moveTo = (other: string, as: (values: TextValues) => TextValues): void => {
    if (left === null) return;
    const held: Held<TextValues> = { version: left.version, base: as(left.base), values: as(left.values) };
    sessionStorage.setItem(keyOfKept(nameOf(other), accountId), JSON.stringify(held));
    sessionStorage.removeItem(key);
  };
  return { left, forget, moveTo };
}

const nameOf = (form: string): string => `announcement-${form}`;
