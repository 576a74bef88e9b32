import { setTimeout as delay } from 'node:timers/promises';
import { atFullSteps } from './same-time.js';

const STEP_MS = 40;

/** Timers may fire a little early. */
const EARLY_MS = 2;

async function spent(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await atFullSteps(STEP_MS, work).catch(() => undefined);
  return performance.now() - started;
}

describe('an answer at full steps', () => {
  it('is the work’s own', async () => {
    expect(await atFullSteps(1, async () => 'done')).toBe('done');
    await expect(atFullSteps(1, () => Promise.reject(new Error('not done')))).rejects.toThrow('not done');
  });

  it('comes no sooner than one step, whether it went well or not', async () => {
    expect(await spent(async () => undefined)).toBeGreaterThan(STEP_MS - EARLY_MS);
    expect(await spent(() => Promise.reject(new Error('not done')))).toBeGreaterThan(STEP_MS - EARLY_MS);
  });

  it('comes no sooner than the second where the work outlasts the first', async () => {
    expect(await spent(() => delay(STEP_MS + 5))).toBeGreaterThan(2 * STEP_MS - EARLY_MS);
  });
});
