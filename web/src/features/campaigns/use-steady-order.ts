import { useState } from 'react';

/**
 * Keeps the order in which one found a list: what is read anew moves nothing, what is new comes last, and what is gone
 * keeps its place until the list is put in order again.
 *
 * @param ids in the order of now
 */
export function useSteadyOrder(ids: readonly string[]): {
  readonly ids: readonly string[];
  /** Another order would be right by now. */
  readonly moved: boolean;
  readonly renew: () => void;
} {
  const [held, setHeld] = useState(ids);
  const order = [...held, ...ids.filter((id) => !held.includes(id))];
  const now = order.filter((id) => ids.includes(id));
  return {
    ids: order,
    moved: now.some((id, at) => id !== ids[at]),
    renew: () => setHeld(ids),
  };
}
