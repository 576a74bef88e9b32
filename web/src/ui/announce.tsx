import { type ReactNode, useSyncExternalStore } from 'react';

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

/** Stands once in the shell. */
export function Announcements(): ReactNode {
  const said = useSyncExternalStore(subscribe, () => text);
  return (
    <div role="status" className="sr-only">
      {said}
    </div>
  );
}
