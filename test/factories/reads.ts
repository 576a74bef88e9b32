import { READ_OPERATIONS } from '../../src/platform/personal-reads/read-operations.js';
import type { TestPortal } from '../setup/test-portal.js';
import type { SignedIn } from './people.js';
import { rowsOf } from './trail.js';

export interface Read {
  readonly operation: string;
  readonly type: string;
  readonly id: string;
  readonly registrationId: string | null;
}

/** Where it is played: `staff`, a reviewer and admin, is the one whose reads are looked at. */
export interface Stage {
  readonly portal: TestPortal;
  readonly staff: SignedIn;
  readonly colleague: SignedIn;
}

export interface Noted {
  readonly found: Read[];
  readonly expected: Read[];
}

export const allReads = (s: Stage): Promise<Read[]> =>
  rowsOf<Read>(
    s.portal,
    `SELECT operation, subject_type AS type, subject_id AS id, registration_id AS "registrationId"
       FROM personal_read r WHERE session_id = $1
        AND account_id = (SELECT account_id FROM session s WHERE s.id = r.session_id) ORDER BY id`,
    [s.staff.viewer.sessionId],
  );

/** What the staff were shown by a piece of work. */
export async function readsBy(
  s: Stage,
  work: () => Promise<{ status: number }>,
  status = 200,
): Promise<Read[]> {
  const before = (await allReads(s)).length;
  expect((await work()).status).toBe(status);
  return (await allReads(s)).slice(before);
}

export const read = (
  operation: keyof typeof READ_OPERATIONS,
  id: string,
  registrationId: string | null = id,
): Read => ({
  operation,
  type: READ_OPERATIONS[operation],
  id,
  registrationId,
});
