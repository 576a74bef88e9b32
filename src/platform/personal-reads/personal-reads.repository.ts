import type { Tx } from '../database/tx.js';

/** Plain functions, so that {@link noteReads} needs nothing but the transaction. */

export interface NewReads {
  readonly sessionId: string;
  readonly accountId: string;
  readonly operation: string;
  readonly subjectType: string;
  readonly subjects: readonly { readonly id: string; readonly registrationId: string | null }[];
}

/** What a session was shown of one municipality by one operation. */
export interface ReadsOfMunicipality {
  /** `北海道音更町`; null where what was shown has gone. */
  readonly municipality: string | null;
  readonly operation: string;
  readonly count: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
}

export async function insertReads(tx: Tx, reads: NewReads): Promise<void> {
  await tx.execute(
    `INSERT INTO personal_read (id, session_id, account_id, operation, subject_type, subject_id, registration_id)
     SELECT uuidv7(), $1, $2, $3, $4, s.id, s.registration_id
       FROM unnest($5::uuid[], $6::uuid[]) AS s (id, registration_id)`,
    [
      reads.sessionId,
      reads.accountId,
      reads.operation,
      reads.subjectType,
      reads.subjects.map(({ id }) => id),
      reads.subjects.map(({ registrationId }) => registrationId),
    ],
  );
}

/** Who a session is. @returns null where there is none */
export async function findReader(
  tx: Tx,
  sessionId: string,
): Promise<{ name: string | null; email: string | null; startedAt: Date } | null> {
  const [row] = await tx.query<{ name: string | null; email: string | null; startedAt: Date }>(
    `SELECT a.name, a.email, s.created_at AS "startedAt"
       FROM session s LEFT JOIN account a ON a.id = s.account_id WHERE s.id = $1`,
    [sessionId],
  );
  return row ?? null;
}

/** By municipality, in the order of their codes. An application tells its municipality by itself. */
export function listReadsOf(tx: Tx, sessionId: string): Promise<ReadsOfMunicipality[]> {
  return tx.query<ReadsOfMunicipality>(
    `SELECT p.name || m.name AS municipality, r.operation, count(*)::int AS count,
            min(r.read_at) AS "firstAt", max(r.read_at) AS "lastAt"
       FROM personal_read r
       LEFT JOIN registration g ON g.id = r.registration_id
       LEFT JOIN membership_application a ON r.subject_type = 'application' AND a.id = r.subject_id
       LEFT JOIN municipality m ON m.code = coalesce(g.municipality_code, a.municipality_code)
       LEFT JOIN prefecture p ON p.code = m.prefecture_code
      WHERE r.session_id = $1
      GROUP BY m.code, p.name, m.name, r.operation ORDER BY m.code, min(r.read_at), r.operation`,
    [sessionId],
  );
}
