import { Injectable } from '@nestjs/common';
import { counted } from '../platform/database/counted.js';
import type { Tx } from '../platform/database/tx.js';
import type { RegistrationStatus } from '../registry/registration.entity.js';
import type { Claim, RecoveryKind } from './recovery-document.js';
import type { RecoveriesQuery } from './recovery.dto.js';
import type { CallSource } from './recovery.entity.js';
import type { CallOutcome, RecoveryStatus } from './recovery.state.js';

/** A claim with its calls and what a reader has to know of its registration. */
export interface RecoveryRow extends Claim {
  readonly id: string;
  readonly number: string;
  readonly registrationId: string;
  readonly registrationStatus: RegistrationStatus;
  readonly registrationVersion: number;
  readonly municipalityCode: string;
  readonly municipality: string;
  readonly website: string | null;
  readonly officePostalCode: string | null;
  readonly officeAddress: string | null;
  readonly status: RecoveryStatus;
  readonly version: number;
  readonly baseVersion: number;
  readonly message: string | null;
  readonly claimedAt: Date;
  readonly verifiedAt: Date | null;
  readonly expiresAt: Date | null;
  readonly confirmedByAccountId: string | null;
  readonly confirmedByName: string | null;
  readonly decidedAt: Date | null;
  readonly decidedByName: string | null;
  readonly decisionReason: string | null;
  readonly calls: CallRow[];
}

export interface CallRow {
  readonly id: string;
  readonly numberCalled: string;
  readonly source: CallSource;
  readonly spokeWith: string | null;
  readonly outcome: CallOutcome;
  readonly note: string | null;
  readonly calledAt: string;
  readonly calledByAccountId: string;
  readonly calledByName: string;
}

export interface RecoverySummaryRow {
  readonly id: string;
  readonly number: string;
  readonly registrationId: string;
  readonly municipalityCode: string;
  readonly municipality: string;
  readonly kind: RecoveryKind;
  readonly status: RecoveryStatus;
  readonly claimedAt: Date;
  readonly ageDays: number;
  readonly contactName: string;
  readonly sortKey: string;
}

export interface NewRecovery extends Claim {
  readonly id: string;
  /** 年度 of the claim, such as `R8`. */
  readonly era: string;
  readonly registrationId: string;
  readonly baseVersion: number;
  readonly message: string | null;
  readonly expiresAt: Date;
}

export type NewCall = Omit<CallRow, 'calledAt' | 'calledByName'>;

/** Row-level security keeps every statement here from members: the office and the portal itself see claims. */
const OVERDUE = `status = 'awaiting_verification' AND expires_at <= now()`;

@Injectable()
export class RecoveriesRepository {
  async find(tx: Tx, id: string): Promise<RecoveryRow | null> {
    const [row] = await tx.query<RecoveryRow>(SELECT, [id]);
    return row ?? null;
  }

  /** Locked first and read then, since a statement that waited still sees the other tables as they were before. */
  async lock(tx: Tx, id: string): Promise<RecoveryRow | null> {
    await tx.query('SELECT FROM recovery WHERE id = $1 FOR UPDATE', [id]);
    return this.find(tx, id);
  }

  async list(
    tx: Tx,
    query: RecoveriesQuery & { after: readonly string[] | null },
  ): Promise<{ rows: RecoverySummaryRow[]; total: number }> {
    const rows = await tx.query<RecoverySummaryRow & { total: number; id: string | null }>(LIST, [
      query.status ?? null,
      query.after?.[0] ?? null,
      query.after?.[1] ?? null,
      query.limit + 1,
    ]);
    return counted(rows, ({ id }) => id !== null);
  }

  /** Claims for one registration come one after another until the transaction ends, so that they can be counted. */
  async lockClaims(tx: Tx, registrationId: string): Promise<void> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('recovery:' || $1, 0))`, [registrationId]);
  }

  /** @returns how many claims of the last 24 hours no mailbox has answered for */
  async countUnverified(tx: Tx, registrationId: string): Promise<number> {
    const [row] = await tx.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM recovery
        WHERE registration_id = $1 AND status = 'awaiting_verification' AND claimed_at > now() - interval '24 hours'`,
      [registrationId],
    );
    return row?.n ?? 0;
  }

  /** @returns its 受付番号 */
  async insert(tx: Tx, recovery: NewRecovery): Promise<string> {
    const [row] = await tx.query<{ number: string }>(
      `INSERT INTO recovery (id, number, registration_id, kind, base_version, department, contact, message, expires_at)
       VALUES ($1, $2 || '-K' || (SELECT lpad(n, greatest(3, length(n)), '0') FROM (SELECT nextval('recovery_serial')::text AS n) s),
               $3, $4, $5, $6, $7, $8, $9)
       RETURNING number`,
      [
        recovery.id,
        recovery.era,
        recovery.registrationId,
        recovery.kind,
        recovery.baseVersion,
        JSON.stringify(recovery.department),
        JSON.stringify(recovery.contact),
        recovery.message,
        recovery.expiresAt,
      ],
    );
    if (!row) throw new Error('a recovery was inserted without a row');
    return row.number;
  }

  /** Its mailbox has answered: from now on it waits for the office and lapses no more. */
  async setVerified(tx: Tx, id: string, status: RecoveryStatus): Promise<void> {
    await tx.execute(
      `UPDATE recovery SET status = $2, version = version + 1, verified_at = now(), expires_at = NULL WHERE id = $1`,
      [id, status],
    );
  }

  async insertCall(tx: Tx, recoveryId: string, call: NewCall): Promise<void> {
    await tx.execute(
      `INSERT INTO recovery_call (id, recovery_id, number_called, source, spoke_with, outcome, note, called_by_account_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        call.id,
        recoveryId,
        call.numberCalled,
        call.source,
        call.spokeWith,
        call.outcome,
        call.note,
        call.calledByAccountId,
      ],
    );
  }

  /** After a call that leaves the claim open. @param confirmedBy whoever heard that it is right */
  async setCalled(tx: Tx, id: string, status: RecoveryStatus, confirmedBy: string | null): Promise<void> {
    await tx.execute(
      `UPDATE recovery SET status = $2, version = version + 1, confirmed_by_account_id = $3 WHERE id = $1`,
      [id, status, confirmedBy],
    );
  }

  async setDecided(
    tx: Tx,
    id: string,
    decision: { status: RecoveryStatus; accountId: string; reason: string | null },
  ): Promise<void> {
    await tx.execute(
      `UPDATE recovery
          SET status = $2, version = version + 1, decided_by_account_id = $3, decided_at = now(), decision_reason = $4
        WHERE id = $1`,
      [id, decision.status, decision.accountId, decision.reason],
    );
  }

  /** Claims that nobody has verified in time, the oldest first. */
  async listOverdue(tx: Tx): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      `SELECT id FROM recovery WHERE ${OVERDUE} ORDER BY expires_at, id`,
    );
    return rows.map(({ id }) => id);
  }

  /** @returns null where it isn't overdue any more, or another process has it */
  async expire(tx: Tx, id: string): Promise<{ number: string; registrationId: string } | null> {
    const [row] = await tx.query<{ number: string; registrationId: string }>(
      `UPDATE recovery SET status = 'expired', version = version + 1
        WHERE id = (SELECT id FROM recovery WHERE id = $1 AND ${OVERDUE} FOR UPDATE SKIP LOCKED)
        RETURNING number, registration_id AS "registrationId"`,
      [id],
    );
    return row ?? null;
  }
}

const SELECT = `
  SELECT k.id, k.number, k.registration_id AS "registrationId", r.status AS "registrationStatus",
         r.version AS "registrationVersion", m.code AS "municipalityCode", p.name || m.name AS municipality, m.website,
         m.office_postal_code AS "officePostalCode", m.office_address AS "officeAddress", k.kind, k.status, k.version,
         k.base_version AS "baseVersion", k.department, k.contact, k.message, k.claimed_at AS "claimedAt",
         k.verified_at AS "verifiedAt", k.expires_at AS "expiresAt",
         k.confirmed_by_account_id AS "confirmedByAccountId",
         (SELECT a.name FROM account a WHERE a.id = k.confirmed_by_account_id) AS "confirmedByName",
         k.decided_at AS "decidedAt",
         (SELECT a.name FROM account a WHERE a.id = k.decided_by_account_id) AS "decidedByName",
         k.decision_reason AS "decisionReason",
         (SELECT coalesce(json_agg(json_build_object(
                   'id', c.id, 'numberCalled', c.number_called, 'source', c.source, 'spokeWith', c.spoke_with,
                   'outcome', c.outcome, 'note', c.note,
                   'calledAt', to_char(c.called_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                   'calledByAccountId', c.called_by_account_id, 'calledByName', a.name)
                   ORDER BY c.called_at, c.id), '[]')
            FROM recovery_call c JOIN account a ON a.id = c.called_by_account_id WHERE c.recovery_id = k.id) AS calls
    FROM recovery k
    JOIN registration r ON r.id = k.registration_id
    JOIN municipality m ON m.code = r.municipality_code
    JOIN prefecture p ON p.code = m.prefecture_code
   WHERE k.id = $1`;

/** Oldest first. */
const LIST = `
  WITH matched AS (
    SELECT k.*, to_char(k.claimed_at AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISSUS') AS sort_key FROM recovery k
     WHERE $1::text IS NULL OR k.status = $1)
  SELECT counted.total, page.*
    FROM (SELECT count(*)::int AS total FROM matched) counted
    LEFT JOIN LATERAL (
      SELECT k.id, k.number, k.registration_id AS "registrationId", m.code AS "municipalityCode",
             p.name || m.name AS municipality, k.kind, k.status, k.claimed_at AS "claimedAt",
             floor(extract(epoch FROM now() - k.claimed_at) / 86400)::int AS "ageDays",
             k.contact ->> 'name' AS "contactName", k.sort_key AS "sortKey"
        FROM matched k
        JOIN registration r ON r.id = k.registration_id
        JOIN municipality m ON m.code = r.municipality_code
        JOIN prefecture p ON p.code = m.prefecture_code
       WHERE $2::text IS NULL OR (k.sort_key, k.id::text) > ($2, $3::text)
       ORDER BY k.sort_key, k.id::text LIMIT $4) page ON true`;
