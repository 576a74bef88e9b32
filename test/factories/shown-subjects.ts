import type { ChangeRequestResponse } from '../../src/change-requests/change-request.dto.js';
import { Database } from '../../src/platform/database/database.service.js';
import { undeliverableTask } from '../../src/platform/outbox/outbox.tasks.js';
import { Tasks } from '../../src/platform/tasks/tasks.service.js';
import { diffRegistrations } from '../../src/registry/registration-diff.js';
import { RegistrationsService } from '../../src/registry/registrations.service.js';
import { v7 as uuidv7 } from 'uuid';
import { newRegistration, submit, withPhone } from './change-requests.js';
import type { SignedIn } from './people.js';
import type { TestRegistration } from './registrations.js';
import type { Stage } from './reads.js';
import { rowsOf } from './trail.js';

/** A change request under review of a municipality of its own. */
export async function request(s: Stage): Promise<{
  registration: TestRegistration;
  clerk: SignedIn;
  sent: ChangeRequestResponse;
  path: string;
}> {
  const { registration, clerk } = await newRegistration(s.portal);
  const { body: sent } = await submit(clerk, registration, withPhone(registration.document));
  return { registration, clerk, sent, path: `/change-requests/${sent.id}` };
}

/** Changes the registration under an open request, as an import does. */
export async function move(s: Stage, { id, document }: TestRegistration): Promise<void> {
  const moved = withPhone(document, '0155-00-5555');
  await s.portal.app.get(Database).asSystem('test', (tx) =>
    s.portal.app.get(RegistrationsService).apply(tx, {
      registrationId: id,
      baseVersion: 1,
      document: moved,
      changes: diffRegistrations(document, moved),
      cause: 'import',
      changeRequestId: null,
      proposedBy: '名簿',
      decidedBy: null,
    }),
  );
}

/** A request of the staff's own, which they may go on with like a clerk. */
export async function ownRequest(
  s: Stage,
  state: 'returned' | 'open',
  handover = false,
): Promise<ChangeRequestResponse> {
  const { registration } = await newRegistration(s.portal);
  const path = `/registrations/${registration.id}/${handover ? 'handovers' : 'change-requests'}`;
  const body = handover ? handoverOf(registration) : { proposed: withPhone(registration.document) };
  const { body: sent } = await s.staff.client.post<ChangeRequestResponse>(path, { ifMatch: 1, body });
  if (state === 'open') return sent;
  const reason = 'お確かめください。';
  const back = { ifMatch: sent.version, body: { reason } };
  return (await s.colleague.client.post<ChangeRequestResponse>(`/change-requests/${sent.id}/return`, back))
    .body;
}

export const handoverOf = ({ document }: TestRegistration): Record<string, unknown> => ({
  outgoingContactId: document.contacts[1]?.id,
  incoming: { name: '三枝 千紘' },
  effectiveOn: new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10),
});

/** Makes a request that the rules let pass at once, whether they do or not. */
export const letPass = (s: Stage, id: string): Promise<unknown> =>
  rowsOf(s.portal, `UPDATE change_request SET decided_by_rule = 1 WHERE id = $1`, [id]);

/** Puts a mailbox that nobody reads into the office's list. */
export async function undeliverable(s: Stage): Promise<{ id: string; registrationId: string }> {
  const { registration } = await newRegistration(s.portal);
  const subjectId = uuidv7();
  const task = { subjectId, registrationId: registration.id, title: `${registration.mailbox}　お知らせ` };
  await s.portal.app
    .get(Database)
    .asSystem('test', (tx) => s.portal.app.get(Tasks).open(tx, undeliverableTask, task));
  const [row] = await rowsOf<{ id: string }>(s.portal, 'SELECT id FROM task WHERE subject_id = $1', [
    subjectId,
  ]);
  return { id: row?.id ?? '', registrationId: registration.id };
}
