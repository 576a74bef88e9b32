import type { TaskPage } from '../../src/platform/tasks/task.dto.js';
import type { ClaimedResponse, NoteCallDto, RecoveryResponse } from '../../src/recoveries/recovery.dto.js';
import { Database } from '../../src/platform/database/database.service.js';
import { type Answer, Client, type Problem } from '../setup/client.js';
import { mailedCode } from '../setup/outbox.js';
import type { TestPortal } from '../setup/test-portal.js';
import { signInStaff, type SignedIn } from './people.js';
import type { TestRegistration } from './registrations.js';

/** A number that no claim of {@link claimOf} holds. */
export const OFFICIAL_NUMBER = '0155-00-2110';
export const CLAIMED_NUMBER = '0155-00-4444';

/** What an answer has where it is a problem. */
type Refusal = { code?: string; title?: string; errors?: Problem['errors'] };

/** The mailbox that {@link claimOf} claims. */
export const claimedMailbox = ({ code }: TestRegistration): string => `kikaku@new${code}.example`;

/** A mailbox of somebody who stays when the address was lost. */
export const deputyMailbox = ({ code }: TestRegistration): string => `takasaki@t${code}.example`;

export const claimOf = (
  registration: TestRegistration,
  kind: 'lost-address' | 'everyone-left' = 'everyone-left',
  email = claimedMailbox(registration),
): Record<string, unknown> & { department: Record<string, unknown> } => ({
  municipalityCode: registration.code,
  kind,
  department: { name: '政策推進課', email, phone: CLAIMED_NUMBER },
  contact: { name: '大槻 千尋', title: '主査' },
  message: '異動で前任の者がいなくなりました。',
});

export const claim = (
  portal: TestPortal,
  body: unknown,
  client = new Client(portal),
): Promise<Answer<ClaimedResponse & Refusal>> => client.post('/recoveries', { body });

export const recoveryId = async (portal: TestPortal, number: string): Promise<string> => {
  const [row] = await portal.app
    .get(Database)
    .asSystem('test', (tx) =>
      tx.query<{ id: string }>('SELECT id FROM recovery WHERE number = $1', [number]),
    );
  return row?.id ?? '';
};

/** Types the code that a claimed mailbox was mailed. */
export async function typeCode(portal: TestPortal, mailbox: string): Promise<Answer<Problem>> {
  const [row] = await portal.app
    .get(Database)
    .asSystem('test', (tx) =>
      tx.query<{ number: string }>(
        'SELECT number FROM address_verification WHERE email = $1 ORDER BY id DESC LIMIT 1',
        [mailbox],
      ),
    );
  const code = await mailedCode(portal, 'recovery.verify-address', mailbox);
  return new Client(portal).post(`/verifications/${row?.number}`, { body: { code } });
}

/** A claim whose mailbox has answered. @returns its path */
export async function verifiedClaim(
  portal: TestPortal,
  registration: TestRegistration,
  kind: 'lost-address' | 'everyone-left' = 'everyone-left',
  mailbox = claimedMailbox(registration),
): Promise<{ id: string; path: string; number: string }> {
  const { body } = await claim(portal, claimOf(registration, kind, mailbox));
  await typeCode(portal, mailbox);
  const id = await recoveryId(portal, body.number);
  return { id, path: `/recoveries/${id}`, number: body.number };
}

export const noteCall = (
  who: SignedIn,
  path: string,
  call: Partial<NoteCallDto> = {},
): Promise<Answer<RecoveryResponse & Refusal>> =>
  who.client.post(`${path}/calls`, {
    body: {
      numberCalled: OFFICIAL_NUMBER,
      source: 'official-site',
      spokeWith: '総務課の方',
      outcome: 'confirmed',
      ...call,
    },
  });

/** The two of the staff that a recovery takes, and what they look at. */
export interface Desk {
  readonly caller: SignedIn;
  readonly second: SignedIn;
  rows<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
  get(path: string): Promise<RecoveryResponse>;
  agree(path: string, ifMatch: number, who?: SignedIn): Promise<Answer<RecoveryResponse & Refusal>>;
  /** Kinds and weights of what is open about a thing. */
  openTasks(subjectId: string): Promise<string[]>;
  /** Types of its audit events, oldest first. */
  trailOf(subjectId: string): Promise<string[]>;
}

export async function openDesk(portal: TestPortal): Promise<Desk> {
  const caller = await signInStaff(portal, ['reviewer'], '中邨 彩葉');
  const second = await signInStaff(portal, ['reviewer'], '藤澤 理久');
  const rows = <Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> =>
    portal.app.get(Database).asSystem('test', (tx) => tx.query<Row>(sql, parameters));
  return {
    caller,
    second,
    rows,
    get: async (path) => (await caller.client.get<RecoveryResponse>(path)).body,
    agree: (path, ifMatch, who = second) => who.client.post(`${path}/agree`, { ifMatch }),
    openTasks: async (subjectId) =>
      (await caller.client.get<TaskPage>('/tasks?limit=500')).body.items
        .filter((task) => task.subjectId === subjectId)
        .map(({ kind, weight }) => `${kind} ${weight}`),
    trailOf: async (subjectId) => {
      const events = await rows<{ type: string }>(
        'SELECT type FROM audit_event WHERE subject_id = $1 ORDER BY id',
        [subjectId],
      );
      return events.map(({ type }) => type);
    },
  };
}
