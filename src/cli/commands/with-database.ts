import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../platform/database/data-source.js';
import { DatabaseCheck } from '../../platform/database/database-check.js';
import { Database } from '../../platform/database/database.service.js';
import { openDatabase, openEmbeddedDatabase } from '../database.js';

/**
 * The portal's database for a command that needs nothing else of the portal: neither settings nor keys, and no portal has
 * to run. Goes in as `renkei_app`, like the portal.
 *
 * @param demo the demo's database in the data folder, in place of the portal's
 */
export async function withDatabase<T>(demo: boolean, work: (database: Database) => Promise<T>): Promise<T> {
  const opened = await (demo ? openEmbeddedDatabase('renkei_demo') : openDatabase());
  const dataSource = new DataSource({ ...dataSourceOptions(opened.appUrl), poolSize: 2 });
  try {
    await dataSource.initialize();
    await new DatabaseCheck(dataSource).assertFit();
    return await work(new Database(dataSource));
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
    await opened.release();
  }
}
