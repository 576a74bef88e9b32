import { Injectable } from '@nestjs/common';
import { Audit } from '../platform/audit/audit.service.js';
import type { Tx } from '../platform/database/tx.js';
import { Jobs } from '../platform/jobs/jobs.service.js';
import { CalendarRepository } from './calendar.repository.js';
import { ChangeRequestMails } from './change-request.mails.js';
import { ChangeRequestsRepository } from './change-requests.repository.js';

/** Lets change requests lapse that nobody goes on with, and says so in good time. */
@Injectable()
export class ExpiryService {
  constructor(
    private readonly repository: ChangeRequestsRepository,
    private readonly calendar: CalendarRepository,
    private readonly mails: ChangeRequestMails,
    private readonly audit: Audit,
    jobs: Jobs,
  ) {
    jobs.registerEach({
      name: 'expiry',
      list: (tx) => calendar.listLapsed(tx),
      work: (tx, id) => this.expire(tx, id),
    });
    jobs.registerEach({
      name: 'expiry-warning',
      list: (tx) => calendar.listToWarn(tx),
      work: (tx, id) => this.warn(tx, id),
    });
  }

  private async expire(tx: Tx, id: string): Promise<void> {
    const request = (await this.calendar.claimLapsed(tx, id)) && (await this.repository.find(tx, id));
    if (!request) return;
    await this.repository.setStatus(tx, id, { status: 'expired' });
    await this.audit.record(tx, 'change-request.expired', {
      subjectId: id,
      registrationId: request.registrationId,
      details: { number: request.number },
      personal: null,
    });
    await this.mails.expired(tx, request);
  }

  private async warn(tx: Tx, id: string): Promise<void> {
    const request = (await this.calendar.claimToWarn(tx, id)) && (await this.repository.find(tx, id));
    if (!request) return;
    await this.calendar.setWarned(tx, id);
    await this.audit.record(tx, 'change-request.expiry-warned', {
      subjectId: id,
      registrationId: request.registrationId,
      details: { number: request.number },
      personal: null,
    });
    await this.mails.expiring(tx, request);
  }
}
