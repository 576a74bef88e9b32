import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';

/** A mail about a registration that a step has for a mailbox. */
export interface LedgerRow {
  readonly registrationId: string;
  /** In lower case. */
  readonly mailboxKey: string;
  /** Of the outbox. */
  readonly mailId: string;
}

/** One version of a registration that somebody was asked about. */
export interface Question {
  readonly id: string;
  readonly registrationId: string;
  readonly version: number;
}

/** A number that somebody typed, with everything that its codes may stand for. */
export interface AskedTarget {
  readonly campaignId: string;
  readonly registrationId: string;
  readonly number: string;
  readonly open: boolean;
  /** The campaign asks no longer, or the registration isn't one any more. */
  readonly over: boolean;
  readonly version: number;
  readonly lastConfirmedAt: Date | null;
  readonly questions: readonly { id: string; version: number; askedAt: string }[];
}

/** Which step went to whom. What isn't written here hasn't gone, and what is doesn't go again. */
@Injectable()
export class LedgerRepository {
  /** @returns those that are in for the first time: these go, and no others */
  claim(tx: Tx, campaignId: string, stepId: string, rows: readonly LedgerRow[]): Promise<LedgerRow[]> {
    return tx.query(CLAIM, [
      campaignId,
      stepId,
      rows.map(({ registrationId }) => registrationId),
      rows.map(({ mailboxKey }) => mailboxKey),
      rows.map(({ mailId }) => mailId),
    ]);
  }

  /** The question about each version, whether it was asked before or not. */
  ask(
    tx: Tx,
    campaignId: string,
    versions: readonly { readonly registrationId: string; readonly version: number }[],
  ): Promise<(Question & { readonly isNew: boolean })[]> {
    return tx.query(ASK, [
      campaignId,
      versions.map(({ registrationId }) => registrationId),
      versions.map(({ version }) => version),
    ]);
  }

  async findByNumber(tx: Tx, number: string): Promise<AskedTarget | null> {
    const [row] = await tx.query<AskedTarget>(FIND_BY_NUMBER, [number]);
    return row ?? null;
  }

  /** Mailboxes to which the campaign has written about a registration, and which are still registered. */
  async listWrittenTo(tx: Tx, campaignId: string, registrationId: string): Promise<string[]> {
    const rows = await tx.query<{ mailbox: string }>(
      `SELECT DISTINCT b.mailbox FROM campaign_reminder r
         JOIN registered_mailbox b ON b.registration_id = r.registration_id AND b.mailbox_key = r.mailbox_key
        WHERE r.campaign_id = $1 AND r.registration_id = $2 ORDER BY b.mailbox`,
      [campaignId, registrationId],
    );
    return rows.map(({ mailbox }) => mailbox);
  }

  /** When each was first asked for an answer, by another step than the one that is going. */
  async listFirstAsked(tx: Tx, campaignId: string, goingStepId: string): Promise<Map<string, Date>> {
    const rows = await tx.query<{ registrationId: string; at: Date }>(
      `SELECT r.registration_id AS "registrationId", min(r.queued_at) AS at
         FROM campaign_reminder r JOIN campaign_step s ON s.id = r.step_id
        WHERE r.campaign_id = $1 AND s.template <> 'pre-notice' AND s.id <> $2 GROUP BY r.registration_id`,
      [campaignId, goingStepId],
    );
    return new Map(rows.map(({ registrationId, at }) => [registrationId, at]));
  }

  /** Mails of late whose question has ended, for every registration that they name. */
  async listOfNoMoreUse(tx: Tx): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(OF_NO_MORE_USE);
    return rows.map(({ id }) => id);
  }

  /** Mails of a campaign's other steps that still wait to be sent to mailboxes to which a step goes now. */
  async listWaitingBefore(tx: Tx, campaignId: string, stepId: string): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      // What waits first, which is little: joined the other way round it took seconds for a thousand municipalities.
      `WITH waiting AS MATERIALIZED (
         SELECT r.mail_id, r.registration_id, r.mailbox_key
           FROM campaign_reminder r JOIN outbox_message o ON o.id = r.mail_id
          WHERE r.campaign_id = $1 AND r.step_id <> $2 AND o.sent_at IS NULL AND o.failed_at IS NULL)
       SELECT DISTINCT w.mail_id AS id FROM waiting w
        WHERE EXISTS (SELECT FROM campaign_reminder n WHERE n.campaign_id = $1 AND n.registration_id = w.registration_id
                         AND n.step_id = $2 AND n.mailbox_key = w.mailbox_key)`,
      [campaignId, stepId],
    );
    return rows.map(({ id }) => id);
  }

  async countsByStep(
    tx: Tx,
    campaignId: string,
  ): Promise<{ stepId: string; municipalities: number; mails: number }[]> {
    return tx.query(
      `SELECT step_id AS "stepId", count(DISTINCT registration_id)::int AS municipalities,
              count(DISTINCT mail_id)::int AS mails
         FROM campaign_reminder WHERE campaign_id = $1 GROUP BY step_id
        UNION ALL
       SELECT s.id, count(CASE s.template WHEN 'phone' THEN t.to_call_at WHEN 'letter' THEN t.to_write_at END)::int, 0
         FROM campaign_step s JOIN campaign_target t ON t.campaign_id = s.campaign_id
        WHERE s.campaign_id = $1 AND s.template IN ('phone', 'letter') AND s.done_at IS NOT NULL
        GROUP BY s.id`,
      [campaignId],
    );
  }
}

const CLAIM = `
  INSERT INTO campaign_reminder (campaign_id, step_id, registration_id, mailbox_key, mail_id)
  SELECT $1, $2, r.* FROM unnest($3::uuid[], $4::text[], $5::uuid[]) AS r (registration_id, mailbox_key, mail_id)
  ON CONFLICT ON CONSTRAINT campaign_reminder_pkey DO NOTHING
  RETURNING registration_id AS "registrationId", mailbox_key AS "mailboxKey", mail_id AS "mailId"`;

const ASK = `
  WITH asked AS (SELECT * FROM unnest($2::uuid[], $3::int[]) AS a (registration_id, version)),
  new AS (
    INSERT INTO campaign_question (id, campaign_id, registration_id, version)
    SELECT gen_random_uuid(), $1, registration_id, version FROM asked
    ON CONFLICT ON CONSTRAINT campaign_question_once_per_version DO NOTHING
    RETURNING id, registration_id, version)
  SELECT id, registration_id AS "registrationId", version, true AS "isNew" FROM new
  UNION ALL
  SELECT q.id, q.registration_id, q.version, false
    FROM campaign_question q JOIN asked USING (registration_id, version) WHERE q.campaign_id = $1`;

const FIND_BY_NUMBER = `
  SELECT t.campaign_id AS "campaignId", t.registration_id AS "registrationId", t.number,
         t.answered_at IS NULL AND t.left_at IS NULL AS open,
         c.state = 'closed' OR t.left_at IS NOT NULL OR g.status <> 'active' AS over,
         g.version, g.last_confirmed_at AS "lastConfirmedAt",
         (SELECT coalesce(json_agg(json_build_object('id', q.id, 'version', q.version, 'askedAt',
                   to_char(q.asked_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) ORDER BY q.version), '[]')
            FROM campaign_question q
           WHERE q.campaign_id = t.campaign_id AND q.registration_id = t.registration_id) AS questions
    FROM campaign_target t
    JOIN campaign c ON c.id = t.campaign_id
    JOIN registration g ON g.id = t.registration_id
   WHERE t.number = $1`;

/** Longer than the outbox tries: what is older was sent or given up. */
const OF_NO_MORE_USE = `
  SELECT r.mail_id AS id
    FROM campaign_reminder r
    JOIN campaign_target t ON t.campaign_id = r.campaign_id AND t.registration_id = r.registration_id
    JOIN outbox_message o ON o.id = r.mail_id
   WHERE r.queued_at > now() - interval '5 days' AND o.sent_at IS NULL AND o.failed_at IS NULL
     AND o.useless_after IS NULL
   GROUP BY r.mail_id
  HAVING bool_and(t.answered_at IS NOT NULL OR t.left_at IS NOT NULL)`;
