import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/tx.js';
import type { LimitedUse } from './limit.js';

@Injectable()
export class LimitsRepository {
  /**
   * Takes so many, in a single statement, so that any number at once get no more than there are (the generic cell rate
   * algorithm: one time per key, moved into the future by each use).
   *
   * @returns seconds until the next is allowed; 0: this one is
   */
  async take(tx: Tx, key: Buffer, { limit, times }: LimitedUse): Promise<number> {
    const { burst, everySeconds } = limit;
    const [row] = await tx.query<{ wait: number }>(TAKE, [key, burst - times, everySeconds, times]);
    return row?.wait ?? 0;
  }

  /** Takes a use back, for what turned out to be no attack. */
  async giveBack(tx: Tx, key: Buffer, { limit, times }: LimitedUse): Promise<void> {
    await tx.execute('UPDATE rate_limit SET free_at = free_at - make_interval(secs => $2) WHERE key = $1', [
      key,
      limit.everySeconds * times,
    ]);
  }

  /** The whole allowance is back. */
  async reset(tx: Tx, key: Buffer): Promise<void> {
    await tx.execute('DELETE FROM rate_limit WHERE key = $1', [key]);
  }

  /** Removes those that hold nobody up any more. */
  async removePast(tx: Tx): Promise<void> {
    // Those that somebody takes from at this moment aren't past for long.
    await tx.execute(
      `DELETE FROM rate_limit WHERE key IN (
         SELECT key FROM rate_limit WHERE free_at < now() FOR UPDATE SKIP LOCKED)`,
    );
  }
}

/** $2: how many there may be before; more at once than the limit has are never allowed. */
const TAKE = `
  WITH taken AS (
    INSERT INTO rate_limit AS l (key, free_at)
    SELECT $1, clock_timestamp() + make_interval(secs => $3::float8 * $4::float8) WHERE $2::float8 >= 0
    ON CONFLICT (key) DO UPDATE
       SET free_at = greatest(l.free_at, clock_timestamp()) + make_interval(secs => $3::float8 * $4::float8)
     WHERE l.free_at <= clock_timestamp() + make_interval(secs => $3::float8 * $2::float8)
    RETURNING 1)
  SELECT CASE WHEN EXISTS (SELECT FROM taken) THEN 0
              ELSE greatest(1, ceil(extract(epoch FROM
                     coalesce((SELECT free_at FROM rate_limit WHERE key = $1), clock_timestamp()) - clock_timestamp())
                     - $3::float8 * $2::float8))
         END::int AS wait`;
