import { Injectable } from '@nestjs/common';
import { Audit } from '../platform/audit/audit.service.js';
import { Database } from '../platform/database/database.service.js';
import { Jobs } from '../platform/jobs/jobs.service.js';
import { ApplicationMails } from './application.mails.js';
import { ApplicationsRepository } from './applications.repository.js';

/** Lets applications lapse whose mailboxes didn't all answer in time. */
@Injectable()
export class ApplicationExpiryService {
  constructor(
    private readonly database: Database,
    private readonly repository: ApplicationsRepository,
    private readonly mails: ApplicationMails,
    private readonly audit: Audit,
    jobs: Jobs,
  ) {
    jobs.register({ name: 'application-expiry', run: () => this.expireAll() });
  }

  /** Each in a transaction of its own, so that one that fails takes no other back. */
  private async expireAll(): Promise<void> {
    while (await this.expireNext());
  }

  /** @returns whether there was one */
  private expireNext(): Promise<boolean> {
    return this.database.asSystem('application-expiry', async (tx) => {
      const application = await this.repository.claimOverdue(tx);
      if (!application) return false;
      await this.repository.setExpired(tx, application.id);
      await this.audit.record(tx, 'application.expired', {
        subjectId: application.id,
        details: { number: application.number },
        personal: null,
      });
      await this.mails.expired(tx, application);
      return true;
    });
  }
}
