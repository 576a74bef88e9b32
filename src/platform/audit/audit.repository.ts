import { Injectable } from '@nestjs/common';
import { counted } from '../database/counted.js';
import type { Tx } from '../database/tx.js';
import type { AuditEventResponse, AuditEventsQuery } from './audit.dto.js';

@Injectable()
export class AuditRepository {
  /** Newest first; ids are UUIDv7 and so in the order of writing. @param before the last id of the page before */
  async list(
    tx: Tx,
    query: AuditEventsQuery,
    before: string | null,
  ): Promise<{ rows: AuditEventResponse[]; total: number }> {
    const rows = await tx.query<AuditEventResponse & { id: string | null; total: number }>(LIST, [
      query.type ?? null,
      query.subjectId ?? null,
      query.registrationId ?? null,
      query.accountId ?? null,
      query.from ?? null,
      query.to ?? null,
      before,
      query.limit + 1,
    ]);
    return counted(rows, ({ id }) => id !== null);
  }
}

const LIST = `
  WITH matched AS (
    SELECT * FROM audit_event
     WHERE ($1::text IS NULL OR type = $1)
       AND ($2::text IS NULL OR subject_id = $2)
       AND ($3::uuid IS NULL OR registration_id = $3)
       AND ($4::uuid IS NULL OR actor_account_id = $4)
       AND ($5::date IS NULL OR occurred_at >= $5::date::timestamp AT TIME ZONE 'Asia/Tokyo')
       AND ($6::date IS NULL OR occurred_at < ($6::date + 1)::timestamp AT TIME ZONE 'Asia/Tokyo'))
  SELECT counted.total, page.*
    FROM (SELECT count(*)::int AS total FROM matched) counted
    LEFT JOIN LATERAL (
      SELECT e.id, e.occurred_at AS "occurredAt", e.type, e.actor_kind AS "actorKind",
             e.actor_account_id AS "actorAccountId", e.session_id AS "sessionId", e.subject_type AS "subjectType",
             e.subject_id AS "subjectId", e.registration_id AS "registrationId", e.details, p.data AS personal
        FROM matched e LEFT JOIN audit_personal p ON p.event_id = e.id
       WHERE $7::uuid IS NULL OR e.id < $7
       ORDER BY e.id DESC LIMIT $8) page ON true`;
