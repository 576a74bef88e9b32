import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';

/** Days before the end on which a municipality is told that its change request will lapse. */
const WARNING_DAYS = 3;

const DUE = `status = 'scheduled' AND effective_on <= today_in_tokyo() AND blocked_at IS NULL`;
const LAPSING = `status IN ('awaiting_verification', 'returned')`;
const LAPSED = `${LAPSING} AND expires_at <= now()`;
const TO_WARN = `${LAPSING} AND warned_at IS NULL AND expires_at > now()
                 AND expires_at <= now() + interval '${WARNING_DAYS} days'`;

/** What the calendar brings, by the database's clock. A claim takes the row for this transaction, or gives way. */
@Injectable()
export class CalendarRepository {
  /** Handovers whose day has come, the oldest first. */
  listDue(tx: Tx): Promise<string[]> {
    return this.ids(tx, `${DUE} ORDER BY effective_on, id`);
  }

  listLapsed(tx: Tx): Promise<string[]> {
    return this.ids(tx, `${LAPSED} ORDER BY expires_at, id`);
  }

  listToWarn(tx: Tx): Promise<string[]> {
    return this.ids(tx, `${TO_WARN} ORDER BY expires_at, id`);
  }

  claimDue(tx: Tx, id: string): Promise<boolean> {
    return this.claim(tx, id, DUE);
  }

  claimLapsed(tx: Tx, id: string): Promise<boolean> {
    return this.claim(tx, id, LAPSED);
  }

  claimToWarn(tx: Tx, id: string): Promise<boolean> {
    return this.claim(tx, id, TO_WARN);
  }

  async setBlocked(tx: Tx, id: string): Promise<void> {
    await tx.execute('UPDATE change_request SET blocked_at = now(), version = version + 1 WHERE id = $1', [
      id,
    ]);
  }

  async setWarned(tx: Tx, id: string): Promise<void> {
    await tx.execute('UPDATE change_request SET warned_at = now() WHERE id = $1', [id]);
  }

  private async ids(tx: Tx, condition: string): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(`SELECT id FROM change_request WHERE ${condition}`);
    return rows.map(({ id }) => id);
  }

  private async claim(tx: Tx, id: string, condition: string): Promise<boolean> {
    const rows = await tx.query(
      `SELECT FROM change_request WHERE id = $1 AND ${condition} FOR UPDATE SKIP LOCKED`,
      [id],
    );
    return rows.length > 0;
  }
}
