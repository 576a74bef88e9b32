import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { DeliveryResponse } from './reach.dto.js';
import type { Delivery } from './recipient.entity.js';

/** What a digest tells. */
export interface DigestItem {
  readonly announcementId: string;
  readonly title: string;
  readonly summary: string;
  readonly category: string;
  readonly publishedAt: Date;
  readonly expiresAt: Date | null;
  readonly attachmentCount: number;
}

export interface DigestMailbox {
  readonly mailbox: string;
  readonly municipality: string;
}

@Injectable()
export class DeliveriesRepository {
  /** What it has chosen; at once where it never did. null outside the viewer's scope. */
  async find(tx: Tx, registrationId: string): Promise<DeliveryResponse | null> {
    const [row] = await tx.query<DeliveryResponse>(
      `SELECT coalesce(d.version, 1) AS version, coalesce(d.delivery, 'at-once') AS delivery,
              s.digest_hour AS "digestHour", d.changed_at AS "changedAt", d.changed_by AS "changedBy"
         FROM registration g CROSS JOIN announcement_settings s
         LEFT JOIN announcement_delivery d ON d.registration_id = g.id
        WHERE g.id = $1`,
      [registrationId],
    );
    return row ?? null;
  }

  /**
   * One that never chose is at version 1.
   *
   * @returns false where it isn't at `version` any more
   */
  async choose(
    tx: Tx,
    registrationId: string,
    { version, delivery, by }: { version: number; delivery: Delivery; by: string },
  ): Promise<boolean> {
    const touched = await tx.execute(
      `INSERT INTO announcement_delivery AS d (registration_id, version, delivery, caught_up_at, changed_at, changed_by)
       SELECT $1, 2, $2, '-infinity', now(), $3 WHERE $4 = 1 OR EXISTS
              (SELECT FROM announcement_delivery WHERE registration_id = $1)
       ON CONFLICT ON CONSTRAINT announcement_delivery_pkey DO UPDATE
         SET version = d.version + 1, delivery = excluded.delivery, changed_at = now(), changed_by = excluded.changed_by
       WHERE d.version = $4`,
      [registrationId, delivery, by, version],
    );
    return touched > 0;
  }

  /**
   * Gives registrations that began, or came back, after they were last given anything what is out and meant for them.
   * Without a mail: they read it in the list.
   */
  async catchUp(tx: Tx): Promise<void> {
    // Locked first: a correction that is under way may be about to mean it for others.
    const announcements = await tx.query<{ id: string }>(LOCK_MISSING);
    await tx.execute(CATCH_UP, [announcements.map(({ id }) => id)]);
  }

  /**
   * Ids of registrations with something that wasn't told yet: it came before the last time the hour struck, or will have
   * ended when it strikes next.
   */
  async listDue(tx: Tx): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      `SELECT DISTINCT n.registration_id AS id ${DUE} ORDER BY n.registration_id`,
    );
    return rows.map(({ id }) => id);
  }

  /** Takes them: no other process tells them again. Oldest first. */
  async takeDue(tx: Tx, registrationId: string): Promise<DigestItem[]> {
    // Locked first: what a correction is about to say is waited for, and a correction sees who was told before it.
    const locked = await tx.query<{ id: string }>(
      `SELECT a.id ${DUE} AND n.registration_id = $1 ORDER BY a.id FOR SHARE OF a`,
      [registrationId],
    );
    return tx.query<DigestItem>(
      `WITH due AS (
         SELECT n.announcement_id ${DUE} AND n.registration_id = $1 AND a.id = ANY ($2) FOR UPDATE OF n SKIP LOCKED),
       taken AS (
         UPDATE announcement_recipient n SET mailed_at = now() FROM due
          WHERE n.registration_id = $1 AND n.announcement_id = due.announcement_id
         RETURNING n.announcement_id)
       SELECT a.id AS "announcementId", a.title, a.summary, c.name AS category, a.published_at AS "publishedAt",
              a.expires_at AS "expiresAt",
              (SELECT count(*)::int FROM announcement_attachment f
                WHERE f.announcement_id = a.id AND f.added_at IS NOT NULL AND f.removed_at IS NULL) AS "attachmentCount"
         FROM taken t JOIN announcement a ON a.id = t.announcement_id
         JOIN announcement_category c ON c.id = a.category_id
        ORDER BY a.published_at, a.id`,
      [registrationId, locked.map(({ id }) => id)],
    );
  }

  async mailboxes(tx: Tx, registrationId: string): Promise<DigestMailbox[]> {
    return tx.query<DigestMailbox>(
      `SELECT b.mailbox, p.name || m.name AS municipality
         FROM registered_mailbox b
         JOIN registration g ON g.id = b.registration_id
         JOIN municipality m ON m.code = g.municipality_code
         JOIN prefecture p ON p.code = m.prefecture_code
        WHERE b.registration_id = $1 ORDER BY b.mailbox`,
      [registrationId],
    );
  }
}

/** When the hour struck last, in Tokyo. */
const LAST_STROKE = `
  (SELECT CASE WHEN stroke <= now() THEN stroke ELSE stroke - interval '1 day' END
     FROM (SELECT (today_in_tokyo() + make_time(digest_hour, 0, 0)) AT TIME ZONE 'Asia/Tokyo' AS stroke
             FROM announcement_settings) s)`;

const DUE = `
    FROM announcement_recipient n
    JOIN announcement a ON a.id = n.announcement_id
    JOIN registration g ON g.id = n.registration_id
   WHERE n.delivery = 'digest' AND n.mailed_at IS NULL AND n.removed_at IS NULL
     AND (n.added_at < ${LAST_STROKE} OR a.expires_at <= ${LAST_STROKE} + interval '1 day')
     AND g.status = 'active' AND a.state = 'published' AND (a.expires_at IS NULL OR a.expires_at > now())`;

/** Looked at for some minutes more: a publication that was under way may have missed it. */
const NEWCOMER = `
    newcomer AS (
    SELECT g.id, m.prefecture_code, m.type, s.id AS association_id, m.code
      FROM registration g
      JOIN municipality m ON m.code = g.municipality_code
      LEFT JOIN association s ON s.prefecture_code = m.prefecture_code AND m.type = ANY (s.municipality_types)
      LEFT JOIN announcement_delivery d ON d.registration_id = g.id
     WHERE g.status = 'active'
       AND (d.registration_id IS NULL
            OR d.caught_up_at < (SELECT max(v.recorded_at) + interval '5 minutes' FROM registration_version v
                                  WHERE v.registration_id = g.id AND v.cause IN ('registration', 'application', 'return'))))`;

const MEANT_FOR_NEWCOMER =
  'announcement_is_meant_for(a.audience, n.prefecture_code, n.type, n.association_id, n.code)';

const LOCK_MISSING = `
  WITH ${NEWCOMER}
  SELECT a.id FROM announcement a
   WHERE a.state = 'published'
     AND EXISTS (SELECT FROM newcomer n
                  WHERE ${MEANT_FOR_NEWCOMER}
                    AND NOT EXISTS (SELECT FROM announcement_recipient r
                                     WHERE r.registration_id = n.id AND r.announcement_id = a.id
                                       AND r.removed_at IS NULL))
   ORDER BY a.id FOR SHARE OF a`;

const CATCH_UP = `
  WITH ${NEWCOMER},
  given AS (
    INSERT INTO announcement_recipient (registration_id, announcement_id)
    SELECT n.id, a.id FROM newcomer n
      JOIN announcement a ON a.id = ANY ($1) AND a.state = 'published' AND ${MEANT_FOR_NEWCOMER}
    ON CONFLICT ON CONSTRAINT announcement_recipient_pkey DO UPDATE SET removed_at = NULL
     WHERE announcement_recipient.removed_at IS NOT NULL)
  INSERT INTO announcement_delivery (registration_id, caught_up_at)
  SELECT id, clock_timestamp() FROM newcomer
  ON CONFLICT ON CONSTRAINT announcement_delivery_pkey DO UPDATE SET caught_up_at = excluded.caught_up_at`;
