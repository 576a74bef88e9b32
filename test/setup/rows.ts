import { withConnection } from '../../src/platform/database/database-roles.js';
import type { TestPortal } from './test-portal.js';

/** A table with row-level security, and how its rows are seen to hang on a registration. */
export interface WalledTable {
  readonly name: string;
  /** `registration_id`, `id` for the registration itself, or null where a row knows none. */
  readonly owner: string | null;
}

/** Every table that has row-level security, as the database says. */
export const walledTables = ({ database }: TestPortal): Promise<WalledTable[]> =>
  withConnection(database.adminUrl, async (admin) => {
    const { rows } = await admin.query<WalledTable>(
      `SELECT c.relname AS name,
              CASE WHEN c.relname = 'registration' THEN 'id'
                   ELSE (SELECT a.attname::text FROM pg_attribute a
                          WHERE a.attrelid = c.oid AND a.attname = 'registration_id' AND NOT a.attisdropped) END AS owner
         FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relrowsecurity ORDER BY 1`,
    );
    return rows;
  });

/**
 * What stands in the database, read by a superuser: for each table with row-level security its rows as text, sorted.
 *
 * @param registrationId only rows of this registration, from the tables that know one
 */
export async function rowsOf(
  portal: TestPortal,
  registrationId: string | null = null,
): Promise<Record<string, string[]>> {
  const tables = await walledTables(portal);
  return withConnection(portal.database.adminUrl, async (admin) => {
    const read: Record<string, string[]> = {};
    for (const { name, owner } of tables) {
      if (registrationId !== null && owner === null) continue;
      const { rows } = await admin.query<{ row: string }>(
        `SELECT t::text AS row FROM ${name} t ${registrationId === null ? '' : `WHERE ${owner} = $1`} ORDER BY 1`,
        registrationId === null ? [] : [registrationId],
      );
      read[name] = rows.map(({ row }) => row);
    }
    return read;
  });
}
