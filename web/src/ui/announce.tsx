import { type ReactNode, useEffect, useRef, useSyncExternalStore } from 'react';

let text = '';
const listeners = new Set<() => void>();

/** Has screen readers say something that the page shows elsewhere. */
export function announce(next: string): void {
  // The same sentence twice is said twice.
  text = text === next ? `${next}\u00A0` : next;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/**
 * Says how many a search has found, once they are there; not what was there when one came.
 *
 * @param search what is looked for
 * @param total how many there are; undefined while that is on its way
 */
export function useAnnouncedTotal(search: string, total: number | undefined): void {
  const said = useRef(search);
  useEffect(() => {
    if (total === undefined || said.current === search) return;
    said.current = search;
    announce(total === 0 ? '当てはまるものはありません。' : `${total}件が当てはまります。`);
  }, [search, total]);
}

/** Stands once in the shell. */
export function Announcements(): ReactNode {
  const said = useSyncExternalStore(subscribe, () => text);
  return (
    <div role="status" className="sr-only">
      {said}
    </div>
  );
}
