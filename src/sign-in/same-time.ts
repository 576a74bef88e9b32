import { setTimeout as delay } from 'node:timers/promises';

/**
 * Does the work and answers at the next full step of time, whatever came of it: how long it took, and so whether
 * somebody is known or a password was half right, can't be read from the clock.
 *
 * @param stepMs milliseconds, more than the work takes on an ordinary day
 */
export async function atFullSteps<T>(stepMs: number, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  try {
    return await work();
  } finally {
    const spent = performance.now() - started;
    await delay(Math.ceil(spent / stepMs) * stepMs - spent);
  }
}
