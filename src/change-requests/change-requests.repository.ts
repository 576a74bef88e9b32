import { Injectable } from '@nestjs/common';
import { counted } from '../platform/database/counted.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/http/domain-error.js';
import type { Change } from '../registry/registration-diff.js';
import type { RegistrationDocument } from '../registry/registration-document.js';
import type { VerificationResponse } from '../verifications/verification.dto.js';
import type { ChangeRequestsQuery } from './change-request.dto.js';
import type { RefusedChange } from './change-request.policy.js';
import { type ChangeRequestStatus, OPEN_STATUSES } from './change-request.state.js';

/** A change request with what a reader has to know of its registration. */
export interface ChangeRequestRow {
  readonly id: string;
  readonly number: string;
  readonly registrationId: string;
  readonly municipalityCode: string;
  readonly municipality: string;
  readonly kind: ChangeRequestKind;
  readonly status: ChangeRequestStatus;
  readonly version: number;
  readonly baseVersion: number;
  readonly registrationVersion: number;
  readonly base: RegistrationDocument;
  readonly proposed: RegistrationDocument;
  readonly changes: Change[];
  /** What is not taken over, with what a reviewer gave up before the decision. */
  readonly refused: RefusedChange[];
  readonly comment: string | null;
  readonly proposedByAccountId: string | null;
  readonly proposedByMailbox: string;
  readonly proposedByName: string;
  readonly submittedAt: Date;
  readonly decidedAt: Date | null;
  readonly decidedByName: string | null;
  readonly decisionReason: string | null;
  /** Version of the rules that let it pass at once. */
  readonly decidedByRule: number | null;
  readonly lookedOverAt: Date | null;
  readonly undoesId: string | null;
  readonly appliedAt: Date | null;
  readonly blockedAt: Date | null;
  readonly effectiveOn: string | null;
  readonly expiresAt: Date | null;
  readonly verifications: VerificationResponse[];
}

export interface ChangeRequestSummaryRow {
  readonly id: string;
  readonly number: string;
  readonly registrationId: string;
  readonly municipalityCode: string;
  readonly municipality: string;
  readonly kind: ChangeRequestKind;
  readonly status: ChangeRequestStatus;
  readonly effectiveOn: string | null;
  readonly submittedAt: Date;
  readonly ageDays: number;
  readonly proposedByName: string;
  readonly proposedByAccountId: string | null;
  readonly labels: string[];
  readonly unverified: boolean;
  readonly registrationMoved: boolean;
  readonly expiresAt: Date | null;
  readonly sortKey: string;
}

export interface NewChangeRequest {
  readonly id: string;
  /** 年度 of the submission, such as `R8`. */
  readonly era: string;
  readonly registrationId: string;
  readonly status: ChangeRequestStatus;
  readonly baseVersion: number;
  readonly base: RegistrationDocument;
  readonly proposed: RegistrationDocument;
  readonly changes: readonly Change[];
  readonly comment: string | null;
  readonly sessionId: string;
  readonly accountId: string | null;
  readonly mailbox: string;
  readonly name: string;
  readonly kind?: ChangeRequestKind;
  readonly effectiveOn?: string | null;
  readonly undoesId?: string | null;
}

export type ChangeRequestKind = 'change' | 'handover';

/** What a status change writes besides the status. */
export interface StatusChange {
  readonly status: ChangeRequestStatus;
  /** Set where somebody, or a rule, decided. */
  readonly decision?: {
    readonly accountId: string | null;
    readonly ruleVersion?: number;
    readonly reason: string | null;
    readonly refused?: readonly RefusedChange[];
  };
}

/** Row-level security keeps every statement here within what the viewer may see. */
@Injectable()
export class ChangeRequestsRepository {
  async find(tx: Tx, id: string): Promise<ChangeRequestRow | null> {
    const [row] = await tx.query<ChangeRequestRow>(SELECT, [id]);
    return row ?? null;
  }

  /** @throws DomainError `not-found`, also for one outside the viewer's scope */
  async require(tx: Tx, id: string): Promise<ChangeRequestRow> {
    const row = await this.find(tx, id);
    if (!row) throw new DomainError('not-found');
    return row;
  }

  /**
   * The request, locked until the transaction ends: whoever comes next waits and then sees what was done.
   * Locked first and read then, since a statement that waited still sees the other tables as they were before.
   */
  async lock(tx: Tx, id: string): Promise<ChangeRequestRow | null> {
    await tx.query('SELECT FROM change_request WHERE id = $1 FOR UPDATE', [id]);
    return this.find(tx, id);
  }

  async findOpen(
    tx: Tx,
    registrationId: string,
  ): Promise<{ id: string; number: string; status: ChangeRequestStatus } | null> {
    const [row] = await tx.query<{ id: string; number: string; status: ChangeRequestStatus }>(
      'SELECT id, number, status FROM change_request WHERE registration_id = $1 AND status = ANY ($2)',
      [registrationId, OPEN_STATUSES],
    );
    return row ?? null;
  }

  async list(
    tx: Tx,
    query: ChangeRequestsQuery & { after: readonly string[] | null },
  ): Promise<{ rows: ChangeRequestSummaryRow[]; total: number }> {
    const rows = await tx.query<ChangeRequestSummaryRow & { total: number; id: string | null }>(
      LISTS[query.sort],
      [
        query.status ?? null,
        query.registrationId ?? null,
        query.from ?? null,
        query.to ?? null,
        query.after?.[0] ?? null,
        query.after?.[1] ?? null,
        query.limit + 1,
        query.toLookOver ?? null,
        query.open ?? null,
        OPEN_STATUSES,
      ],
    );
    return counted(rows, ({ id }) => id !== null);
  }

  /** @throws a unique violation of `change_request_one_open_per_registration` */
  async insert(tx: Tx, request: NewChangeRequest): Promise<void> {
    await tx.execute(INSERT, [
      request.id,
      request.era,
      request.registrationId,
      request.status,
      request.baseVersion,
      JSON.stringify(request.base),
      JSON.stringify(request.proposed),
      JSON.stringify(request.changes),
      request.comment,
      request.sessionId,
      request.accountId,
      request.mailbox,
      request.name,
      request.kind ?? 'change',
      request.effectiveOn ?? null,
      request.undoesId ?? null,
    ]);
  }

  /** Replaces what a returned request proposes; what a reviewer had given up of the earlier one is forgotten. */
  async replaceProposal(
    tx: Tx,
    id: string,
    proposal: {
      proposed: RegistrationDocument;
      changes: readonly Change[];
      comment: string | null;
      /** A handover's date. */
      effectiveOn?: string;
    },
  ): Promise<void> {
    await tx.execute(
      `UPDATE change_request SET proposed = $2, changes = $3, comment = $4, refused = '[]', version = version + 1,
              effective_on = coalesce($5, effective_on)
        WHERE id = $1`,
      [
        id,
        JSON.stringify(proposal.proposed),
        JSON.stringify(proposal.changes),
        proposal.comment,
        proposal.effectiveOn ?? null,
      ],
    );
  }

  /** Puts the proposal on top of a newer version of the registration. */
  async rebase(
    tx: Tx,
    id: string,
    onto: {
      status: ChangeRequestStatus;
      baseVersion: number;
      base: RegistrationDocument;
      proposed: RegistrationDocument;
      changes: readonly Change[];
      refused: readonly RefusedChange[];
      /** A handover whose day has come still can't be applied. */
      staysBlocked: boolean;
    },
  ): Promise<void> {
    await tx.execute(
      `UPDATE change_request
          SET base_version = $2, base = $3, status = $4, proposed = $5, changes = $6, refused = $7,
              blocked_at = CASE WHEN $8 THEN blocked_at END,
              version = version + 1,
              expires_at = CASE WHEN status = $4 THEN expires_at ELSE ${EXPIRY} END
        WHERE id = $1`,
      [
        id,
        onto.baseVersion,
        JSON.stringify(onto.base),
        onto.status,
        JSON.stringify(onto.proposed),
        JSON.stringify(onto.changes),
        JSON.stringify(onto.refused),
        onto.staysBlocked,
      ],
    );
  }

  /** Sends a returned request again, as whoever does so now. */
  async resubmit(
    tx: Tx,
    id: string,
    by: Pick<NewChangeRequest, 'status' | 'sessionId' | 'mailbox' | 'name'>,
  ): Promise<void> {
    await tx.execute(
      `UPDATE change_request
          SET status = $4, version = version + 1, proposed_by_session_id = $2, proposed_by_mailbox = $3,
              proposed_by_name = $5, submitted_at = now(), expires_at = ${EXPIRY}, warned_at = NULL,
              decided_at = NULL, decided_by_account_id = NULL, decision_reason = NULL
        WHERE id = $1`,
      [id, by.sessionId, by.mailbox, by.status, by.name],
    );
  }

  async setStatus(tx: Tx, id: string, { status, decision }: StatusChange): Promise<void> {
    await tx.execute(SET_STATUS, [
      id,
      decision !== undefined,
      decision?.accountId ?? null,
      status,
      decision?.reason ?? null,
      decision?.ruleVersion ?? null,
      decision?.refused ? JSON.stringify(decision.refused) : null,
    ]);
  }

  /** @returns whether it was still to be looked over */
  async setLookedOver(tx: Tx, id: string, accountId: string): Promise<boolean> {
    const set = await tx.execute(
      `UPDATE change_request SET looked_over_at = now(), looked_over_by_account_id = $2, version = version + 1
        WHERE id = $1 AND decided_by_rule IS NOT NULL AND looked_over_at IS NULL`,
      [id, accountId],
    );
    return set === 1;
  }

  /** Handovers of a registration that wait for their date. */
  listScheduled(
    tx: Tx,
    registrationId: string,
  ): Promise<{ id: string; number: string; changes: Change[] }[]> {
    return tx.query(
      `SELECT id, number, changes FROM change_request WHERE registration_id = $1 AND status = 'scheduled'`,
      [registrationId],
    );
  }
}

/** The end of the Nth day from today, in Tokyo: a deadline is a day, and all of it counts. */
const endOfDay = (days: number): string =>
  `((today_in_tokyo() + ${days + 1})::timestamp AT TIME ZONE 'Asia/Tokyo')`;

/** Waiting for new mailboxes 14 days, for the clerk 30; the status is parameter 4 wherever this stands. */
const EXPIRY = `CASE $4 WHEN 'awaiting_verification' THEN ${endOfDay(14)}
                        WHEN 'returned' THEN ${endOfDay(30)} END`;

const INSERT = `
  INSERT INTO change_request (id, number, registration_id, status, base_version, base, proposed, changes, comment,
                              proposed_by_session_id, proposed_by_account_id, proposed_by_mailbox, proposed_by_name,
                              submitted_at, expires_at, kind, effective_on, undoes_id)
  VALUES ($1, $2 || '-' || (SELECT lpad(n, greatest(4, length(n)), '0')
                              FROM (SELECT nextval('change_request_serial')::text AS n) s),
          $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, now(), ${EXPIRY}, $14, $15, $16)`;

const SET_STATUS = `
  UPDATE change_request
     SET status = $4, version = version + 1, expires_at = ${EXPIRY}, blocked_at = NULL, warned_at = NULL,
         applied_at = CASE WHEN $4 IN ('approved', 'partly_approved') THEN now() END,
         decided_at = CASE WHEN $2 THEN now() ELSE decided_at END,
         decided_by_account_id = CASE WHEN $2 THEN $3 ELSE decided_by_account_id END,
         decision_reason = CASE WHEN $2 THEN $5 ELSE decision_reason END,
         decided_by_rule = coalesce($6, decided_by_rule),
         refused = coalesce($7, refused)
   WHERE id = $1`;

const SELECT = `
  SELECT c.id, c.number, c.registration_id AS "registrationId", m.code AS "municipalityCode",
         p.name || m.name AS municipality, c.status, c.version, c.base_version AS "baseVersion",
         r.version AS "registrationVersion", c.base, c.proposed, c.changes, c.comment,
         c.proposed_by_account_id AS "proposedByAccountId", c.proposed_by_mailbox AS "proposedByMailbox",
         c.proposed_by_name AS "proposedByName", c.submitted_at AS "submittedAt", c.decided_at AS "decidedAt",
         (SELECT a.name FROM account a WHERE a.id = c.decided_by_account_id) AS "decidedByName",
         c.decision_reason AS "decisionReason", c.effective_on::text AS "effectiveOn", c.expires_at AS "expiresAt",
         c.kind, c.refused, c.decided_by_rule AS "decidedByRule", c.looked_over_at AS "lookedOverAt",
         c.undoes_id AS "undoesId", c.applied_at AS "appliedAt", c.blocked_at AS "blockedAt",
         (SELECT coalesce(json_agg(json_build_object(
                   'id', v.id, 'number', v.number::text, 'email', v.email,
                   'verifiedAt', to_char(v.verified_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                   'expiresAt', to_char(v.expires_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
                   ORDER BY v.id), '[]')
            FROM address_verification v WHERE v.subject_id = c.id) AS verifications
    FROM change_request c
    JOIN registration r ON r.id = c.registration_id
    JOIN municipality m ON m.code = r.municipality_code
    JOIN prefecture p ON p.code = m.prefecture_code
   WHERE c.id = $1`;

/** A handover that waits for its date may have been put on top of a registration that lacks its mailbox by then. */
const UNVERIFIED = `
  (c.status = 'awaiting_verification' OR c.status = 'scheduled' AND EXISTS (
    SELECT FROM address_verification v
     WHERE v.subject_id = c.id AND v.verified_at IS NULL
       AND NOT EXISTS (SELECT FROM address_verification w
                        WHERE w.subject_id = c.id AND w.verified_at IS NOT NULL AND lower(w.email) = lower(v.email))
       AND EXISTS (SELECT FROM jsonb_path_query(c.proposed, '$.**.email') e WHERE lower(e #>> '{}') = lower(v.email))))`;

const listIn = (direction: 'ASC' | 'DESC'): string => `
  WITH matched AS (
    SELECT c.*, to_char(c.submitted_at AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISSUS') AS sort_key FROM change_request c
     WHERE ($1::text IS NULL OR c.status = $1)
       AND ($2::uuid IS NULL OR c.registration_id = $2)
       AND ($3::date IS NULL OR c.submitted_at >= $3::date::timestamp AT TIME ZONE 'Asia/Tokyo')
       AND ($4::date IS NULL OR c.submitted_at < ($4::date + 1)::timestamp AT TIME ZONE 'Asia/Tokyo')
       AND ($9::boolean IS NULL OR $9 = (c.status = ANY ($10)))
       AND ($8::boolean IS NULL OR $8 = (c.decided_by_rule IS NOT NULL AND c.looked_over_at IS NULL)))
  SELECT counted.total, page.*
    FROM (SELECT count(*)::int AS total FROM matched) counted
    LEFT JOIN LATERAL (
      SELECT c.id, c.number, c.registration_id AS "registrationId", m.code AS "municipalityCode",
             p.name || m.name AS municipality, c.kind, c.status, c.effective_on::text AS "effectiveOn",
             c.submitted_at AS "submittedAt",
             floor(extract(epoch FROM now() - c.submitted_at) / 86400)::int AS "ageDays",
             c.proposed_by_name AS "proposedByName", c.proposed_by_account_id AS "proposedByAccountId",
             ${UNVERIFIED} AS unverified, c.expires_at AS "expiresAt",
             r.version <> c.base_version AND (c.status = ANY ($10) OR c.status = 'scheduled') AS "registrationMoved",
             ARRAY (SELECT change ->> 'label' FROM jsonb_array_elements(c.changes) change) AS labels,
             c.sort_key AS "sortKey"
        FROM matched c
        JOIN registration r ON r.id = c.registration_id
        JOIN municipality m ON m.code = r.municipality_code
        JOIN prefecture p ON p.code = m.prefecture_code
       WHERE $5::text IS NULL OR (c.sort_key, c.id::text) ${direction === 'ASC' ? '>' : '<'} ($5, $6::text)
       ORDER BY c.sort_key ${direction}, c.id::text ${direction} LIMIT $7) page ON true`;

const LISTS = { submittedAt: listIn('ASC'), '-submittedAt': listIn('DESC') } as const;
