import { DataSource, type DataSourceOptions } from 'typeorm';
import { migrations } from '../../../migrations/index.js';
import { SnakeCaseNamingStrategy } from './naming-strategy.js';

type PostgresOptions = Extract<DataSourceOptions, { type: 'postgres' }>;

/** What every connection of the portal has in common, whichever role it signs in with. */
export function dataSourceOptions(url: string): PostgresOptions {
  return {
    type: 'postgres',
    url,
    applicationName: 'renkei-portal',
    namingStrategy: new SnakeCaseNamingStrategy(),
    synchronize: false,
    installExtensions: false,
    poolSize: 10,
    // A statement that waits longer than this has met a bug or a lock; the clerk gets an answer either way.
    // Whoever waits longer for a free connection gets 503 and may come again.
    extra: {
      statement_timeout: 15_000,
      idle_in_transaction_session_timeout: 30_000,
      connectionTimeoutMillis: 10_000,
    },
  };
}

/**
 * A data source that knows the migrations, for the owner's role.
 *
 * @param url PostgreSQL connection string of the owner of the schema
 */
export function createDataSource(url: string): DataSource {
  return new DataSource({
    ...dataSourceOptions(url),
    poolSize: 2,
    extra: {},
    migrations,
    migrationsTableName: 'schema_migration',
    migrationsTransactionMode: 'each',
  });
}
