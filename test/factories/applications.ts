import type {
  ApplicationPage,
  ApplicationResponse,
  AppliedResponse,
} from '../../src/memberships/application.dto.js';
import { Database } from '../../src/platform/database/database.service.js';
import type { TaskPage, TaskResponse } from '../../src/platform/tasks/task.dto.js';
import { type Answer, Client, type Problem } from '../setup/client.js';
import { mailedCode, queuedMails } from '../setup/outbox.js';
import type { TestPortal } from '../setup/test-portal.js';
import type { SignedIn } from './people.js';

let next = 1000;

/** A municipality that no other test knows and that isn't registered. */
export async function freeCode(portal: TestPortal): Promise<string> {
  const [municipality] = await portal.app
    .get(Database)
    .asSystem('test', (tx) =>
      tx.query<{ code: string }>('SELECT code FROM municipality ORDER BY code LIMIT 1 OFFSET $1', [
        (next += 1),
      ]),
    );
  return municipality?.code ?? '';
}

/** A registration as an applicant types it: one department and one person, with a mailbox each. */
export const proposalOf = (host: string): Record<string, unknown> => ({
  mainPhone: '0889-00-1110',
  primaryDepartmentId: 'new-1',
  departments: [{ id: 'new-1', name: '企画財政課', email: `kikaku@${host}` }],
  contacts: [
    { id: 'new-2', departmentId: 'new-1', name: '髙﨑 澪里', email: `takasaki@${host}`, role: 'primary' },
  ],
});

export const apply = (
  portal: TestPortal,
  municipalityCode: string,
  host: string,
  changes: Record<string, unknown> = {},
  client = new Client(portal),
): Promise<Answer<AppliedResponse & Pick<Problem, 'code' | 'errors'>>> =>
  client.post('/applications', {
    body: { municipalityCode, proposed: proposalOf(host), applicantName: '髙﨑 澪里', ...changes },
  });

/** Types the newest code that a mailbox was mailed for an application. */
export async function answer(
  portal: TestPortal,
  mailbox: string,
  code?: string,
): Promise<Answer<Problem & { remaining?: number; receiptNumber?: string }>> {
  const kind = 'membership.verify-address';
  const mail = (await queuedMails(portal)).findLast((m) => m.kind === kind && m.recipient === mailbox);
  return new Client(portal).post(`/verifications/${mail?.codeChallengeId}`, {
    body: { code: code ?? (await mailedCode(portal, kind, mailbox)) },
  });
}

/** An application as a reviewer finds it by its number. */
export async function findApplication(reviewer: SignedIn, number: string): Promise<ApplicationResponse> {
  const { items } = (await reviewer.client.get<ApplicationPage>('/applications?limit=500')).body;
  const id = items.find((item) => item.number === number)?.id;
  return (await reviewer.client.get<ApplicationResponse>(`/applications/${id}`)).body;
}

/** An application that every mailbox has answered, of a municipality of its own unless one is named. */
export async function applied(
  portal: TestPortal,
  reviewer: SignedIn,
  code?: string,
): Promise<ApplicationResponse & { host: string }> {
  const municipalityCode = code ?? (await freeCode(portal));
  const host = `a${(next += 1)}.example`;
  const sent = await apply(portal, municipalityCode, host);
  for (const mailbox of sent.body.awaiting) await answer(portal, mailbox);
  return { ...(await findApplication(reviewer, sent.body.number)), host };
}

/** Types of what the trail tells of something, oldest first. */
export async function trailOf(portal: TestPortal, subjectId: string): Promise<string[]> {
  const events = await portal.app
    .get(Database)
    .asSystem('test', (tx) =>
      tx.query<{ type: string }>('SELECT type FROM audit_event WHERE subject_id = $1 ORDER BY id', [
        subjectId,
      ]),
    );
  return events.map(({ type }) => type);
}

/** What waits for a reviewer about something. */
export const tasksAbout = async (reviewer: SignedIn, subjectId: string): Promise<TaskResponse[]> =>
  (await reviewer.client.get<TaskPage>('/tasks?limit=500')).body.items.filter(
    (task) => task.subjectId === subjectId,
  );

export const countApplications = async (reviewer: SignedIn): Promise<number> =>
  (await reviewer.client.get<ApplicationPage>('/applications')).body.total;
