import type { Client } from 'pg';
import { openConnection, withConnection } from '../../platform/database/database-roles.js';

/**
 * A clock that can be set, in a database that was made for it: for tests and the simulation, and for nothing else.
 *
 * Whatever falls due in the portal is judged by PostgreSQL's `now()`, written without a schema. So a schema with
 * functions of the same names, found before `pg_catalog`, puts all of it, defaults, policies and functions included, on
 * another date, for every connection and every process that works on the database. The portal's code knows nothing
 * of it.
 */

/** `public` stays first, since tables are created in the first; naming `pg_catalog` makes it come last. */
const SEARCH_PATH = 'public, faked, pg_catalog';

/**
 * Puts a clock that can be set into a new database. The migrations have to run afterwards, on connections opened
 * afterwards, so that what they create means the faked functions; then comes {@link bindFunctions}.
 *
 * @param ownerUrl connection of the owner of the database, or a superuser
 * @throws Error where the database has been migrated: a portal's own database is never to be touched
 */
export async function installFakedClock(ownerUrl: string): Promise<void> {
  await withConnection(ownerUrl, async (owner) => {
    const { rows } = await owner.query<{ name: string; used: boolean }>(
      `SELECT current_database() AS name, to_regclass('public.schema_migration') IS NOT NULL AS used`,
    );
    const [database] = rows;
    if (!database || database.used) throw new Error('a faked clock goes into a new database only');
    await owner.query(FAKED_SCHEMA);
    await owner.query(
      `ALTER DATABASE ${owner.escapeIdentifier(database.name)} SET search_path = ${SEARCH_PATH}`,
    );
  });
}

/** Lets the functions that set a search path of their own see the faked clock, too. To be called after the migrations. */
export async function bindFunctions(ownerUrl: string): Promise<void> {
  await withConnection(ownerUrl, (owner) => owner.query(BIND_FUNCTIONS));
}

/** Time that {@link FakedClock.advance} lets pass; what isn't given is 0. */
export interface Span {
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
}

/** Sets the clock of one database. It runs on from where it was set, as fast as the real one. */
export class FakedClock {
  /** Opened when first needed and kept: a simulated year sets it hundreds of times. */
  private connection: Promise<Client> | null = null;

  /** @param ownerUrl connection of the owner of a database with {@link installFakedClock} */
  constructor(private readonly ownerUrl: string) {}

  /** @param instant ISO 8601 with an offset, such as `2028-02-29T08:59:00+09:00` */
  async set(instant: string): Promise<void> {
    await this.insert('extract(epoch FROM $1::timestamptz - pg_catalog.clock_timestamp())', instant);
  }

  /** A day is 24 hours: Japan has no summer time. */
  async advance({ days = 0, hours = 0, minutes = 0 }: Span): Promise<void> {
    await this.insert(
      'extract(epoch FROM clock_timestamp() - pg_catalog.clock_timestamp()) + $1::numeric',
      ((days * 24 + hours) * 60 + minutes) * 60,
    );
  }

  /** What the database says now. */
  async now(): Promise<Date> {
    const { rows } = await (await this.owner()).query<{ now: Date }>('SELECT clock_timestamp() AS now');
    if (!rows[0]) throw new Error('the database tells no time');
    return rows[0].now;
  }

  async close(): Promise<void> {
    await (await this.connection)?.end();
    this.connection = null;
  }

  private async insert(seconds: string, value: string | number): Promise<void> {
    await (
      await this.owner()
    ).query(
      // Seconds, not days: a day of an interval is 23 or 25 hours long where the server has summer time.
      `INSERT INTO faked.clock (set_at, shift)
       SELECT pg_catalog.clock_timestamp(), make_interval(secs => (${seconds})::double precision)`,
      [value],
    );
  }

  private owner(): Promise<Client> {
    return (this.connection ??= openConnection(this.ownerUrl));
  }
}

/**
 * Each setting is a row with the real time at which it was made, and `now()` goes by the last one before its
 * transaction began: so it stays the same within a transaction, whoever sets the clock meanwhile.
 *
 * `uuidv7()` is left alone. Many ids are made in the portal's process, whose clock is the real one; as long as both
 * make them by the same clock, ids of one table sort in the order in which they were made.
 */
const FAKED_SCHEMA = `
  CREATE SCHEMA faked;
  CREATE TABLE faked.clock (
    set_at timestamptz NOT NULL PRIMARY KEY,
    shift interval NOT NULL
  );
  INSERT INTO faked.clock VALUES ('-infinity', '0');

  CREATE FUNCTION faked.shift_at(real_time timestamptz) RETURNS interval LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (SELECT shift FROM faked.clock WHERE set_at <= real_time ORDER BY set_at DESC LIMIT 1);
  CREATE FUNCTION faked.now() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
    RETURN pg_catalog.now() + faked.shift_at(pg_catalog.now());
  CREATE FUNCTION faked.transaction_timestamp() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
    RETURN faked.now();
  CREATE FUNCTION faked.statement_timestamp() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
    RETURN pg_catalog.statement_timestamp() + faked.shift_at(pg_catalog.statement_timestamp());
  CREATE FUNCTION faked.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE PARALLEL SAFE
    RETURN (SELECT t + faked.shift_at(t) FROM (SELECT pg_catalog.clock_timestamp() AS t OFFSET 0) read);

  GRANT USAGE ON SCHEMA faked TO PUBLIC;
  GRANT SELECT ON faked.clock TO PUBLIC;`;

const BIND_FUNCTIONS = `
  DO $$
  DECLARE
    bound regprocedure;
  BEGIN
    FOR bound IN
      SELECT p.oid::regprocedure FROM pg_proc p
       WHERE p.pronamespace = 'public'::regnamespace
         AND EXISTS (SELECT FROM unnest(p.proconfig) AS c (setting) WHERE c.setting LIKE 'search_path=%')
    LOOP
      EXECUTE format('ALTER FUNCTION %s SET search_path = ${SEARCH_PATH}, pg_temp', bound);
    END LOOP;
  END $$`;
