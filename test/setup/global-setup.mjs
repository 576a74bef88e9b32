/**
 * Once per run: a PostgreSQL server, and on it a template database with the migrations and the reference data,
 * of which each test file clones its own (see test-database.ts).
 *
 * TEST_DATABASE_URL, a superuser's connection, names an existing server to use instead of a throwaway one.
 * If renkei_owner and renkei_app exist there, their password must be that superuser's.
 */
import { createDataSource } from '../../dist/src/platform/database/data-source.js';
import {
  OWNER_ROLE,
  databaseUrl,
  prepareRoles,
  roleUrl,
  withConnection,
} from '../../dist/src/platform/database/database-roles.js';
import { migrate } from '../../dist/src/platform/database/migrate.js';
import { loadMaster } from '../../dist/src/registry/master-data.js';
import { fastestFolder, startTestCluster } from './test-cluster.mjs';

const TEMPLATE = 'renkei_template';

export default async function globalSetup() {
  const cluster = process.env.TEST_DATABASE_URL ? undefined : await startTestCluster();
  const adminUrl = cluster?.adminUrl ?? process.env.TEST_DATABASE_URL;
  globalThis.removeTestDatabases = () => (cluster ? cluster.remove() : dropTemplate(adminUrl));
  try {
    await makeTemplate(adminUrl);
  } catch (error) {
    // Jest doesn't call the teardown after a failed setup.
    await globalThis.removeTestDatabases();
    throw error;
  }
  process.env.RENKEI_TEST_ADMIN_URL = adminUrl;
  process.env.RENKEI_TEST_TEMPLATE = TEMPLATE;
  process.env.RENKEI_TEST_FOLDER = fastestFolder();
}

async function makeTemplate(adminUrl) {
  const password = decodeURIComponent(new URL(adminUrl).password) || undefined;
  await dropTemplate(adminUrl);
  await prepareRoles(adminUrl, {
    database: TEMPLATE,
    ownerPassword: password,
    applicationPassword: password,
  });
  await fillTemplate(roleUrl(databaseUrl(adminUrl, TEMPLATE), OWNER_ROLE, password));
  // Cloning fails while anybody, be it a forgotten client, is connected to the template.
  await withConnection(adminUrl, (admin) =>
    admin.query(`ALTER DATABASE ${TEMPLATE} WITH ALLOW_CONNECTIONS false`),
  );
}

async function fillTemplate(ownerUrl) {
  const dataSource = createDataSource(ownerUrl);
  await dataSource.initialize();
  try {
    await migrate(dataSource);
    await loadMaster(dataSource);
  } finally {
    await dataSource.destroy();
  }
}

async function dropTemplate(adminUrl) {
  await withConnection(adminUrl, (admin) => admin.query(`DROP DATABASE IF EXISTS ${TEMPLATE} WITH (FORCE)`));
}
