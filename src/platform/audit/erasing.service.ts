import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.service.js';
import { Audit } from './audit.service.js';
import { type Erasure, ErasingRepository } from './erasing.repository.js';

/** Takes names and mailboxes out of the trail, for good. The events stay, and stay proved. */
@Injectable()
export class AuditErasing {
  constructor(
    private readonly database: Database,
    private readonly repository: ErasingRepository,
    private readonly audit: Audit,
  ) {}

  /**
   * @param reason kept in the trail for ever, so without a name in it
   * @returns how many events' values; where there were none, nothing is written
   */
  async erase(erasure: Erasure, reason: string): Promise<number> {
    return this.database.asSystem('audit-erase', async (tx) => {
      const count = await this.repository.erase(tx, erasure);
      if (count === 0) return 0;
      const { before = null, registrationId = null, eventId = null } = erasure;
      await this.audit.record(tx, 'audit.personal-erased', {
        subjectId: before ?? registrationId ?? eventId ?? '',
        registrationId,
        details: { scope: scopeOf(erasure), count, reason },
        personal: null,
      });
      return count;
    });
  }
}

const scopeOf = ({ before, registrationId }: Erasure): 'before' | 'registration' | 'event' =>
  before !== undefined ? 'before' : registrationId !== undefined ? 'registration' : 'event';
