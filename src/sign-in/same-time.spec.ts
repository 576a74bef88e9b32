import { setTimeout as delay } from 'node:timers/promises';
import { atFullSteps } from './same-time.js';

const STEP_MS = 40;

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
    expect(await spent(async () => undefined)).toBeGreaterThanOrEqual(STEP_MS);
    expect(await spent(() => Promise.reject(new Error('not done')))).toBeGreaterThanOrEqual(STEP_MS);
  });

  it('comes no sooner than the second where the work outlasts the first', async () => {
    expect(await spent(() => delay(STEP_MS + 5))).toBeGreaterThanOrEqual(2 * STEP_MS);
  });
});
