import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';

/** A step of a campaign as the demo's time machine looks at it, in its order. */
export interface LadderStep {
  readonly on: string | null;
  readonly afterDays: number | null;
  readonly hour: number;
  readonly gone: boolean;
}

/** Somebody of the demo who answers. */
export interface Answering {
  readonly registrationId: string;
  readonly version: number;
  readonly name: string;
}

/** Last year's 年度確認, and a campaign whose days pass quicker than those outside. */
@Injectable()
export class DemoCampaignsRepository {
  /**
   * A campaign that ran from March to July and is over, of everybody that is registered: most answered by themselves,
   * some on the telephone, and whoever has never confirmed not at all.
   *
   * @param year the western year of its April
   */
  async insertPast(tx: Tx, year: number): Promise<void> {
    await tx.execute(INSERT_PAST, [`令和${year - 2018}年度 登録情報の年度確認`, year]);
    await tx.execute(INSERT_PAST_STEPS, [year]);
    await tx.execute(INSERT_PAST_TARGETS, [year]);
    await tx.execute(INSERT_PAST_REMINDERS);
  }

  /** Nothing is mailed that nobody in front of the demo has begun. */
  async stopStandingRule(tx: Tx): Promise<void> {
    await tx.execute('UPDATE campaign_settings SET standing_rule = false');
  }

  /** @returns its steps and the day that they count from; null unless it runs */
  async findLadder(tx: Tx, id: string): Promise<{ countsFrom: string; steps: LadderStep[] } | null> {
    const [row] = await tx.query<{ countsFrom: string; steps: LadderStep[] }>(FIND_LADDER, [id]);
    return row ?? null;
  }

  /** It lies so many days earlier, with its steps and answers. When what was mailed stays: the ledger is written once. */
  async makeOlder(tx: Tx, id: string, days: number): Promise<void> {
    for (const statement of MAKE_OLDER) await tx.execute(statement, [id, days]);
  }

  /**
   * Who has been asked and answers now: three in ten of those who haven't, never the same ones first. Of a campaign
   * that asks only a few nobody does: whoever tries it answers it.
   *
   * @param codes municipalities whose clerk sits in front of the demo: they answer themselves
   */
  listAnswering(tx: Tx, id: string, codes: readonly string[]): Promise<Answering[]> {
    return tx.query(LIST_ANSWERING, [id, codes]);
  }
}

const INSERT_PAST = `
  INSERT INTO campaign (id, kind, state, title, audience, counts_from, deadline, created_at, created_by_account_id,
                        started_at, closed_at)
  SELECT uuidv7(interval '-100 days'), 'office', 'closed', $1, '{"kind": "all"}', make_date($2, 4, 1), make_date($2, 4, 30),
         (make_date($2, 2, 24) + time '14:00') AT TIME ZONE 'Asia/Tokyo',
         (SELECT id FROM account WHERE 'reviewer' = ANY (roles) ORDER BY email LIMIT 1),
         (make_date($2, 3, 2) + time '10:00') AT TIME ZONE 'Asia/Tokyo',
         (make_date($2, 7, 31) + time '17:00') AT TIME ZONE 'Asia/Tokyo'`;

/** The only campaign there is. Days near enough to working days: nothing counts from them any more. */
const INSERT_PAST_STEPS = `
  INSERT INTO campaign_step (id, campaign_id, position, template, recipients, on_date, hour, due_at, done_at)
  SELECT gen_random_uuid(), c.id, s.position, s.template, s.recipients, s.day, 9,
         (s.day + time '09:00') AT TIME ZONE 'Asia/Tokyo', (s.day + time '09:00') AT TIME ZONE 'Asia/Tokyo'
    FROM campaign c CROSS JOIN (
      SELECT position, template, recipients, make_date($1, month, day) AS day
        FROM (VALUES (1, 'pre-notice', 'primary', 3, 10), (2, 'ask', 'primary', 4, 6), (3, 'reminder', 'primary', 4, 13),
                     (4, 'reminder', 'deputy', 4, 20), (5, 'final', 'department', 4, 24), (6, 'phone', NULL, 5, 11),
                     (7, 'letter', NULL, 6, 8)) AS v (position, template, recipients, month, day)) s`;

/** Spread by the code's hash, so that each start looks alike: most in April, fewer and fewer until July. */
const INSERT_PAST_TARGETS = `
  INSERT INTO campaign_target (campaign_id, registration_id, added_at, counts_from, answered_at, answer, left_at,
                               left_because, to_call_at)
  SELECT c.id, g.id, c.started_at, c.counts_from::timestamp AT TIME ZONE 'Asia/Tokyo',
         CASE WHEN answers THEN answered_at END,
         CASE WHEN answers THEN CASE WHEN late THEN 'phone' WHEN luck % 5 < 2 THEN 'changed' ELSE 'unchanged' END END,
         CASE WHEN NOT answers THEN c.closed_at END, CASE WHEN NOT answers THEN 'closed' END,
         CASE WHEN late OR NOT answers THEN (make_date($1, 5, 11) + time '09:00') AT TIME ZONE 'Asia/Tokyo' END
    FROM campaign c
   CROSS JOIN registration g
   CROSS JOIN LATERAL (SELECT abs(hashtext(g.municipality_code)) AS luck) l
   CROSS JOIN LATERAL (SELECT luck % 100 < 97 AND g.last_confirmed_at IS NOT NULL AS answers, luck % 100 >= 80 AS late) a
   CROSS JOIN LATERAL (
     SELECT CASE WHEN late THEN (make_date($1, 5, 11) + (luck / 100 % 60) + time '14:00')
                 ELSE make_date($1, 4, 6) + ((luck / 100 % 100) ^ 2 / 300)::int + time '10:30' END
            AT TIME ZONE 'Asia/Tokyo' AS answered_at) t
   WHERE g.status = 'active'`;

const INSERT_PAST_REMINDERS = `
  INSERT INTO campaign_reminder (campaign_id, registration_id, step_id, mailbox_key, mail_id, queued_at)
  SELECT t.campaign_id, t.registration_id, s.id, lower(d.email), gen_random_uuid(), s.due_at
    FROM campaign_target t
    JOIN campaign_step s ON s.campaign_id = t.campaign_id AND s.recipients IS NOT NULL
    JOIN registration g ON g.id = t.registration_id
    JOIN department d ON d.id = g.primary_department_id
   WHERE coalesce(t.answered_at > s.due_at, true)`;

const FIND_LADDER = `
  SELECT c.counts_from::text AS "countsFrom",
         (SELECT json_agg(json_build_object('on', s.on_date, 'afterDays', s.after_days, 'hour', s.hour,
                   'gone', s.done_at IS NOT NULL OR s.overtaken_at IS NOT NULL) ORDER BY s.position)
            FROM campaign_step s WHERE s.campaign_id = c.id) AS steps
    FROM campaign c WHERE c.id = $1 AND c.state = 'running'`;

const DAYS = 'make_interval(days => $2)';

const MAKE_OLDER = [
  `UPDATE campaign SET counts_from = counts_from - $2::int, deadline = deadline - $2::int, started_at = started_at - ${DAYS}
    WHERE id = $1`,
  `UPDATE campaign_step SET on_date = on_date - $2::int, due_at = due_at - ${DAYS}, done_at = done_at - ${DAYS},
          overtaken_at = overtaken_at - ${DAYS} WHERE campaign_id = $1`,
  `UPDATE campaign_target SET counts_from = counts_from - ${DAYS}, added_at = added_at - ${DAYS},
          answered_at = answered_at - ${DAYS}, to_call_at = to_call_at - ${DAYS}, to_write_at = to_write_at - ${DAYS},
          next_on = next_on - $2::int WHERE campaign_id = $1`,
];

const LIST_ANSWERING = `
  SELECT t.registration_id AS "registrationId", g.version,
         coalesce((SELECT k.name FROM contact k WHERE k.registration_id = g.id AND k.valid_to IS NULL
                    ORDER BY k.role DESC, k.position LIMIT 1), '担当者') AS name
    FROM campaign_target t
    JOIN registration g ON g.id = t.registration_id AND g.status = 'active'
   WHERE t.campaign_id = $1 AND t.answered_at IS NULL AND t.left_at IS NULL AND t.counts_from <= now()
     AND (SELECT count(*) FROM campaign_target WHERE campaign_id = $1) > 20
     AND g.municipality_code <> ALL ($2)
     AND EXISTS (SELECT FROM campaign_reminder r JOIN campaign_step s ON s.id = r.step_id
                  WHERE r.campaign_id = t.campaign_id AND r.registration_id = t.registration_id
                    AND s.template <> 'pre-notice')
     AND NOT EXISTS (SELECT FROM change_request q WHERE q.registration_id = t.registration_id
                        AND q.status IN ('awaiting_verification', 'under_review', 'returned'))
     AND (hashtext(g.municipality_code || (SELECT count(*) FROM campaign_step WHERE campaign_id = $1 AND done_at IS NOT NULL))
          & 255) < 77`;
