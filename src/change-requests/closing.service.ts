import { Injectable } from '@nestjs/common';
import { Audit } from '../platform/audit/audit.service.js';
import type { Tx } from '../platform/database/tx.js';
import { Tasks } from '../platform/tasks/tasks.service.js';
import { nextStatus } from './change-request.state.js';
import { reviewTask } from './change-requests.tasks.js';
import { ClosingRepository, type OpenRequest } from './closing.repository.js';

/** For rooms that end a registration: what becomes of a change request that is still open. */
@Injectable()
export class ClosingService {
  constructor(
    private readonly repository: ClosingRepository,
    private readonly tasks: Tasks,
    private readonly audit: Audit,
  ) {}

  /**
   * The registration's open request, locked until the transaction ends. A decision locks the request first and the
   * registration then; whoever locks both does so in the same order.
   */
  lockOpen(tx: Tx, registrationId: string): Promise<OpenRequest | null> {
    return this.repository.lockOpen(tx, registrationId);
  }

  /** Takes the open request back on the office's word; its mails are the caller's. @returns it, or null without one */
  async closeOpen(tx: Tx, registrationId: string, reason: string): Promise<OpenRequest | null> {
    const open = await this.repository.lockOpen(tx, registrationId);
    if (open === null) return null;
    const status = nextStatus(open.status, 'withdraw');
    if (status === null) throw new Error(`the open change request ${open.number} can't be taken back`);
    const accountId = tx.actor.kind === 'staff' ? tx.actor.accountId : null;
    await this.repository.close(tx, open.id, { status, accountId, reason });
    await this.tasks.close(tx, [reviewTask], open.id);
    await this.audit.record(tx, 'change-request.withdrawn', {
      subjectId: open.id,
      registrationId,
      details: { number: open.number },
      personal: { name: tx.actor.name },
    });
    return { ...open, status };
  }
}
