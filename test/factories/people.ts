import { SessionsService } from '../../src/accounts/sessions.service.js';
import { AccessTokens } from '../../src/platform/access/access-token.js';
import type { Role, StaffRole } from '../../src/platform/access/permission.js';
import type { SessionViewer } from '../../src/platform/access/viewer.js';
import { Database } from '../../src/platform/database/database.service.js';
import { v7 as uuidv7 } from 'uuid';
import { Client } from '../setup/client.js';
import type { TestPortal } from '../setup/test-portal.js';
import type { TestRegistration } from './registrations.js';

export interface SignedIn {
  readonly client: Client;
  readonly viewer: SessionViewer;
  /** The session cookie's value, for tests that bring it back. */
  readonly cookie: string;
}

/** Somebody who reads the municipality's shared mailbox, signed in. */
export async function signInMember(
  portal: TestPortal,
  registration: TestRegistration,
  operatorName = '小野寺 真理',
): Promise<SignedIn> {
  const { app } = portal;
  const opened = await app
    .get(Database)
    .asSystem('test', (tx) =>
      app
        .get(SessionsService)
        .open(tx, { registrationId: registration.id, mailbox: registration.mailbox, operatorName }),
    );
  return signedIn(portal, opened, ['member']);
}

/** A new member of staff with these roles, signed in. */
export async function signInStaff(
  portal: TestPortal,
  roles: readonly StaffRole[],
  name = '中邨 彩葉',
): Promise<SignedIn> {
  const { app } = portal;
  const accountId = uuidv7();
  const opened = await app.get(Database).asSystem('test', async (tx) => {
    await tx.execute(
      `INSERT INTO account (id, email, email_key, name, roles, status, password_hash)
       VALUES ($1, $2, $2, $3, $4, 'active', 'not a hash')`,
      [accountId, `${accountId}@council.example`, name, roles],
    );
    return app.get(SessionsService).open(tx, { accountId });
  });
  return signedIn(portal, opened, roles);
}

function signedIn(
  portal: TestPortal,
  opened: { id: string; token: string },
  roles: readonly Role[],
): SignedIn {
  const client = new Client(portal);
  client.token = portal.app.get(AccessTokens).sign(opened.id, roles);
  client.cookies.set('renkei_session', opened.token);
  return { client, viewer: { kind: 'session', sessionId: opened.id }, cookie: opened.token };
}
