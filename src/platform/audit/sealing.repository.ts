import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/tx.js';
import { EVENT_TEXT, GENESIS, type Head } from './chain.js';

/** A place in the order of events. */
export interface EventPlace {
  /** As PostgreSQL writes a timestamp, to the microsecond. */
  readonly at: string;
  readonly id: string;
}

export interface UnsealedEvent extends EventPlace {
  readonly text: string;
}

export interface NewSeal {
  readonly seq: number;
  readonly eventId: string;
  readonly previousHash: Buffer;
  readonly hash: Buffer;
}

/** Any number will do that nothing else in the database locks. */
const SEALING_LOCK = 7_205_759_421;

@Injectable()
export class SealingRepository {
  /** Until the transaction ends, and visible to the next one only after its commit. @returns false: another seals */
  async tryLock(tx: Tx): Promise<boolean> {
    const [row] = await tx.query<{ granted: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS granted', [
      SEALING_LOCK,
    ]);
    return row?.granted ?? false;
  }

  async head(tx: Tx): Promise<Head> {
    const [row] = await tx.query<{ seq: string; hash: Buffer }>(
      'SELECT seq, hash FROM audit_seal ORDER BY seq DESC LIMIT 1',
    );
    return row ? { seq: Number(row.seq), hash: row.hash } : GENESIS;
  }

  /** Events without a seal behind a place, the earliest first. */
  listUnsealed(tx: Tx, after: EventPlace, limit: number): Promise<UnsealedEvent[]> {
    return tx.query<UnsealedEvent>(
      `SELECT e.id, e.occurred_at::text AS at, ${EVENT_TEXT} AS text
         FROM audit_event e
        WHERE (e.occurred_at, e.id) > ($1::timestamptz, $2::uuid)
          AND NOT EXISTS (SELECT FROM audit_seal s WHERE s.event_id = e.id)
        ORDER BY e.occurred_at, e.id LIMIT $3`,
      [after.at, after.id, limit],
    );
  }

  /** For looking through all of it, which outlasts what a request may take when the trail has grown for years. */
  async takeTime(tx: Tx): Promise<void> {
    await tx.execute(`SET LOCAL statement_timeout = '10min'`);
  }

  async insert(tx: Tx, seals: readonly NewSeal[]): Promise<void> {
    await tx.execute(
      `INSERT INTO audit_seal (seq, event_id, previous_hash, hash)
       SELECT * FROM unnest($1::bigint[], $2::uuid[], $3::bytea[], $4::bytea[])`,
      [
        seals.map(({ seq }) => seq),
        seals.map(({ eventId }) => eventId),
        seals.map(({ previousHash }) => previousHash),
        seals.map(({ hash }) => hash),
      ],
    );
  }
}
