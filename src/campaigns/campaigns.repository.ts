import { Injectable } from '@nestjs/common';
import { counted } from '../platform/database/counted.js';
import type { Tx } from '../platform/database/tx.js';
import type { CampaignSummaryResponse } from './campaign.dto.js';
import type { CampaignEvent, CampaignState } from './campaign.state.js';
import type { CampaignAudience } from './campaign-audience.js';
import type { PlannedStep, StepDay } from './ladder.js';

export interface StepRow extends PlannedStep {
  readonly id: string;
  readonly opening: string | null;
  readonly dueAt: Date;
  readonly doneAt: Date | null;
  readonly overtakenAt: Date | null;
}

export interface CampaignRow {
  readonly id: string;
  readonly version: number;
  readonly kind: 'office' | 'standing';
  readonly state: CampaignState;
  readonly title: string;
  readonly audience: CampaignAudience;
  readonly countsFrom: string;
  readonly deadline: string;
  readonly createdAt: Date;
  readonly createdByName: string | null;
  readonly startedAt: Date | null;
  readonly pausedAt: Date | null;
  readonly closedAt: Date | null;
  readonly steps: readonly StepRow[];
}

/** What is kept of a plan. */
export interface CampaignPlan {
  readonly title: string;
  readonly audience: CampaignAudience;
  readonly countsFrom: string;
  readonly deadline: string;
}

export type PlannedRow = PlannedStep & Pick<StepRow, 'id' | 'opening'> & Pick<StepDay, 'dueAt'>;

@Injectable()
export class CampaignsRepository {
  /** Newest first. @param before the last id of the page before */
  async list(
    tx: Tx,
    before: string | null,
    limit: number,
  ): Promise<{ rows: CampaignSummaryResponse[]; total: number }> {
    const rows = await tx.query<CampaignSummaryResponse & { total: number }>(LIST, [before, limit + 1]);
    return counted(rows, ({ id }) => (id as string | null) !== null);
  }

  async find(tx: Tx, id: string): Promise<CampaignRow | null> {
    const [row] = await tx.query<Omit<CampaignRow, 'steps'>>(`${SELECT} WHERE c.id = $1`, [id]);
    return row ? { ...row, steps: await this.steps(tx, id) } : null;
  }

  /** The same, locked until the transaction ends: nobody changes it meanwhile, and no process goes on with it. */
  async lock(tx: Tx, id: string): Promise<CampaignRow | null> {
    await tx.query('SELECT FROM campaign WHERE id = $1 FOR UPDATE', [id]);
    return this.find(tx, id);
  }

  /** The same for the calendar: null where it neither runs nor rests, or another process has it. */
  async claimStarted(tx: Tx, id: string): Promise<CampaignRow | null> {
    const rows = await tx.query(
      `SELECT FROM campaign WHERE id = $1 AND state IN ('running', 'paused') FOR UPDATE SKIP LOCKED`,
      [id],
    );
    return rows.length === 0 ? null : this.find(tx, id);
  }

  async listStarted(tx: Tx): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      `SELECT id FROM campaign WHERE state IN ('running', 'paused') ORDER BY id`,
    );
    return rows.map(({ id }) => id);
  }

  async insert(tx: Tx, id: string, { title, audience, countsFrom, deadline }: CampaignPlan): Promise<void> {
    await tx.execute(
      `INSERT INTO campaign (id, kind, title, audience, counts_from, deadline, created_by_account_id)
       VALUES ($1, 'office', $2, $3, $4, $5, $6)`,
      [
        id,
        title,
        JSON.stringify(audience),
        countsFrom,
        deadline,
        tx.actor.kind === 'staff' ? tx.actor.accountId : null,
      ],
    );
  }

  /** @returns false where that month has one */
  async insertStanding(
    tx: Tx,
    id: string,
    plan: Omit<CampaignPlan, 'audience'> & { month: string },
  ): Promise<boolean> {
    const inserted = await tx.execute(
      `INSERT INTO campaign (id, kind, state, title, audience, counts_from, deadline, standing_month, started_at)
       VALUES ($1, 'standing', 'running', $2, '{"kind": "all"}', $3, $4, $5, now())
       ON CONFLICT (standing_month) DO NOTHING`,
      [id, plan.title, plan.countsFrom, plan.deadline, plan.month],
    );
    return inserted === 1;
  }

  async write(tx: Tx, id: string, { title, audience, countsFrom, deadline }: CampaignPlan): Promise<void> {
    await tx.execute(
      `UPDATE campaign SET title = $2, audience = $3, counts_from = $4, deadline = $5, version = version + 1
        WHERE id = $1`,
      [id, title, JSON.stringify(audience), countsFrom, deadline],
    );
  }

  async setState(tx: Tx, id: string, event: CampaignEvent): Promise<void> {
    await tx.execute(`UPDATE campaign SET ${STATES[event]}, version = version + 1 WHERE id = $1`, [id]);
  }

  /** A draft with its steps. */
  async remove(tx: Tx, id: string): Promise<void> {
    await tx.execute('DELETE FROM campaign_step WHERE campaign_id = $1', [id]);
    await tx.execute('DELETE FROM campaign WHERE id = $1', [id]);
  }

  /** Writes the ladder as it is to be, in its order. Steps that aren't in it go; those that have gone have to be. */
  async putSteps(tx: Tx, campaignId: string, steps: readonly PlannedRow[]): Promise<void> {
    await tx.execute(PUT_STEPS, [campaignId, JSON.stringify(steps)]);
  }

  /** What the calendar of today makes of their days. */
  async setDue(tx: Tx, steps: readonly { id: string; dueAt: Date }[]): Promise<void> {
    if (steps.length === 0) return;
    await tx.execute(
      `UPDATE campaign_step s SET due_at = d.due_at
         FROM unnest($1::uuid[], $2::timestamptz[]) AS d (id, due_at) WHERE s.id = d.id`,
      [steps.map(({ id }) => id), steps.map(({ dueAt }) => dueAt.toISOString())],
    );
  }

  async setDone(tx: Tx, stepId: string): Promise<void> {
    await tx.execute('UPDATE campaign_step SET done_at = now() WHERE id = $1', [stepId]);
  }

  async setOvertaken(tx: Tx, stepId: string): Promise<void> {
    await tx.execute('UPDATE campaign_step SET overtaken_at = now() WHERE id = $1', [stepId]);
  }

  private steps(tx: Tx, campaignId: string): Promise<StepRow[]> {
    return tx.query(
      `SELECT id, template, recipients, on_date::text AS "on", after_days AS "afterDays", hour, opening,
              due_at AS "dueAt", done_at AS "doneAt", overtaken_at AS "overtakenAt"
         FROM campaign_step WHERE campaign_id = $1 ORDER BY position`,
      [campaignId],
    );
  }
}

const STATES: Readonly<Record<CampaignEvent, string>> = {
  start: `state = 'running', started_at = now()`,
  pause: `state = 'paused', paused_at = now()`,
  resume: `state = 'running', paused_at = NULL`,
  close: `state = 'closed', paused_at = NULL, closed_at = now()`,
};

const SELECT = `
  SELECT c.id, c.version, c.kind, c.state, c.title, c.audience, c.counts_from::text AS "countsFrom",
         c.deadline::text AS deadline, c.created_at AS "createdAt", a.name AS "createdByName",
         c.started_at AS "startedAt", c.paused_at AS "pausedAt", c.closed_at AS "closedAt"
    FROM campaign c LEFT JOIN account a ON a.id = c.created_by_account_id`;

const LIST = `
  SELECT counted.total, page.*
    FROM (SELECT count(*)::int AS total FROM campaign) counted
    LEFT JOIN LATERAL (
      SELECT c.id, c.kind, c.state, c.title, c.deadline::text AS deadline, c.started_at AS "startedAt",
             c.closed_at AS "closedAt", t.targets, t.answered
        FROM campaign c
       CROSS JOIN LATERAL (
         SELECT count(*) FILTER (WHERE left_because IS DISTINCT FROM 'asked-already')::int AS targets,
                count(answered_at)::int AS answered
           FROM campaign_target WHERE campaign_id = c.id) t
       WHERE $1::uuid IS NULL OR c.id < $1
       ORDER BY c.id DESC LIMIT $2) page ON true`;

const PUT_STEPS = `
  WITH wanted AS (
    SELECT * FROM ROWS FROM (jsonb_to_recordset($2::jsonb) AS (
      id uuid, template text, recipients text, "on" date, "afterDays" smallint, hour smallint, opening text,
      "dueAt" timestamptz))
      WITH ORDINALITY AS w (id, template, recipients, on_date, after_days, hour, opening, due_at, position)),
  removed AS (
    DELETE FROM campaign_step WHERE campaign_id = $1 AND id NOT IN (SELECT id FROM wanted)
       AND done_at IS NULL AND overtaken_at IS NULL)
  INSERT INTO campaign_step (id, campaign_id, position, template, recipients, on_date, after_days, hour, opening, due_at)
  SELECT id, $1, position, template, recipients, on_date, after_days, hour, opening, due_at FROM wanted
  ON CONFLICT ON CONSTRAINT campaign_step_pkey DO UPDATE
    SET position = excluded.position, template = excluded.template, recipients = excluded.recipients,
        on_date = excluded.on_date, after_days = excluded.after_days, hour = excluded.hour,
        opening = excluded.opening, due_at = excluded.due_at
  WHERE campaign_step.campaign_id = excluded.campaign_id`;
