import { setTimeout as delay } from 'node:timers/promises';
import { MigrationExecutor, type DataSource, type QueryRunner } from 'typeorm';
import { APPLICATION_ROLE } from './database-roles.js';

/** Any number will do that nothing else in the database locks. */
const MIGRATION_LOCK = 7_205_759_403;
const POLL_MS = 200;
/** Longer than any other portal's migrations should take. */
const PATIENCE_MS = 10 * 60 * 1000;
/** A change that waits for a table makes everybody behind it wait too: give up instead, it can be run again. */
const LOCK_TIMEOUT = '5s';

/**
 * Runs the pending migrations, each in its own transaction. Of several processes that call this at once one
 * does the work and the others wait for it.
 *
 * @param dataSource of the owner's role; initialised and destroyed here unless it is initialised already
 * @returns the names of those that ran, in order
 * @throws Error when the role the migrations grant to doesn't exist; the first failure of a migration, with
 *   the ones before it kept
 */
export function migrate(dataSource: DataSource): Promise<string[]> {
  return withRunner(dataSource, async (runner) => {
    await requireApplicationRole(runner);
    await lock(runner);
    try {
      await runner.query(`SET lock_timeout = '${LOCK_TIMEOUT}'`);
      // The walls bind the owner, too: without a viewer a backfill would find no row and say nothing.
      await runner.query(`SET renkei.actor = 'system'`);
      const executor = new MigrationExecutor(dataSource, runner);
      executor.transaction = 'each';
      const done = await executor.executePendingMigrations();
      return done.map((migration) => migration.name);
    } finally {
      await runner.query('RESET lock_timeout');
      await runner.query('RESET renkei.actor');
      await runner.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    }
  });
}

/**
 * Takes the lock by asking again and again: a session that waits for it inside PostgreSQL holds a snapshot,
 * for which a CREATE INDEX CONCURRENTLY of the one at work would wait in turn.
 */
async function lock(runner: QueryRunner): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    const rows: { granted: boolean }[] = await runner.query('SELECT pg_try_advisory_lock($1) AS granted', [
      MIGRATION_LOCK,
    ]);
    if (rows[0]?.granted) return;
    await delay(POLL_MS);
  }
  throw new Error('Another process has been running migrations for ten minutes: see what it is waiting for.');
}

async function requireApplicationRole(runner: QueryRunner): Promise<void> {
  const found: object[] = await runner.query('SELECT FROM pg_roles WHERE rolname = $1', [APPLICATION_ROLE]);
  if (found.length > 0) return;
  throw new Error(
    `The role ${APPLICATION_ROLE}, which the portal works as, does not exist on this server: run ` +
      `docker/init-roles.sh against it, or as a superuser CREATE ROLE ${APPLICATION_ROLE} LOGIN NOSUPERUSER ` +
      "NOBYPASSRLS PASSWORD '…'.",
  );
}

/** Lends one connection for the whole piece of work, as the lock and lock_timeout belong to a session. */
async function withRunner<T>(dataSource: DataSource, work: (runner: QueryRunner) => Promise<T>): Promise<T> {
  const initialisedHere = !dataSource.isInitialized;
  if (initialisedHere) await dataSource.initialize();
  const runner = dataSource.createQueryRunner();
  try {
    return await work(runner);
  } finally {
    await runner.release();
    if (initialisedHere) await dataSource.destroy();
  }
}
