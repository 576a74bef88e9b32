import { Injectable } from '@nestjs/common';
import { counted } from '../platform/database/counted.js';
import type { Tx } from '../platform/database/tx.js';
import type { ForMany } from '../platform/outbox/outbox.service.js';
import { likePatterns } from '../platform/text/search-text.js';
import type { Audience } from './audience.js';
import type { AudienceCountResponse } from './audience.dto.js';
import type { ReachQuery } from './reach.dto.js';
import type { Delivery } from './recipient.entity.js';

export interface RecipientRow {
  readonly registrationId: string;
  readonly municipalityCode: string;
  readonly municipality: string;
  readonly delivery: Delivery | null;
  readonly mailedAt: Date | null;
  readonly acknowledgedAt: Date | null;
  readonly acknowledgedBy: string | null;
  readonly acknowledgedRevision: number | null;
  readonly followedUpAt: Date | null;
}

export interface ReachedNow {
  readonly told: number;
  readonly askable: number;
  readonly waitingForDigest: number;
}

/** Municipalities that a statement has just touched, and where they are mailed. */
export interface Touched {
  readonly municipalities: number;
  readonly mailboxes: readonly ForMany[];
}

/** For whom an announcement is meant, row by row, and what they did with it. */
@Injectable()
export class RecipientsRepository {
  async count(tx: Tx, audience: Audience): Promise<AudienceCountResponse> {
    const [row] = await tx.query<AudienceCountResponse>(COUNT_AUDIENCE, [JSON.stringify(audience)]);
    return row ?? { municipalities: 0, mailboxes: 0, digest: 0 };
  }

  /**
   * Writes down for whom it is meant at this instant; who is in already stays, who left before comes back.
   *
   * @returns who came in, with the mailboxes of those that are told at once and never were: a digest waits for its hour
   */
  async add(tx: Tx, announcementId: string, audience: Audience): Promise<Touched> {
    return toTouched(await tx.query(ADD, [announcementId, JSON.stringify(audience)]));
  }

  /** @returns the registrations that are out: for those it is meant no longer, and they see it no longer */
  async removeOthers(tx: Tx, announcementId: string, audience: Audience): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(REMOVE_OTHERS, [announcementId, JSON.stringify(audience)]);
    return rows.map(({ id }) => id);
  }

  /**
   * Those who were mailed, or have acknowledged it before a mail, but for those whom this transaction has added. A digest
   * that waits for its hour tells the others what it says by then.
   */
  async told(tx: Tx, announcementId: string): Promise<Touched> {
    return toTouched(await tx.query(TOLD, [announcementId]));
  }

  /** In the order of their codes. @param after the last code seen */
  async listReach(
    tx: Tx,
    announcementId: string,
    query: ReachQuery & { after: string | null },
  ): Promise<{ rows: RecipientRow[]; total: number }> {
    const rows = await tx.query<RecipientRow & { total: number }>(LIST_REACH, [
      announcementId,
      likePatterns(query.q),
      query.status === undefined ? null : query.status === 'acknowledged',
      query.after,
      query.limit + 1,
    ]);
    return counted(rows, ({ registrationId }) => (registrationId as string | null) !== null);
  }

  /** Whom a correction and a follow-up would be mailed to now, and who is told by the next digest before. */
  async countReachedNow(tx: Tx, announcementId: string): Promise<ReachedNow> {
    const [row] = await tx.query<ReachedNow>(COUNT_REACHED_NOW, [announcementId]);
    return row ?? { told: 0, askable: 0, waitingForDigest: 0 };
  }

  async markRead(tx: Tx, announcementId: string, registrationId: string, mailboxKey: string): Promise<void> {
    await tx.execute(
      `INSERT INTO announcement_reading (registration_id, mailbox_key, announcement_id) VALUES ($1, $2, $3)
       ON CONFLICT ON CONSTRAINT announcement_reading_pkey DO NOTHING`,
      [registrationId, mailboxKey, announcementId],
    );
  }

  /** @returns false where an acknowledgement that counts was there already */
  async acknowledge(
    tx: Tx,
    announcementId: string,
    by: { registrationId: string; name: string; mailbox: string; revision: number; acknowledgeFrom: number },
  ): Promise<boolean> {
    const touched = await tx.execute(
      `UPDATE announcement_recipient
          SET acknowledged_at = now(), acknowledged_by = $3, acknowledged_mailbox = $4, acknowledged_revision = $5
        WHERE registration_id = $1 AND announcement_id = $2 AND removed_at IS NULL
          AND (acknowledged_revision >= $6) IS NOT TRUE`,
      [by.registrationId, announcementId, by.name, by.mailbox, by.revision, by.acknowledgeFrom],
    );
    return touched > 0;
  }

  /**
   * Takes those who haven't acknowledged and weren't reminded since it was last asked. A digest that waits for its hour
   * tells them first.
   */
  async followUp(tx: Tx, announcementId: string): Promise<Touched> {
    return toTouched(await tx.query(FOLLOW_UP, [announcementId]));
  }
}

type TouchedRow = { readonly [Field in keyof ForMany]: ForMany[Field] | null } & {
  readonly municipalities: number;
};

/** The count stands in every row; one without a mailbox holds nothing else. */
function toTouched(rows: readonly TouchedRow[]): Touched {
  return {
    municipalities: rows[0]?.municipalities ?? 0,
    mailboxes: rows.flatMap(({ to, municipality, registrationId }) =>
      to === null || municipality === null || registrationId === null
        ? []
        : [{ to, municipality, registrationId }],
    ),
  };
}

/** Registrations of today with what an audience is told by. */
const REGISTERED = `
  registration g
  JOIN municipality m ON m.code = g.municipality_code
  LEFT JOIN association s ON s.prefecture_code = m.prefecture_code AND m.type = ANY (s.municipality_types)`;
const MEANT_FOR = (audience: string): string =>
  `announcement_is_meant_for(${audience}, m.prefecture_code, m.type, s.id, m.code)`;

const COUNT_AUDIENCE = `
  WITH meant AS (
    SELECT g.id FROM ${REGISTERED} WHERE g.status = 'active' AND ${MEANT_FOR('$1::jsonb')})
  SELECT (SELECT count(*)::int FROM meant) AS municipalities,
         (SELECT count(*)::int FROM meant JOIN registered_mailbox b ON b.registration_id = meant.id) AS mailboxes,
         (SELECT count(*)::int FROM meant JOIN announcement_delivery d
             ON d.registration_id = meant.id AND d.delivery = 'digest') AS digest`;

/**
 * Of the municipalities that a statement touched, every registered mailbox and whom to address there. In one statement
 * with it: the planner then knows that there may be many.
 */
const withMailboxes = (touched: string): string => `
  WITH touched AS (${touched}),
  told AS (
    SELECT b.mailbox AS "to", p.name || m.name AS municipality, t.registration_id AS "registrationId", m.code
      FROM touched t
      JOIN registered_mailbox b ON b.registration_id = t.registration_id
      JOIN registration g ON g.id = t.registration_id
      JOIN municipality m ON m.code = g.municipality_code
      JOIN prefecture p ON p.code = m.prefecture_code
     WHERE t.is_told)
  SELECT counted.municipalities, told."to", told.municipality, told."registrationId"
    FROM (SELECT count(*)::int AS municipalities FROM touched) counted LEFT JOIN told ON true
   ORDER BY told.code, told."to"`;

/** now() is the instant of the transaction: a row that was there before, and comes back, has another. */
const ADD = withMailboxes(`
    INSERT INTO announcement_recipient (registration_id, announcement_id, delivery, mailed_at)
    SELECT g.id, $1, coalesce(d.delivery, 'at-once'), CASE WHEN d.delivery = 'digest' THEN NULL ELSE now() END
      FROM ${REGISTERED}
      LEFT JOIN announcement_delivery d ON d.registration_id = g.id
     WHERE g.status = 'active' AND ${MEANT_FOR('$2::jsonb')}
    ON CONFLICT ON CONSTRAINT announcement_recipient_pkey DO UPDATE SET removed_at = NULL
     WHERE announcement_recipient.removed_at IS NOT NULL
    RETURNING registration_id, delivery = 'at-once' AND added_at = now() AS is_told`);

/** By a mail, or by the list. */
const WAS_TOLD = '(n.mailed_at IS NOT NULL OR n.acknowledged_at IS NOT NULL)';

const TOLD = withMailboxes(`
    SELECT n.registration_id, true AS is_told FROM announcement_recipient n
     WHERE n.announcement_id = $1 AND n.removed_at IS NULL AND ${WAS_TOLD} AND n.added_at <> now()`);

/** They haven't acknowledged what counts, and weren't reminded since it was last asked. */
const ASKABLE = `(n.acknowledged_revision >= a.acknowledge_from) IS NOT TRUE
       AND (n.followed_up_revision >= a.acknowledge_from) IS NOT TRUE`;
/** Nobody there was told: the digest comes first. Whoever found it in the list before can be asked again. */
const WAITS_FOR_DIGEST =
  "(n.delivery IS NOT DISTINCT FROM 'digest' AND n.mailed_at IS NULL AND n.acknowledged_at IS NULL)";

const COUNT_REACHED_NOW = `
  SELECT count(*) FILTER (WHERE ${WAS_TOLD})::int AS told,
         count(*) FILTER (WHERE ${ASKABLE} AND NOT ${WAITS_FOR_DIGEST})::int AS askable,
         count(*) FILTER (WHERE ${WAITS_FOR_DIGEST})::int AS "waitingForDigest"
    FROM announcement_recipient n
    JOIN announcement a ON a.id = n.announcement_id
    JOIN registration g ON g.id = n.registration_id AND g.status = 'active'
   WHERE n.announcement_id = $1 AND n.removed_at IS NULL`;

const FOLLOW_UP = withMailboxes(`
    UPDATE announcement_recipient n SET followed_up_at = now(), followed_up_revision = a.revision
      FROM announcement a, registration g
     WHERE n.announcement_id = $1 AND a.id = $1 AND n.removed_at IS NULL
       AND g.id = n.registration_id AND g.status = 'active' AND ${ASKABLE} AND NOT ${WAITS_FOR_DIGEST}
    RETURNING n.registration_id, true AS is_told`);

const REMOVE_OTHERS = `
  UPDATE announcement_recipient n SET removed_at = now()
    FROM ${REGISTERED}
   WHERE n.announcement_id = $1 AND n.removed_at IS NULL AND g.id = n.registration_id
     AND NOT coalesce(${MEANT_FOR('$2::jsonb')}, false)
  RETURNING n.registration_id AS id`;

const ACKNOWLEDGED = '(n.acknowledged_revision >= a.acknowledge_from) IS TRUE';

const LIST_REACH = `
  WITH matched AS (
    SELECT n.registration_id AS "registrationId", m.code AS "municipalityCode", p.name || m.name AS municipality,
           n.delivery, n.mailed_at AS "mailedAt", n.acknowledged_at AS "acknowledgedAt",
           n.acknowledged_by AS "acknowledgedBy", n.acknowledged_revision AS "acknowledgedRevision",
           n.followed_up_at AS "followedUpAt"
      FROM announcement_recipient n
      JOIN announcement a ON a.id = n.announcement_id
      JOIN registration g ON g.id = n.registration_id AND g.status = 'active'
      JOIN municipality m ON m.code = g.municipality_code
      JOIN prefecture p ON p.code = m.prefecture_code
     WHERE n.announcement_id = $1 AND n.removed_at IS NULL AND m.search_text LIKE ALL ($2::text[])
       AND ($3::boolean IS NULL OR ${ACKNOWLEDGED} = $3))
  SELECT counted.total, page.*
    FROM (SELECT count(*)::int AS total FROM matched) counted
    LEFT JOIN LATERAL (
      SELECT * FROM matched WHERE $4::text IS NULL OR "municipalityCode" > $4
       ORDER BY "municipalityCode" LIMIT $5) page ON true`;
