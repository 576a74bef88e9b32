import { useCallback, useRef, useState } from 'react';
import { asProblem, type Problem } from '../api/problem';

interface Send<A extends unknown[], T> {
  /** @returns the answer, or undefined when it failed (see `problem`) or one is on its way already */
  readonly send: (...args: A) => Promise<T | undefined>;
  readonly pending: boolean;
  readonly problem: Problem | null;
  readonly clear: () => void;
}

/**
 * One request at a time, which a button starts. What went wrong stays until the next try.
 *
 * @param onDone what to do with the good answer
 */
export function useSend<A extends unknown[], T>(
  request: (...args: A) => Promise<T>,
  onDone?: (answer: T) => void | Promise<void>,
): Send<A, T> {
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const busy = useRef(false);
  const latest = useRef({ request, onDone });
  latest.current = { request, onDone };
  const send = useCallback(async (...args: A): Promise<T | undefined> => {
    if (busy.current) return undefined;
    busy.current = true;
    setPending(true);
    setProblem(null);
    try {
      const answer = await latest.current.request(...args);
      await latest.current.onDone?.(answer);
      return answer;
    } catch (error) {
      setProblem(asProblem(error));
      return undefined;
    } finally {
      busy.current = false;
      setPending(false);
    }
  }, []);
  return { send, pending, problem, clear: useCallback(() => setProblem(null), []) };
}
