import { v7 as uuidv7 } from 'uuid';
import { Audit } from '../../src/platform/audit/audit.service.js';
import { AuditSealer } from '../../src/platform/audit/audit-sealer.js';
import type { Head } from '../../src/platform/audit/chain.js';
import { AuditVerification, type Verification } from '../../src/platform/audit/verification.service.js';
import { withConnection } from '../../src/platform/database/database-roles.js';
import { Database } from '../../src/platform/database/database.service.js';
import type { Tx } from '../../src/platform/database/tx.js';
import type { TestPortal } from '../setup/test-portal.js';

/** One event with personal values, as use cases write them. */
export const writeEvent = ({ app }: TestPortal, tx: Tx, name = '小野寺 真理'): Promise<void> =>
  app.get(Audit).record(tx, 'registration.confirmed', {
    subjectId: uuidv7(),
    details: { version: 1, method: 'confirmation' },
    personal: { name },
  });

/** So many, each in a transaction of its own, one after the other. */
export async function writeEvents(portal: TestPortal, count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    await portal.app.get(Database).asSystem('test', (tx) => writeEvent(portal, tx));
  }
}

export const seal = ({ app }: TestPortal): Promise<number> => app.get(AuditSealer).seal();

export const verify = ({ app }: TestPortal, mailed: Head | null = null): Promise<Verification> =>
  app.get(AuditVerification).verify(mailed);

/** What somebody does who has got hold of the database itself: no wall, no trigger and no foreign key binds them. */
export async function asIntruder(
  { database }: TestPortal,
  sql: string,
  parameters: unknown[] = [],
): Promise<number> {
  return withConnection(database.adminUrl, async (admin) => {
    await admin.query('SET session_replication_role = replica');
    return (await admin.query(sql, parameters)).rowCount ?? 0;
  });
}

export const rowsOf = <Row>(
  { database }: TestPortal,
  sql: string,
  parameters: unknown[] = [],
): Promise<Row[]> =>
  withConnection(database.adminUrl, async (admin) => (await admin.query(sql, parameters)).rows as Row[]);
