import { Injectable } from '@nestjs/common';
import { Audit } from '../platform/audit/audit.service.js';
import type { Tx } from '../platform/database/tx.js';
import { Jobs } from '../platform/jobs/jobs.service.js';
import { ApplicationMails } from './application.mails.js';
import { ApplicationsRepository } from './applications.repository.js';

/** Lets applications lapse whose mailboxes didn't all answer in time. */
@Injectable()
export class ApplicationExpiryService {
  constructor(
    private readonly repository: ApplicationsRepository,
    private readonly mails: ApplicationMails,
    private readonly audit: Audit,
    jobs: Jobs,
  ) {
    jobs.registerEach({
      name: 'application-expiry',
      list: (tx) => repository.listOverdue(tx),
      work: (tx, id) => this.expire(tx, id),
    });
  }

  private async expire(tx: Tx, id: string): Promise<void> {
    const application = await this.repository.claimOverdue(tx, id);
    if (!application) return;
    await this.repository.setExpired(tx, id);
    await this.audit.record(tx, 'application.expired', {
      subjectId: id,
      details: { number: application.number },
      personal: null,
    });
    await this.mails.expired(tx, application);
  }
}
