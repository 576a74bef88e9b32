import { randomBytes } from 'node:crypto';
import {
  APPLICATION_ROLE,
  OWNER_ROLE,
  databaseUrl,
  prepareRoles,
  roleUrl,
  withConnection,
} from '../../src/platform/database/database-roles.js';

export interface TestDatabase {
  /** Connection of the role that owns the tables: bound by no row level security it doesn't force on itself. */
  ownerUrl: string;
  /** Connection of the role the portal works as. */
  appUrl: string;
  /** Connection of a superuser, to arrange what neither of the two may. */
  adminUrl: string;
  /** Also cuts connections that a test forgot. */
  drop(): Promise<void>;
}

/** Clones the migrated template, reference data included, for one test file. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { RENKEI_TEST_ADMIN_URL: server, RENKEI_TEST_TEMPLATE: template } = process.env;
  if (!server || !template)
    throw new Error('Run this test in the Jest project "medium": it has the database.');
  const name = newName();
  await onServer(server, `CREATE DATABASE ${name} TEMPLATE ${template} OWNER ${OWNER_ROLE}`);
  return testDatabase(server, name);
}

/** One that has nothing yet but its roles, for what has to be there before the migrations. */
export async function createBareTestDatabase(): Promise<TestDatabase> {
  const { RENKEI_TEST_ADMIN_URL: server } = process.env;
  if (!server) throw new Error('Run this test in the Jest project "medium": it has the database.');
  const name = newName();
  await prepareRoles(server, { database: name });
  return testDatabase(server, name);
}

const newName = (): string => `renkei_test_${randomBytes(6).toString('hex')}`;

function testDatabase(server: string, name: string): TestDatabase {
  const adminUrl = databaseUrl(server, name);
  const password = decodeURIComponent(new URL(server).password);
  return {
    ownerUrl: roleUrl(adminUrl, OWNER_ROLE, password),
    appUrl: roleUrl(adminUrl, APPLICATION_ROLE, password),
    adminUrl,
    drop: () => onServer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

async function onServer(adminUrl: string, statement: string): Promise<void> {
  await withConnection(adminUrl, (admin) => admin.query(statement));
}
