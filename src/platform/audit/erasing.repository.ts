import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/tx.js';

/** Whose personal values are to go: exactly one of the three. */
export interface Erasure {
  /** Of events before this day (Asia/Tokyo), `YYYY-MM-DD`. */
  readonly before?: string;
  readonly registrationId?: string;
  readonly eventId?: string;
}

@Injectable()
export class ErasingRepository {
  /** @returns how many events had any */
  erase(tx: Tx, { before, registrationId, eventId }: Erasure): Promise<number> {
    return tx.execute(
      `UPDATE audit_personal p SET data = NULL, salt = NULL, erased_at = now()
         FROM audit_event e
        WHERE e.id = p.event_id AND p.erased_at IS NULL
          AND CASE WHEN $1::date IS NOT NULL THEN e.occurred_at < $1::date::timestamp AT TIME ZONE 'Asia/Tokyo'
                   WHEN $2::uuid IS NOT NULL THEN e.registration_id = $2
                   ELSE e.id = $3::uuid END`,
      [before ?? null, registrationId ?? null, eventId ?? null],
    );
  }
}
