import path from 'node:path';
import { dataDirFrom, externalDatabaseUrl, SettingsError } from '../config/env.js';
import { createDataSource } from '../platform/database/data-source.js';
import { startEmbeddedPostgres } from '../platform/database/embedded-postgres.js';
import { migrate } from '../platform/database/migrate.js';
import { loadMaster } from '../registry/master-data.js';

/** The database that the portal works on, and how to let go of it. */
export interface PortalDatabase {
  readonly appUrl: string;
  release(): Promise<void>;
}

/** Migrates and loads the master: all that a database needs before the portal can serve. */
export async function prepareDatabase(
  ownerUrl: string,
): Promise<{ migrations: string[]; municipalities: number }> {
  const owner = createDataSource(ownerUrl);
  await owner.initialize();
  try {
    const migrations = await migrate(owner);
    return { migrations, municipalities: await loadMaster(owner) };
  } finally {
    await owner.destroy();
  }
}

/** Starts, or joins, the embedded PostgreSQL in the data folder, and prepares it. */
export async function openEmbeddedDatabase(name: string): Promise<PortalDatabase> {
  const dir = path.resolve(dataDirFrom());
  const server = await startEmbeddedPostgres({ dir, database: name }).catch((error: unknown) => {
    throw new SettingsError(error instanceof Error ? error.message : String(error));
  });
  try {
    await prepareDatabase(server.ownerUrl);
  } catch (error) {
    await server.release();
    throw error;
  }
  return { appUrl: server.appUrl, release: () => server.release() };
}

/** The database of `DATABASE_URL`, or else the embedded one. An external one is migrated by a step of its own. */
export async function openDatabase(): Promise<PortalDatabase> {
  const appUrl = externalDatabaseUrl();
  return appUrl === null ? openEmbeddedDatabase('renkei') : { appUrl, release: async () => undefined };
}
