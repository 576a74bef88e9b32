import { Injectable, Logger } from '@nestjs/common';
import { Audit } from '../platform/audit/audit.service.js';
import { Database } from '../platform/database/database.service.js';
import type { Tx } from '../platform/database/tx.js';
import { Jobs } from '../platform/jobs/jobs.service.js';
import { CalendarRepository } from './calendar.repository.js';
import { ChangeRequestMails } from './change-request.mails.js';
import { ChangeRequestsRepository } from './change-requests.repository.js';

/** Lets change requests lapse that nobody goes on with, and says so in good time. */
@Injectable()
export class ExpiryService {
  private readonly logger = new Logger('Expiry');

  constructor(
    private readonly database: Database,
    private readonly repository: ChangeRequestsRepository,
    private readonly calendar: CalendarRepository,
    private readonly mails: ChangeRequestMails,
    private readonly audit: Audit,
    jobs: Jobs,
  ) {
    jobs.register({ name: 'expiry', run: () => this.run() });
  }

  async run(): Promise<void> {
    const { lapsed, toWarn } = await this.database.asSystem('expiry', async (tx) => ({
      lapsed: await this.calendar.listLapsed(tx),
      toWarn: await this.calendar.listToWarn(tx),
    }));
    await this.each(lapsed, (tx, id) => this.expire(tx, id));
    await this.each(toWarn, (tx, id) => this.warn(tx, id));
  }

  private async each(ids: readonly string[], work: (tx: Tx, id: string) => Promise<void>): Promise<void> {
    for (const id of ids) {
      try {
        await this.database.asSystem('expiry', (tx) => work(tx, id));
      } catch (error) {
        this.logger.error(`change request ${id}: ${(error as Error).stack ?? String(error)}`);
      }
    }
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
