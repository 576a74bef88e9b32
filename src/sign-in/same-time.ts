import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';

/** Timers go by whole milliseconds of a clock that is read once a turn; the rest is waited turn by turn. */
const TIMER_MS = 3;

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
    await until(started + Math.ceil((spent + TIMER_MS) / stepMs) * stepMs);
  }
}

async function until(instant: number): Promise<void> {
  await delay(instant - performance.now() - TIMER_MS);
  while (performance.now() < instant) await nextTurn();
}
