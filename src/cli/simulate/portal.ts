import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../../app.module.js';
import { demoSettings } from '../../config/env.js';
import { generateKeysFile, Keys } from '../../config/keys.js';
import type { DemoRow } from '../../demo/demo.repository.js';
import { DemoSeed } from '../../demo/demo.seed.js';
import { withConnection } from '../../platform/database/database-roles.js';
import { Database } from '../../platform/database/database.service.js';
import { startEmbeddedPostgres } from '../../platform/database/embedded-postgres.js';
import { prepareDatabase } from '../database.js';
import { bindFunctions, FakedClock, installFakedClock } from './faked-clock.js';

/** The portal's services on a database of their own, whose clock the simulation sets. */
export interface SimulatedPortal {
  readonly app: INestApplicationContext;
  readonly database: Database;
  readonly clock: FakedClock;
  readonly rows: readonly DemoRow[];
  /** What PostgreSQL does by itself in a year's time has to be done for it in a minute's: it plans by what it has counted. */
  analyse(): Promise<void>;
  close(): Promise<void>;
}

/**
 * A portal with the demo's 372 registrations and staff, on the first day of the simulation.
 *
 * @param dir of an embedded PostgreSQL for the whole run @param name of a database that isn't there yet
 * @param start ISO 8601
 */
export async function openPortal(dir: string, name: string, start: string): Promise<SimulatedPortal> {
  const server = await startEmbeddedPostgres({ dir, database: name });
  const app = await prepare(server.ownerUrl, name, start)
    .then(() => startApp(server.appUrl))
    .catch(async (error: unknown) => {
      await server.release();
      throw error;
    });
  const clock = new FakedClock(server.ownerUrl);
  return {
    app,
    database: app.get(Database),
    clock,
    rows: await app.get(DemoSeed).fillRegister(),
    analyse: () => withConnection(server.ownerUrl, async (owner) => void (await owner.query('ANALYZE'))),
    close: async () => {
      await clock.close();
      await app.close();
      await server.release();
    },
  };
}

async function prepare(ownerUrl: string, name: string, start: string): Promise<void> {
  await installFakedClock(ownerUrl);
  await withConnection(ownerUrl, async (owner) => {
    // Nothing in it outlives the run.
    await owner.query(`ALTER DATABASE ${owner.escapeIdentifier(name)} SET synchronous_commit = off`);
  });
  const clock = new FakedClock(ownerUrl);
  await clock.set(start);
  await clock.close();
  await prepareDatabase(ownerUrl);
  await bindFunctions(ownerUrl);
}

/** Its own worker and jobs are off: the simulation lets them run when something is due. */
function startApp(databaseUrl: string): Promise<INestApplicationContext> {
  const settings = { ...demoSettings(databaseUrl, {}), worker: false };
  const keys = Keys.from(generateKeysFile(), settings.publicUrl);
  return NestFactory.createApplicationContext(AppModule.register(settings, keys), { logger: ['error'] });
}
