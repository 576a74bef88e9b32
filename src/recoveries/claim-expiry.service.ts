import { Injectable } from '@nestjs/common';
import { Audit } from '../platform/audit/audit.service.js';
import type { Tx } from '../platform/database/tx.js';
import { Jobs } from '../platform/jobs/jobs.service.js';
import { RecoveriesRepository } from './recoveries.repository.js';

/** Lets claims lapse whose mailbox didn't answer in time. */
@Injectable()
export class ClaimExpiryService {
  constructor(
    private readonly repository: RecoveriesRepository,
    private readonly audit: Audit,
    jobs: Jobs,
  ) {
    jobs.registerEach({
      name: 'recovery-expiry',
      list: (tx) => repository.listOverdue(tx),
      work: (tx, id) => this.expire(tx, id),
    });
  }

  /** Tells nobody: its mailbox never answered, and the municipality never heard of it. */
  private async expire(tx: Tx, id: string): Promise<void> {
    const claim = await this.repository.expire(tx, id);
    if (!claim) return;
    await this.audit.record(tx, 'recovery.expired', {
      subjectId: id,
      registrationId: claim.registrationId,
      details: { number: claim.number },
      personal: null,
    });
  }
}
