import type { SignedInResponse } from '../../src/accounts/sessions.dto.js';
import { SessionsService } from '../../src/accounts/sessions.service.js';
import { hashPassword } from '../../src/credentials/password.js';
import { Totp } from '../../src/credentials/totp.js';
import { AccessTokens } from '../../src/platform/access/access-token.js';
import type { Role, StaffRole } from '../../src/platform/access/permission.js';
import type { SessionViewer } from '../../src/platform/access/viewer.js';
import { Database } from '../../src/platform/database/database.service.js';
import { v7 as uuidv7 } from 'uuid';
import { type Answer, Client, type Problem } from '../setup/client.js';
import type { TestPortal } from '../setup/test-portal.js';
import type { TestRegistration } from './registrations.js';

export interface SignedIn {
  readonly client: Client;
  readonly viewer: SessionViewer;
  /** The session cookie's value, for tests that bring it back. */
  readonly cookie: string;
  /** Gives the client a new access token, for tests that go on for longer than one lasts. */
  readonly renew: () => void;
}

/** Somebody who reads the municipality's shared mailbox, signed in. */
export async function signInMember(
  portal: TestPortal,
  registration: Pick<TestRegistration, 'id' | 'mailbox'>,
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

/** What every member of staff of the tests has. */
export const PASSWORD = '長い合言葉は忘れにくいものですね';
let passwordHash: Promise<string> | undefined;

export interface StaffPerson {
  readonly accountId: string;
  readonly email: string;
  readonly factorId: string;
}

/** An active account with {@link PASSWORD} and an authenticator app. */
export async function createStaff(
  { app }: TestPortal,
  roles: readonly StaffRole[],
  name = '中邨 彩葉',
  email = `${uuidv7()}@council.example`,
): Promise<StaffPerson> {
  const person = { accountId: uuidv7(), factorId: uuidv7() };
  passwordHash ??= hashPassword(PASSWORD);
  const hash = await passwordHash;
  await app.get(Database).asSystem('test', async (tx) => {
    await tx.execute(
      `INSERT INTO account (id, email, email_key, name, roles, status, password_hash)
       VALUES ($1, $2, $2, $3, $4, 'active', $5)`,
      [person.accountId, email, name, roles, hash],
    );
    await tx.execute(
      `INSERT INTO staff_factor (id, account_id, name, confirmed_at) VALUES ($1, $2, '確認アプリ', now())`,
      [person.factorId, person.accountId],
    );
  });
  return { ...person, email };
}

/** Types address, password and a second factor, as the page does. */
export const enterPassword = (
  client: Client,
  body: object,
): Promise<Answer<SignedInResponse & Partial<Problem>>> => client.post('/auth/password', { body });

/** What the person's app shows; each step's code counts once. @param ahead half minutes from now: -1, 0 or 1 */
export async function totpOf({ app }: TestPortal, { factorId }: StaffPerson, ahead = 0): Promise<string> {
  const now = await app.get(Database).asSystem('test', async (tx) => tx.now.getTime());
  return app.get(Totp).codeAt(factorId, now + ahead * 30_000);
}

/** A new member of staff with these roles, signed in. */
export async function signInStaff(
  portal: TestPortal,
  roles: readonly StaffRole[],
  name = '中邨 彩葉',
): Promise<SignedIn & { readonly person: StaffPerson }> {
  const person = await createStaff(portal, roles, name);
  return { ...(await signInAs(portal, person, roles)), person };
}

/** One more session of somebody, without going through the sign-in. */
export async function signInAs(
  portal: TestPortal,
  { accountId }: StaffPerson,
  roles: readonly StaffRole[],
): Promise<SignedIn> {
  const { app } = portal;
  const opened = await app
    .get(Database)
    .asSystem('test', (tx) => app.get(SessionsService).open(tx, { accountId }));
  return signedIn(portal, opened, roles);
}

function signedIn(
  portal: TestPortal,
  opened: { id: string; token: string },
  roles: readonly Role[],
): SignedIn {
  const client = new Client(portal);
  const renew = (): void => {
    client.token = portal.app.get(AccessTokens).sign(opened.id, roles);
  };
  renew();
  client.cookies.set('renkei_session', opened.token);
  return { client, viewer: { kind: 'session', sessionId: opened.id }, cookie: opened.token, renew };
}
