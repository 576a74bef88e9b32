import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.service.js';
import { findReader, listReadsOf, type ReadsOfMunicipality } from './personal-reads.repository.js';

export interface ReadsOfSession {
  /** null for a session of a member, or one of which nothing is known. */
  readonly reader: { readonly name: string; readonly email: string } | null;
  readonly startedAt: Date | null;
  readonly reads: readonly ReadsOfMunicipality[];
}

/** Answers whose data a session was shown. */
@Injectable()
export class PersonalReads {
  constructor(private readonly database: Database) {}

  async ofSession(sessionId: string): Promise<ReadsOfSession> {
    return this.database.asSystem('audit-reads', async (tx) => {
      const found = await findReader(tx, sessionId);
      const { name = null, email = null } = found ?? {};
      return {
        reader: name !== null && email !== null ? { name, email } : null,
        startedAt: found?.startedAt ?? null,
        reads: await listReadsOf(tx, sessionId),
      };
    });
  }
}
