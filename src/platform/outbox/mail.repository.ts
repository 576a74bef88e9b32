import { Injectable } from '@nestjs/common';
import { counted } from '../database/counted.js';
import type { Tx } from '../database/tx.js';
import { escapeLike } from '../text/search-text.js';
import type { MailQuery, MailResponse, MailSummaryResponse } from './mail.dto.js';

export type MailSummaryRow = Omit<MailSummaryResponse, 'kindLabel'>;
export type MailRow = Omit<MailResponse, 'kindLabel'>;

/** What the office reads of the outbox. Row-level security keeps it from members. */
@Injectable()
export class MailRepository {
  /** Newest first; ids are UUIDv7 and so in the order of queueing. @param before the last id of the page before */
  async list(
    tx: Tx,
    query: MailQuery,
    before: string | null,
  ): Promise<{ rows: MailSummaryRow[]; total: number }> {
    const words = (query.q ?? '').split(/\s+/u).filter((word) => word !== '');
    const rows = await tx.query<MailSummaryRow & { id: string | null; total: number }>(LIST, [
      query.registrationId ?? null,
      query.status ?? null,
      query.kind ?? null,
      words.map((word) => `%${escapeLike(word)}%`),
      query.from ?? null,
      query.to ?? null,
      before,
      query.limit + 1,
    ]);
    return counted(rows, ({ id }) => id !== null);
  }

  async find(tx: Tx, id: string): Promise<MailRow | null> {
    const [row] = await tx.query<MailRow>(FIND, [id]);
    return row ?? null;
  }

  /** The mail, locked until the transaction ends: no worker has it meanwhile. */
  async lock(tx: Tx, id: string): Promise<MailRow | null> {
    await tx.query('SELECT FROM outbox_message WHERE id = $1 FOR UPDATE', [id]);
    return this.find(tx, id);
  }

  /** Makes a mail that failed due again, with the `Message-ID` that it had. */
  async retry(tx: Tx, id: string): Promise<void> {
    await tx.execute(
      `UPDATE outbox_message SET failed_at = NULL, not_before = now(), leased_until = NULL, retried_at = now()
        WHERE id = $1 AND failed_at IS NOT NULL`,
      [id],
    );
  }
}

const STATUS = `
  CASE WHEN o.bounced_at IS NOT NULL THEN 'bounced' WHEN o.failed_at IS NOT NULL THEN 'failed'
       WHEN o.sent_at IS NOT NULL THEN 'sent' ELSE 'waiting' END`;

const COLUMNS = `
  o.id, o.kind, o.recipient, o.subject, about.about,
  ${STATUS} AS status, o.queued_at AS "queuedAt", o.sent_at AS "sentAt", o.failed_at AS "failedAt",
  o.bounced_at AS "bouncedAt", o.attempts, o.last_error AS "lastError"`;

const ABOUT = `
  CROSS JOIN LATERAL (
    SELECT coalesce(json_agg(json_build_object('registrationId', r.id, 'municipality', p.name || m.name)
                             ORDER BY m.code), '[]') AS about
      FROM registration r
      JOIN municipality m ON m.code = r.municipality_code
      JOIN prefecture p ON p.code = m.prefecture_code
     WHERE r.id = ANY (ARRAY (SELECT o.registration_id
                              UNION ALL
                              SELECT a.registration_id FROM outbox_message_about a WHERE a.message_id = o.id))) about`;

/** Looked up twice and kept nowhere in between: a copy of every mail with its text would cost more than both. */
const LIST = `
  WITH matched AS NOT MATERIALIZED (
    SELECT o.* FROM outbox_message o
     WHERE ($1::uuid IS NULL OR o.registration_id = $1
            OR o.id = ANY (ARRAY (SELECT a.message_id FROM outbox_message_about a WHERE a.registration_id = $1)))
       AND ($2::text IS NULL OR ${STATUS} = $2)
       AND ($3::text IS NULL OR o.kind = $3)
       AND (cardinality($4::text[]) = 0 OR (o.recipient || ' ' || o.subject) ILIKE ALL ($4))
       AND ($5::date IS NULL OR o.queued_at >= $5::date::timestamp AT TIME ZONE 'Asia/Tokyo')
       AND ($6::date IS NULL OR o.queued_at < ($6::date + 1)::timestamp AT TIME ZONE 'Asia/Tokyo'))
  SELECT counted.total, page.*
    FROM (SELECT count(*)::int AS total FROM matched) counted
    LEFT JOIN LATERAL (
      SELECT ${COLUMNS} FROM matched o ${ABOUT}
       WHERE $7::uuid IS NULL OR o.id < $7
       ORDER BY o.id DESC LIMIT $8) page ON true`;

const FIND = `
  SELECT ${COLUMNS}, o.body, o.retried_at AS "retriedAt",
         o.failed_at IS NOT NULL AND coalesce(o.useless_after > now(), true) AS "mayRetry",
         (SELECT coalesce(json_agg(json_build_object(
                   'attempt', a.attempt,
                   'startedAt', to_char(a.started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                   'endedAt', to_char(a.ended_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                   'outcome', a.outcome, 'response', a.response) ORDER BY a.attempt), '[]')
            FROM outbox_attempt a WHERE a.message_id = o.id) AS tries
    FROM outbox_message o ${ABOUT}
   WHERE o.id = $1`;
