import { useEffect, useState } from 'react';
import { useAccount } from '../../api/hooks';
import { type Edited, type Held, same, useEdited } from '../../ui/use-edited';

interface Kept<V> extends Edited<V> {
  /** Something is typed that isn't saved. */
  readonly dirty: boolean;
  /** What was typed before one came here was found and is shown. */
  readonly found: boolean;
  /** It is saved or given up: nothing of it stays in this tab. */
  readonly forget: () => void;
}

/**
 * A form whose text outlives a reload of this window and a walk to another page, and is nobody else's who signs in
 * here. Saving it is the editor's own decision: each saved version stands in the audit trail.
 *
 * @param form its name and what it is about
 */
export function useKept<V>(form: string, newest: V, version: number): Kept<V> {
  const { accountId } = useAccount();
  const key = `announcement-${form}:${accountId}`;
  const [found] = useState(() => read<V>(key));
  const edited = useEdited(newest, version, found);
  const { held } = edited;
  const dirty = !same(held.values, held.base);
  useEffect(() => {
    if (dirty) sessionStorage.setItem(key, JSON.stringify(held));
    else sessionStorage.removeItem(key);
  }, [key, dirty, held]);
  useEffect(() => {
    if (!dirty) return undefined;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [dirty]);
  return { ...edited, dirty, found: found !== null, forget: () => sessionStorage.removeItem(key) };
}

function read<V>(key: string): Held<V> | null {
  const text = sessionStorage.getItem(key);
  return text === null ? null : (JSON.parse(text) as Held<V>);
}
