import type { ChangeRequestResponse } from '../../src/change-requests/change-request.dto.js';
import { Database } from '../../src/platform/database/database.service.js';
import type { RegistrationDocument } from '../../src/registry/registration-document.js';
import type { Answer } from '../setup/client.js';
import { queuedMails } from '../setup/outbox.js';
import type { TestPortal } from '../setup/test-portal.js';
import { signInMember, type SignedIn } from './people.js';
import { createRegistration, type TestRegistration } from './registrations.js';

let next = 200;

/** A registration that no other test knows, and a clerk of it: the master has codes enough for all. */
export async function newRegistration(
  portal: TestPortal,
): Promise<{ registration: TestRegistration; clerk: SignedIn }> {
  const [municipality] = await portal.app
    .get(Database)
    .asSystem('test', (tx) =>
      tx.query<{ code: string }>('SELECT code FROM municipality ORDER BY code LIMIT 1 OFFSET $1', [
        (next += 1),
      ]),
    );
  const registration = await createRegistration(portal, municipality?.code);
  return { registration, clerk: await signInMember(portal, registration) };
}

export const withPhone = (
  document: RegistrationDocument,
  mainPhone = '0155-00-9999',
): RegistrationDocument => ({
  ...document,
  mainPhone,
});

/** The same with another mailbox of the first department. */
export const withMailbox = (document: RegistrationDocument, email: string): RegistrationDocument => ({
  ...document,
  departments: document.departments.map((department, index) =>
    index === 0 ? { ...department, email } : department,
  ),
});

export const submit = (
  who: SignedIn,
  registration: TestRegistration,
  proposed: unknown,
  ifMatch: string | number = 1,
): Promise<Answer<ChangeRequestResponse & { code?: string }>> =>
  who.client.post(`/registrations/${registration.id}/change-requests`, { ifMatch, body: { proposed } });

/** Kinds of the mails that are queued for a mailbox, oldest first. */
export const mailsTo = async (portal: TestPortal, recipient: string): Promise<string[]> =>
  (await queuedMails(portal)).filter((mail) => mail.recipient === recipient).map(({ kind }) => kind);
