import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/tx.js';
import type { Head } from './chain.js';

export interface Admin {
  readonly email: string;
  readonly name: string;
}

@Injectable()
export class HeadsRepository {
  /** Writes down the end of the chain as today's head. @returns null where today has one, or nothing is sealed yet */
  async insertToday(tx: Tx): Promise<(Head & { day: string }) | null> {
    const [row] = await tx.query<{ day: string; seq: string; hash: Buffer }>(
      `INSERT INTO audit_head (day, seq, hash)
       SELECT today_in_tokyo(), seq, hash FROM audit_seal
        WHERE NOT EXISTS (SELECT FROM audit_head WHERE day = today_in_tokyo())
        ORDER BY seq DESC LIMIT 1
       ON CONFLICT DO NOTHING RETURNING day::text, seq, hash`,
    );
    return row ? { ...row, seq: Number(row.seq) } : null;
  }

  listAdmins(tx: Tx): Promise<Admin[]> {
    return tx.query<Admin>(
      `SELECT email, name FROM account WHERE status = 'active' AND 'admin' = ANY (roles) ORDER BY email_key`,
    );
  }
}
