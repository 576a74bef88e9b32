import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { LowRiskField } from './low-risk.policy.js';
import type { ReviewPolicyStatus } from './review-policy.entity.js';

export interface ReviewPolicyRow {
  readonly id: string;
  readonly version: number;
  readonly status: ReviewPolicyStatus;
  readonly atOnce: LowRiskField[];
  readonly reason: string | null;
  readonly proposedByAccountId: string | null;
  readonly proposedByName: string | null;
  readonly proposedAt: Date;
  readonly decidedAt: Date | null;
}

@Injectable()
export class ReviewPolicyRepository {
  async findInForce(tx: Tx): Promise<{ version: number; atOnce: LowRiskField[] }> {
    const [row] = await tx.query<{ version: number; atOnce: LowRiskField[] }>(
      `SELECT version, at_once AS "atOnce" FROM review_policy WHERE status = 'in_force'`,
    );
    if (!row) throw new Error('no review policy is in force');
    return row;
  }

  /** Only one admin at a time changes the rules; the row in force wouldn't do, since it is another one afterwards. */
  async lock(tx: Tx): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock(7205759405)');
  }

  /** Grows with every proposal and every decision on one. */
  async countSteps(tx: Tx): Promise<number> {
    const [row] = await tx.query<{ n: number }>(
      'SELECT (count(*) + count(decided_at))::int - 1 AS n FROM review_policy',
    );
    return row?.n ?? 0;
  }

  /** What is in force, and what waits for a second admin. */
  listLive(tx: Tx): Promise<ReviewPolicyRow[]> {
    return tx.query<ReviewPolicyRow>(
      `SELECT p.id, p.version, p.status, p.at_once AS "atOnce", p.reason,
              p.proposed_by_account_id AS "proposedByAccountId", a.name AS "proposedByName",
              p.proposed_at AS "proposedAt", p.decided_at AS "decidedAt"
         FROM review_policy p LEFT JOIN account a ON a.id = p.proposed_by_account_id
        WHERE p.status IN ('in_force', 'proposed')`,
    );
  }

  async insertProposal(
    tx: Tx,
    proposal: { id: string; atOnce: readonly LowRiskField[]; reason: string; accountId: string },
  ): Promise<number> {
    const [row] = await tx.query<{ version: number }>(
      `INSERT INTO review_policy (id, version, status, at_once, reason, proposed_by_account_id)
       VALUES ($1, (SELECT max(version) + 1 FROM review_policy), 'proposed', $2, $3, $4) RETURNING version`,
      [proposal.id, proposal.atOnce, proposal.reason, proposal.accountId],
    );
    if (!row) throw new Error('a review policy was inserted without a row');
    return row.version;
  }

  /** What was in force isn't any more. */
  async supersede(tx: Tx): Promise<void> {
    await tx.execute(`UPDATE review_policy SET status = 'superseded' WHERE status = 'in_force'`);
  }

  async decide(tx: Tx, id: string, status: 'in_force' | 'declined', accountId: string): Promise<void> {
    await tx.execute(
      `UPDATE review_policy SET status = $2, decided_by_account_id = $3, decided_at = now() WHERE id = $1`,
      [id, status, accountId],
    );
  }
}
