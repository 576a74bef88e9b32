/**
 * What the statements about targets are made of, in parts and as a whole. `t` is a `campaign_target`, `g` its
 * registration, `o` a mail of the outbox.
 */

/** Of `t`: nobody has answered, and somebody may. */
export const OPEN = 't.answered_at IS NULL AND t.left_at IS NULL';

/** Of `t`: a change request of its registration is on its way. */
export const CHECKING = `EXISTS (
  SELECT FROM change_request q WHERE q.registration_id = t.registration_id
     AND q.status IN ('awaiting_verification', 'under_review', 'returned'))`;

/** Of a mail `o` of the ledger: the server took it. One that the outbox keeps no longer was sent long ago. */
export const DELIVERED = '(o.id IS NULL OR (o.sent_at IS NOT NULL AND o.bounced_at IS NULL))';

/** Of `o`: it was given up or came back, and wasn't withdrawn. */
export const UNDELIVERABLE = `
  ((o.failed_at IS NOT NULL OR o.bounced_at IS NOT NULL) AND coalesce(o.useless_after > now(), true))`;

/** Midnight of a date in Japan. */
const midnight = (date: string): string => `(${date}::date::timestamp AT TIME ZONE 'Asia/Tokyo')`;

const FRESHNESS_OF_G = `
  CASE WHEN g.last_confirmed_at IS NULL THEN 'unknown'
       WHEN g.last_confirmed_at >= fresh_since() THEN 'fresh' ELSE 'stale' END`;

/** When somebody of `g` last said anything of it: confirmed it, or changed it. */
const SAID_AT = `
  greatest(g.last_confirmed_at, (SELECT max(v.recorded_at) FROM registration_version v WHERE v.registration_id = g.id
                                    AND v.cause IN ('change-request', 'rule', 'handover', 'recovery')))`;

/** $1: audience, $2: the first day that counts. */
export const MEANT = `
  meant AS (
    SELECT g.id, p.name || m.name AS municipality, m.code, coalesce(m.valid_to <= today_in_tokyo(), false) AS ended,
           CASE WHEN said.at >= ${midnight('$2')} THEN said.at END AS said_at,
           EXISTS (SELECT FROM campaign_target t JOIN campaign c ON c.id = t.campaign_id AND c.kind = 'office'
                    WHERE t.registration_id = g.id AND ${OPEN}) AS asked
      FROM registration g
      JOIN municipality m ON m.code = g.municipality_code
      JOIN prefecture p ON p.code = m.prefecture_code
      LEFT JOIN association s ON s.prefecture_code = m.prefecture_code AND m.type = ANY (s.municipality_types)
     CROSS JOIN LATERAL (SELECT ${SAID_AT} AS at) said
     WHERE g.status = 'active'
       AND campaign_is_meant_for($1::jsonb, m.prefecture_code, m.type, s.id, m.code, ${FRESHNESS_OF_G}))`;

export const ASKED_BY_THE_RULE = `
  SELECT FROM campaign_target t JOIN campaign c ON c.id = t.campaign_id AND c.kind = 'standing' WHERE ${OPEN} LIMIT 1`;

export const TAKE_OVER = `
  WITH ${MEANT}
  UPDATE campaign_target t SET left_at = now(), left_because = 'taken-over', next_on = NULL
    FROM meant, campaign c
   WHERE t.registration_id = meant.id AND NOT meant.ended AND meant.said_at IS NULL AND ${OPEN}
     AND c.id = t.campaign_id AND c.kind = 'standing'`;

export const ADD = `
  WITH ${MEANT},
  added AS (
    INSERT INTO campaign_target (campaign_id, registration_id, counts_from, answered_at, answer)
    SELECT $3, id, ${midnight('$2')}, said_at, CASE WHEN said_at IS NOT NULL THEN 'before' END
      FROM meant WHERE NOT ended
    ON CONFLICT (registration_id) WHERE answered_at IS NULL AND left_at IS NULL DO NOTHING
    RETURNING answer)
  SELECT (SELECT count(*)::int FROM meant WHERE NOT ended) AS meant, count(*)::int AS targets,
         count(answer)::int AS before
    FROM added`;

export const ADD_LEFT_OUT = `
  WITH ${MEANT}
  INSERT INTO campaign_target (campaign_id, registration_id, counts_from, left_at, left_because)
  SELECT $3, id, ${midnight('$2')}, now(), 'asked-already' FROM meant
   WHERE NOT ended AND NOT EXISTS (
     SELECT FROM campaign_target t WHERE t.campaign_id = $3 AND t.registration_id = meant.id)`;

/** Of `t`: it was mailed something that asks for an answer. */
const ASKED = `EXISTS (
  SELECT FROM campaign_reminder r JOIN campaign_step s ON s.id = r.step_id AND s.template <> 'pre-notice'
   WHERE r.campaign_id = t.campaign_id AND r.registration_id = t.registration_id)`;

/**
 * Members of which nobody has said anything for as long as a confirmation counts, and whom nobody asks, nor has asked in
 * vain in that time: whoever didn't answer a whole ladder isn't sent another one every month.
 */
export const STALE = `
  SELECT g.id FROM registration g JOIN municipality m ON m.code = g.municipality_code
   WHERE g.status = 'active' AND coalesce(m.valid_to > today_in_tokyo(), true)
     AND coalesce(${SAID_AT}, g.created_at) < fresh_since() AND g.created_at < fresh_since()
     AND NOT EXISTS (SELECT FROM campaign_target t WHERE t.registration_id = g.id
                        AND ((${OPEN}) OR (t.left_because = 'closed' AND t.left_at >= fresh_since() AND ${ASKED})))`;

export const ADD_STALE = `
  INSERT INTO campaign_target (campaign_id, registration_id, counts_from)
  SELECT $1, id, ${midnight('$2')} FROM (${STALE}) stale
  ON CONFLICT (registration_id) WHERE answered_at IS NULL AND left_at IS NULL DO NOTHING`;

export const PROGRESS = `
  WITH undelivered AS MATERIALIZED (
    SELECT o.id FROM outbox_message o WHERE starts_with(o.kind, 'campaign.') AND NOT ${DELIVERED}),
  reached AS MATERIALIZED (
    SELECT DISTINCT r.registration_id FROM campaign_reminder r
     WHERE r.campaign_id = $1 AND r.mail_id NOT IN (SELECT id FROM undelivered)),
  target AS (
    SELECT t.*, ${OPEN} AS is_open, (${OPEN}) AND ${CHECKING} AS is_checking,
           reached.registration_id IS NOT NULL AS is_reached
      FROM campaign_target t LEFT JOIN reached ON reached.registration_id = t.registration_id
     WHERE t.campaign_id = $1)
  SELECT count(*) FILTER (WHERE left_because IS DISTINCT FROM 'asked-already')::int AS targets,
         count(*) FILTER (WHERE is_reached)::int AS reached,
         count(answered_at)::int AS answered,
         count(*) FILTER (WHERE answer = 'unchanged')::int AS unchanged,
         count(*) FILTER (WHERE answer = 'changed')::int AS changed,
         count(*) FILTER (WHERE answer = 'phone')::int AS phone,
         count(*) FILTER (WHERE answer = 'before')::int AS before,
         count(*) FILTER (WHERE is_checking)::int AS checking,
         count(*) FILTER (WHERE is_open AND NOT is_checking)::int AS open,
         count(*) FILTER (WHERE left_because <> 'asked-already')::int AS left,
         count(*) FILTER (WHERE is_open AND NOT is_checking AND to_call_at IS NOT NULL)::int AS "toCall",
         count(*) FILTER (WHERE is_open AND NOT is_checking AND to_call_at IS NOT NULL
                            AND coalesce(next_on <= today_in_tokyo(), true))::int AS "toCallToday",
         count(*) FILTER (WHERE is_open AND NOT is_checking AND to_write_at IS NOT NULL)::int AS "toWrite",
         count(*) FILTER (WHERE left_because = 'asked-already')::int AS "askedAlready"
    FROM target`;

export const PREFECTURES = `
  SELECT p.code, p.name, count(t.registration_id)::int AS targets, count(t.answered_at)::int AS answered,
         count(*) FILTER (WHERE t.is_open AND t.is_checking)::int AS checking,
         count(*) FILTER (WHERE t.is_open AND NOT t.is_checking)::int AS open
    FROM prefecture p
    LEFT JOIN (
      SELECT t.registration_id, t.answered_at, ${OPEN} AS is_open, ${CHECKING} AS is_checking, m.prefecture_code
        FROM campaign_target t
        JOIN registration g ON g.id = t.registration_id
        JOIN municipality m ON m.code = g.municipality_code
       WHERE t.campaign_id = $1 AND t.left_because IS DISTINCT FROM 'asked-already') t ON t.prefecture_code = p.code
   GROUP BY p.code, p.name ORDER BY p.code`;

export const LIST = `
  WITH matched AS (
    SELECT t.registration_id AS "registrationId", m.code AS "municipalityCode", p.name || m.name AS municipality,
           t.number, t.answer, t.answered_at AS "answeredAt", t.left_because AS "leftBecause",
           t.to_call_at IS NOT NULL AS "toCall",
           CASE WHEN t.answered_at IS NOT NULL THEN 'answered' WHEN t.left_at IS NOT NULL THEN 'left'
                WHEN ${CHECKING} THEN 'checking' ELSE 'open' END AS status
      FROM campaign_target t
      JOIN registration g ON g.id = t.registration_id
      JOIN municipality m ON m.code = g.municipality_code
      JOIN prefecture p ON p.code = m.prefecture_code
     WHERE t.campaign_id = $1 AND (m.search_text LIKE ALL ($2::text[]) OR t.number = $7::bigint)
       AND ($3::text IS NULL OR m.prefecture_code = $3))
  SELECT counted.total, page.*
    FROM (SELECT count(*)::int AS total FROM matched WHERE $4::text IS NULL OR status = $4) counted
    LEFT JOIN LATERAL (
      SELECT matched.*, sent.* FROM matched
       CROSS JOIN LATERAL (
         SELECT count(*)::int AS mails, max(r.queued_at) AS "lastMailAt",
                CASE WHEN bool_or(${DELIVERED}) THEN true
                     WHEN bool_and(coalesce(${UNDELIVERABLE}, false)) THEN false END AS reached
           FROM campaign_reminder r LEFT JOIN outbox_message o ON o.id = r.mail_id
          WHERE r.campaign_id = $1 AND r.registration_id = matched."registrationId") sent
       WHERE ($4::text IS NULL OR status = $4) AND ($5::text IS NULL OR "municipalityCode" > $5)
       ORDER BY "municipalityCode" LIMIT $6) page ON true`;
