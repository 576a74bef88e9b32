import { Injectable } from '@nestjs/common';
import { counted } from '../platform/database/counted.js';
import type { Tx } from '../platform/database/tx.js';
import type { RegistrationDocument } from '../registry/registration-document.js';
import type { VerificationResponse } from '../verifications/verification.dto.js';
import type { ApplicationsQuery } from './application.dto.js';
import type { ApplicationStatus } from './application.state.js';

/** An application with what a reader has to know of its municipality. */
export interface ApplicationRow {
  readonly id: string;
  readonly number: string;
  readonly municipalityCode: string;
  readonly municipality: string;
  readonly status: ApplicationStatus;
  readonly version: number;
  readonly proposed: RegistrationDocument;
  readonly applicantName: string;
  readonly applicantMailbox: string;
  readonly comment: string | null;
  readonly submittedAt: Date;
  readonly expiresAt: Date | null;
  readonly decidedAt: Date | null;
  readonly decidedByName: string | null;
  readonly decisionReason: string | null;
  readonly registrationId: string | null;
  readonly endedRegistrationId: string | null;
  readonly verifications: VerificationResponse[];
}

export interface ApplicationSummaryRow {
  readonly id: string;
  readonly number: string;
  readonly municipalityCode: string;
  readonly municipality: string;
  readonly status: ApplicationStatus;
  readonly applicantName: string;
  readonly submittedAt: Date;
  readonly ageDays: number;
  readonly sortKey: string;
}

export interface NewApplication {
  readonly id: string;
  /** 年度 of the submission, such as `R8`. */
  readonly era: string;
  readonly municipalityCode: string;
  readonly proposed: RegistrationDocument;
  readonly applicantName: string;
  readonly applicantMailbox: string;
  readonly comment: string | null;
}

export interface Decision {
  readonly status: 'accepted' | 'declined';
  readonly accountId: string;
  readonly reason: string | null;
  readonly registrationId: string | null;
}

/** Row-level security shows applications to staff and to the portal itself alone. */
@Injectable()
export class ApplicationsRepository {
  async find(tx: Tx, id: string): Promise<ApplicationRow | null> {
    const [row] = await tx.query<ApplicationRow>(SELECT, [id]);
    return row ?? null;
  }

  /**
   * The application, locked until the transaction ends. Locked first and read then, since a statement that waited
   * still sees the other tables as they were before.
   */
  async lock(tx: Tx, id: string): Promise<ApplicationRow | null> {
    await tx.query('SELECT FROM membership_application WHERE id = $1 FOR UPDATE', [id]);
    return this.find(tx, id);
  }

  /** One submission after the other, whosever they are: what limits them is counted, and nobody slips in between. */
  async lockSubmissions(tx: Tx): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock(7205759405)');
  }

  /** @returns how many of a municipality's, sent within the last 24 hours, wait for a mailbox */
  async countUnverified(tx: Tx, municipalityCode: string): Promise<number> {
    const [row] = await tx.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM membership_application
        WHERE municipality_code = $1 AND status = 'awaiting_verification'
          AND submitted_at > now() - interval '24 hours'`,
      [municipalityCode],
    );
    return row?.n ?? 0;
  }

  /** It waits for its mailboxes to the end of the 14th day, in Tokyo: a deadline is a day, and all of it counts. */
  async insert(tx: Tx, application: NewApplication): Promise<void> {
    await tx.execute(
      `INSERT INTO membership_application (id, number, municipality_code, status, proposed, applicant_name,
                                           applicant_mailbox, comment, expires_at)
       SELECT $1, $2 || '-A' || lpad(n, greatest(3, length(n)), '0'), $3, 'awaiting_verification', $4, $5, $6, $7,
              (today_in_tokyo() + ${DAYS + 1})::timestamp AT TIME ZONE 'Asia/Tokyo'
         FROM (SELECT nextval('membership_application_serial')::text AS n) serial`,
      [
        application.id,
        application.era,
        application.municipalityCode,
        JSON.stringify(application.proposed),
        application.applicantName,
        application.applicantMailbox,
        application.comment,
      ],
    );
  }

  /**
   * Every mailbox has answered.
   *
   * @throws a unique violation of `membership_application_one_under_review_per_municipality`
   */
  async setUnderReview(tx: Tx, id: string): Promise<void> {
    await tx.execute(
      `UPDATE membership_application SET status = 'under_review', version = version + 1, expires_at = NULL
        WHERE id = $1`,
      [id],
    );
  }

  async setDecided(tx: Tx, id: string, decision: Decision): Promise<void> {
    await tx.execute(
      `UPDATE membership_application
          SET status = $2, version = version + 1, decided_at = now(), decided_by_account_id = $3,
              decision_reason = $4, registration_id = $5
        WHERE id = $1`,
      [id, decision.status, decision.accountId, decision.reason, decision.registrationId],
    );
  }

  /** Those whose time is over, the oldest first. */
  async listOverdue(tx: Tx): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      `SELECT id FROM membership_application WHERE ${OVERDUE} ORDER BY expires_at, id`,
    );
    return rows.map(({ id }) => id);
  }

  /** Locked; null where it isn't overdue any more, or another process has it. */
  async claimOverdue(tx: Tx, id: string): Promise<ApplicationRow | null> {
    const rows = await tx.query(
      `SELECT FROM membership_application WHERE id = $1 AND ${OVERDUE} FOR UPDATE SKIP LOCKED`,
      [id],
    );
    return rows.length > 0 ? this.find(tx, id) : null;
  }

  async setExpired(tx: Tx, id: string): Promise<void> {
    await tx.execute(
      `UPDATE membership_application SET status = 'expired', version = version + 1 WHERE id = $1`,
      [id],
    );
  }

  async list(
    tx: Tx,
    query: ApplicationsQuery & { after: readonly string[] | null },
  ): Promise<{ rows: ApplicationSummaryRow[]; total: number }> {
    const rows = await tx.query<ApplicationSummaryRow & { total: number; id: string | null }>(
      LISTS[query.sort],
      [query.status ?? null, query.after?.[0] ?? null, query.after?.[1] ?? null, query.limit + 1],
    );
    return counted(rows, ({ id }) => id !== null);
  }
}

/** As long as the codes of the mailboxes. */
const DAYS = 14;

const OVERDUE = `status = 'awaiting_verification' AND expires_at <= now()`;

const SELECT = `
  SELECT a.id, a.number, a.municipality_code AS "municipalityCode", p.name || m.name AS municipality, a.status,
         a.version, a.proposed, a.applicant_name AS "applicantName", a.applicant_mailbox AS "applicantMailbox",
         a.comment, a.submitted_at AS "submittedAt", a.expires_at AS "expiresAt", a.decided_at AS "decidedAt",
         (SELECT name FROM account WHERE id = a.decided_by_account_id) AS "decidedByName",
         a.decision_reason AS "decisionReason", a.registration_id AS "registrationId",
         (SELECT r.id FROM registration r
           WHERE r.municipality_code = a.municipality_code AND r.status = 'withdrawn'
           ORDER BY r.withdrawn_at DESC LIMIT 1) AS "endedRegistrationId",
         (SELECT coalesce(json_agg(json_build_object(
                   'id', v.id, 'number', v.number::text, 'email', v.email,
                   'verifiedAt', to_char(v.verified_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                   'expiresAt', to_char(v.expires_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
                   ORDER BY v.id), '[]')
            FROM address_verification v WHERE v.subject_id = a.id) AS verifications
    FROM membership_application a
    JOIN municipality m ON m.code = a.municipality_code
    JOIN prefecture p ON p.code = m.prefecture_code
   WHERE a.id = $1`;

const listIn = (direction: 'ASC' | 'DESC'): string => `
  WITH matched AS (
    SELECT a.*, to_char(a.submitted_at AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISSUS') AS sort_key
      FROM membership_application a WHERE $1::text IS NULL OR a.status = $1)
  SELECT counted.total, page.*
    FROM (SELECT count(*)::int AS total FROM matched) counted
    LEFT JOIN LATERAL (
      SELECT a.id, a.number, a.municipality_code AS "municipalityCode", p.name || m.name AS municipality, a.status,
             a.applicant_name AS "applicantName", a.submitted_at AS "submittedAt",
             floor(extract(epoch FROM now() - a.submitted_at) / 86400)::int AS "ageDays", a.sort_key AS "sortKey"
        FROM matched a
        JOIN municipality m ON m.code = a.municipality_code
        JOIN prefecture p ON p.code = m.prefecture_code
       WHERE $2::text IS NULL OR (a.sort_key, a.id::text) ${direction === 'ASC' ? '>' : '<'} ($2, $3::text)
       ORDER BY a.sort_key ${direction}, a.id::text ${direction} LIMIT $4) page ON true`;

const LISTS = { submittedAt: listIn('ASC'), '-submittedAt': listIn('DESC') } as const;
