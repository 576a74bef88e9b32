import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/tx.js';
import { EVENT_TEXT, type Head } from './chain.js';
import type { Link } from './chain.policy.js';

/** A head that went out, and where it is known from. */
export interface ToldHead extends Head {
  /** In words, such as `the head of 2026-11-22`. */
  readonly from: string;
}

export interface UnsealedSummary {
  readonly count: number;
  readonly eventId: string | null;
  readonly occurredAt: string | null;
  readonly type: string | null;
}

interface LinkRow {
  readonly seq: string;
  readonly previousHash: Buffer;
  readonly hash: Buffer;
  readonly eventId: string;
  readonly occurredAt: string | null;
  readonly type: string;
  readonly text: string;
  readonly sealedDigest: Buffer | null;
  readonly hasPersonal: boolean;
  readonly digest: Buffer | null;
  readonly erasureIsOnRecord: boolean;
}

@Injectable()
export class VerificationRepository {
  /** In the order in which they went out. */
  async listHeads(tx: Tx): Promise<ToldHead[]> {
    const rows = await tx.query<{ day: string; seq: string; hash: Buffer }>(
      'SELECT day::text, seq, hash FROM audit_head ORDER BY seq, day',
    );
    return rows.map(({ day, seq, hash }) => ({ seq: Number(seq), hash, from: `the head of ${day}` }));
  }

  /** The links behind a place in the chain, with what they are about as it stands now. */
  async listLinks(tx: Tx, afterSeq: number, limit: number): Promise<Link[]> {
    return (await tx.query<LinkRow>(LINKS, [afterSeq, limit])).map(toLink);
  }

  /** Events that no seal covers although they are older than so many minutes. */
  async findUnsealed(tx: Tx, minutes: number): Promise<UnsealedSummary> {
    // It looks through all of the trail, however many years that is.
    await tx.execute(`SET LOCAL statement_timeout = '10min'`);
    const [row] = await tx.query<UnsealedSummary>(UNSEALED, [minutes]);
    return row ?? { count: 0, eventId: null, occurredAt: null, type: null };
  }
}

function toLink(row: LinkRow): Link {
  const { eventId, previousHash, hash, occurredAt, type, text } = row;
  return {
    seq: Number(row.seq),
    previousHash,
    hash,
    eventId,
    event: occurredAt === null ? null : { occurredAt, type, text, personalDigest: row.sealedDigest },
    personal: row.hasPersonal ? { digest: row.digest, erasureIsOnRecord: row.erasureIsOnRecord } : null,
  };
}

const TIME = `to_char(e.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "occurredAt"`;

const LINKS = `
  WITH erased AS (SELECT erased_at, count(*) FROM audit_personal WHERE erased_at IS NOT NULL GROUP BY erased_at)
  SELECT s.seq, s.previous_hash AS "previousHash", s.hash, s.event_id AS "eventId", ${TIME}, e.type,
         ${EVENT_TEXT} AS text, e.personal_digest AS "sealedDigest", p.event_id IS NOT NULL AS "hasPersonal",
         sha256(p.salt || convert_to(p.data::text, 'UTF8')) AS digest,
         p.erased_at IS NOT NULL AND EXISTS (
           SELECT FROM audit_event x
            WHERE x.occurred_at = p.erased_at AND x.type = 'audit.personal-erased'
              AND (x.details ->> 'count')::int >= (SELECT count FROM erased WHERE erased.erased_at = p.erased_at)
              AND CASE x.details ->> 'scope'
                    WHEN 'before' THEN e.occurred_at < x.subject_id::date::timestamp AT TIME ZONE 'Asia/Tokyo'
                    WHEN 'registration' THEN e.registration_id::text = x.subject_id
                    ELSE e.id::text = x.subject_id END)
           AS "erasureIsOnRecord"
    FROM audit_seal s
    LEFT JOIN audit_event e ON e.id = s.event_id
    LEFT JOIN audit_personal p ON p.event_id = s.event_id
   WHERE s.seq > $1 ORDER BY s.seq LIMIT $2`;

const UNSEALED = `
  SELECT count(*) OVER ()::int AS count, e.id AS "eventId", ${TIME}, e.type
    FROM audit_event e
   WHERE e.occurred_at < now() - make_interval(mins => $1)
     AND NOT EXISTS (SELECT FROM audit_seal s WHERE s.event_id = e.id)
   ORDER BY e.occurred_at, e.id LIMIT 1`;
