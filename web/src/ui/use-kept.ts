import { useEffect, useState } from 'react';
import { useAccount } from '../api/hooks';
import { session } from '../api/session';
import { type Edited, type Held, same, useEdited } from './use-edited';

export interface Kept<V> extends Edited<V> {
  /** Something is typed that isn't saved. */
  readonly dirty: boolean;
  /** What was typed before one came here was found and is shown. */
  readonly found: boolean;
  /** It is saved or given up: nothing of it stays in this tab. */
  readonly forget: () => void;
}

/**
 * A form whose text outlives a reload of this window and a walk to another page, and is nobody else's who signs in
 * here. Saving it is its writer's own decision.
 *
 * @param form its name and what it is about
 */
export function useKept<V>(form: string, newest: V, version: number): Kept<V> {
  const key = keyOfKept(form, useAccount().accountId);
  const [found] = useState(() => readKept<V>(key));
  const edited = useEdited(newest, version, found);
  const { held } = edited;
  const dirty = !same(held.values, held.base);
  useEffect(() => {
    if (dirty) sessionStorage.setItem(key, JSON.stringify(held));
    else sessionStorage.removeItem(key);
  }, [key, dirty, held]);
  useEffect(() => {
    if (!dirty) return undefined;
    let leaving = false;
    // Not where somebody signs out or another signs in: nothing of this page may stay then.
    const warn = (event: BeforeUnloadEvent): void => {
      if (!leaving && sessionStorage.getItem(key) !== null) event.preventDefault();
    };
    const signOut = session.beforeLeaving(() => {
      leaving = true;
      return Promise.resolve();
    });
    window.addEventListener('beforeunload', warn);
    return () => {
      signOut();
      window.removeEventListener('beforeunload', warn);
    };
  }, [key, dirty]);
  return { ...edited, dirty, found: found !== null, forget: () => sessionStorage.removeItem(key) };
}

export const keyOfKept = (form: string, accountId: string | null): string => `${form}:${accountId}`;

export function readKept<V>(key: string): Held<V> | null {
  const text = sessionStorage.getItem(key);
  return text === null ? null : (JSON.parse(text) as Held<V>);
}
