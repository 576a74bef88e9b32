import { Injectable, Logger } from '@nestjs/common';
import { Database } from '../database/database.service.js';
import { Jobs } from '../jobs/jobs.service.js';
import { outgoing, Outbox } from '../outbox/outbox.service.js';
import { head as headMessage } from './audit.messages.js';
import { hashGroups } from './chain.js';
import { HeadsRepository } from './heads.repository.js';

/**
 * Tells the end of the chain to places outside the database, once a day in Tokyo: whoever cuts the chain off, or writes
 * it anew, can't change what has been mailed and logged.
 */
@Injectable()
export class AuditHeads {
  private readonly logger = new Logger('Audit');

  constructor(
    private readonly database: Database,
    private readonly repository: HeadsRepository,
    private readonly outbox: Outbox,
    jobs: Jobs,
  ) {
    jobs.register({ name: 'audit-head', run: () => this.tell() });
  }

  /** Does nothing where today's head has gone out, or another process is at it. */
  async tell(): Promise<void> {
    const told = await this.database.asSystem('audit-head', async (tx) => {
      const head = await this.repository.insertToday(tx);
      if (head === null) return null;
      const { day, seq } = head;
      const groups = hashGroups(head.hash);
      const admins = await this.repository.listAdmins(tx);
      const mails = admins.map(({ email, name }) =>
        outgoing({ message: headMessage, to: email, params: { name, day, seq, groups }, occasion: day }),
      );
      await this.outbox.add(tx, mails);
      return head;
    });
    // As a warning, though nothing is wrong: this line has to stand in every log, however little is logged.
    if (told) this.logger.warn(`head of the trail: seal ${told.seq}, ${told.hash.toString('hex')}`);
  }
}
