import { Client } from 'pg';

/** Owns the database and its tables; runs the migrations. */
export const OWNER_ROLE = 'renkei_owner';
/** What the portal works as: owns nothing, so that row level security and missing grants bind it. */
export const APPLICATION_ROLE = 'renkei_app';

export interface RolesOptions {
  /** Database to create, owned by {@link OWNER_ROLE}. */
  database: string;
  /** Passwords for roles that are yet to be created; an existing role keeps its own. */
  ownerPassword?: string;
  applicationPassword?: string;
}

/** Any number will do that nothing else on the server locks. */
const ROLES_LOCK = 7_205_759_401;

/**
 * Creates what is missing of the two roles, the database and the extension in it. May be called again and by
 * several at the same time.
 *
 * @param adminUrl a superuser's connection to any other database of the server
 */
export async function prepareRoles(adminUrl: string, options: RolesOptions): Promise<void> {
  await withConnection(adminUrl, async (admin) => {
    // Of the session, not of a transaction, in which no database can be created; ends with the connection.
    await admin.query('SELECT pg_advisory_lock($1)', [ROLES_LOCK]);
    await ensureRole(admin, OWNER_ROLE, options.ownerPassword);
    await ensureRole(admin, APPLICATION_ROLE, options.applicationPassword);
    await ensureDatabase(admin, options.database);
    await withConnection(databaseUrl(adminUrl, options.database), (connection) =>
      connection.query('CREATE EXTENSION IF NOT EXISTS pg_trgm'),
    );
  });
}

async function ensureRole(admin: Client, role: string, password: string | undefined): Promise<void> {
  const { rowCount } = await admin.query('SELECT FROM pg_roles WHERE rolname = $1', [role]);
  if (rowCount) return;
  const secret = password === undefined ? '' : ` PASSWORD ${admin.escapeLiteral(password)}`;
  await admin.query(
    `CREATE ROLE ${admin.escapeIdentifier(role)} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS${secret}`,
  );
}

async function ensureDatabase(admin: Client, database: string): Promise<void> {
  const { rowCount } = await admin.query('SELECT FROM pg_database WHERE datname = $1', [database]);
  if (rowCount) return;
  await admin.query(`CREATE DATABASE ${admin.escapeIdentifier(database)} OWNER ${OWNER_ROLE}`);
}

/** The same server and role, another database. */
export function databaseUrl(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}

/** The same server and database, another role. */
export function roleUrl(url: string, role: string, password = ''): string {
  const other = new URL(url);
  other.username = role;
  other.password = password;
  return other.href;
}

/** Opens a connection whose loss is reported by the next query, not by ending the whole process. */
export async function openConnection(url: string): Promise<Client> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** Lends a connection and closes it whatever happens. */
export async function withConnection<T>(url: string, use: (client: Client) => Promise<T>): Promise<T> {
  const client = await openConnection(url);
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}
