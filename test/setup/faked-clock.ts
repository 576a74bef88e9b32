import { bindFunctions, FakedClock, installFakedClock } from '../../src/cli/simulate/faked-clock.js';
import type { Settings } from '../../src/config/env.js';
import { createDataSource } from '../../src/platform/database/data-source.js';
import { migrate } from '../../src/platform/database/migrate.js';
import { loadMaster } from '../../src/registry/master-data.js';
import { createBareTestDatabase, type TestDatabase } from './test-database.js';
import { startTestPortalOn, type TestPortal } from './test-portal.js';

export interface ClockedPortal extends TestPortal {
  readonly clock: FakedClock;
}

/**
 * A portal whose database has a clock that a test can set; processes beside it on the same database follow it.
 *
 * It costs a second more than `startTestPortal`, since the migrations run for it. What holds at another date:
 * - everything that the database judges: what falls due, sessions, codes, limits, second factors (the portal counts
 *   their half minutes from the database's time; `totpOf` does, too);
 * - access tokens are made and checked by the process's real clock alone, and so don't run out by a move.
 *
 * What doesn't:
 * - a session ends when the clock moves a day on (or an hour without a refresh): sign in after moving;
 * - the worker gives a mail up four days after it was queued by the process's clock, so not at a faked date; mails are
 *   otherwise claimed, retried and leased by the database's;
 * - the sealer looks at the whole trail, and the door forgets a known device, by the process's clock;
 * - ids have the real time in them, and sort in the order in which they were made.
 */
export async function startPortalWithFakedClock(overrides: Partial<Settings> = {}): Promise<ClockedPortal> {
  const database = await createBareTestDatabase();
  await prepare(database);
  const portal = await startTestPortalOn(database, overrides);
  const clock = new FakedClock(database.adminUrl);
  return {
    ...portal,
    clock,
    close: async () => {
      await clock.close();
      await portal.close();
    },
  };
}

async function prepare(database: TestDatabase): Promise<void> {
  await installFakedClock(database.adminUrl);
  const owner = createDataSource(database.ownerUrl);
  await owner.initialize();
  try {
    await migrate(owner);
    await loadMaster(owner, 'data');
  } finally {
    await owner.destroy();
  }
  await bindFunctions(database.adminUrl);
}
