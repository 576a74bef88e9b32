import type { Client } from 'pg';
import { withConnection } from '../../src/platform/database/database-roles.js';
import type { TestPortal } from './test-portal.js';

/**
 * Lets something begin while another transaction has written and not yet committed, so that the two overlap for certain.
 *
 * @param write what the other transaction does, as a superuser
 * @param begin what begins meanwhile: the other commits once this waits for it, or is done
 */
export const overlap = <Result>(
  { database }: TestPortal,
  write: (other: Client) => Promise<unknown>,
  begin: () => Promise<Result>,
): Promise<Result> =>
  withConnection(database.adminUrl, (other) =>
    withConnection(database.adminUrl, async (watcher) => {
      await other.query('BEGIN');
      const { rows } = await other.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      const pid = rows[0]?.pid ?? 0;
      await write(other);
      const state = { isDone: false };
      const result = begin().finally(() => {
        state.isDone = true;
      });
      // Its failure is the caller's, below.
      result.catch(() => undefined);
      while (!state.isDone && !(await somebodyWaits(watcher, pid))) await new Promise(setImmediate);
      await other.query('COMMIT');
      return result;
    }),
  );

async function somebodyWaits(watcher: Client, pid: number): Promise<boolean> {
  const { rows } = await watcher.query<{ waits: boolean }>(
    'SELECT EXISTS (SELECT FROM pg_stat_activity WHERE $1 = ANY (pg_blocking_pids(pid))) AS waits',
    [pid],
  );
  return rows[0]?.waits ?? false;
}
