import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import { openConnection } from './database-roles.js';
import { errorCode } from './system-error.js';

/** Any number will do that nothing else in the server's database `postgres` locks. */
const SHARE_LOCK = 7_205_759_402;
const RETAKE_MS = 1000;
const RETAKE_TIMES = 60;

/** Refusals of a server that is starting, stopping (57014: in the middle of the password) or already gone. */
const NOT_ANSWERING = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57014', '57P01', '57P02', '57P03']);

/**
 * A portal's share in the embedded server: a shared advisory lock, held on a connection of its own. It ends
 * with the process however that ends, so nobody counts portals that are no more.
 */
export class ServerShare {
  private connection: Client | undefined;
  private givenUp = false;

  private constructor(readonly adminUrl: string) {}

  /** @returns undefined when the server isn't answering yet or any more */
  static async take(adminUrl: string): Promise<ServerShare | undefined> {
    const share = new ServerShare(adminUrl);
    return (await share.hold()) ? share : undefined;
  }

  /**
   * Ends the share.
   *
   * @param stop called if nobody else has one; as long as it runs nobody can take a new one
   */
  async giveUp(stop: () => Promise<void>): Promise<void> {
    if (this.givenUp) return;
    this.givenUp = true;
    // The connection may have been lost in a crash of the server, which then came up again.
    const connection = this.connection ?? (await ifAnswering(() => openConnection(this.adminUrl)));
    if (!connection) return;
    try {
      if (await ifAnswering(() => isLast(connection))) await stop();
    } finally {
      await connection.end().catch(() => undefined);
    }
  }

  private async hold(): Promise<boolean> {
    const connection = await lockedIfAnswering(this.adminUrl);
    if (!connection) return false;
    if (this.givenUp) {
      await connection.end();
      return false;
    }
    this.connection = connection;
    connection.once('end', () => {
      this.connection = undefined;
      void this.retake();
    });
    return true;
  }

  /** Else another portal would, on leaving, stop the server under this one. */
  private async retake(): Promise<void> {
    for (let attempt = 0; attempt < RETAKE_TIMES && !this.givenUp && !this.connection; attempt++) {
      await delay(RETAKE_MS, undefined, { ref: false });
      await this.hold().catch(() => false);
    }
  }
}

/** A connection with the shared lock. Not granted means that the last portal is just stopping the server. */
async function lockedIfAnswering(adminUrl: string): Promise<Client | undefined> {
  return ifAnswering(async () => {
    const connection = await openConnection(adminUrl);
    const granted = await isGranted(connection, 'pg_try_advisory_lock_shared');
    if (granted) return connection;
    await connection.end();
    return undefined;
  });
}

/** Exchanges the shared lock for the exclusive one, which is only to be had when nobody else shares it. */
async function isLast(connection: Client): Promise<boolean> {
  await connection.query('SELECT pg_advisory_unlock_all()');
  return isGranted(connection, 'pg_try_advisory_lock');
}

async function ifAnswering<T>(attempt: () => Promise<T>): Promise<T | undefined> {
  try {
    return await attempt();
  } catch (error) {
    const refused = NOT_ANSWERING.has(errorCode(error) ?? '');
    if (refused || /terminated unexpectedly|timeout expired|not queryable/.test(String(error)))
      return undefined;
    throw error;
  }
}

async function isGranted(
  connection: Client,
  lock: 'pg_try_advisory_lock' | 'pg_try_advisory_lock_shared',
): Promise<boolean> {
  const { rows } = await connection.query<{ granted: boolean }>(`SELECT ${lock}($1) AS granted`, [
    SHARE_LOCK,
  ]);
  return rows[0]?.granted === true;
}
