import { Injectable } from '@nestjs/common';
import { Audit } from '../platform/audit/audit.service.js';
import type { Tx } from '../platform/database/tx.js';
import { Tasks } from '../platform/tasks/tasks.service.js';
import { nextStatus, OPEN_STATUSES } from './change-request.state.js';
import { blockedTask, reviewTask } from './change-requests.tasks.js';
import { ClosingRepository, type PendingRequest } from './closing.repository.js';

/** For rooms that end a registration or its mailboxes: what becomes of change requests that were still to come. */
@Injectable()
export class ClosingService {
  constructor(
    private readonly repository: ClosingRepository,
    private readonly tasks: Tasks,
    private readonly audit: Audit,
  ) {}

  /** The registration's open request, if any; whatever is pending is locked until the transaction ends. */
  async lockOpen(tx: Tx, registrationId: string): Promise<PendingRequest | null> {
    const pending = await this.repository.lockPending(tx, registrationId);
    return pending.find(({ status }) => OPEN_STATUSES.some((open) => open === status)) ?? null;
  }

  /**
   * Takes the open request and handovers to come back on the office's word; the mails are the caller's.
   *
   * @returns what was closed, the oldest first
   */
  async closeAll(tx: Tx, registrationId: string, reason: string): Promise<PendingRequest[]> {
    const pending = await this.repository.lockPending(tx, registrationId);
    const accountId = tx.actor.kind === 'staff' ? tx.actor.accountId : null;
    for (const { id, number, status: before } of pending) {
      const status = nextStatus(before, 'withdraw');
      if (status === null) throw new Error(`the change request ${number} can't be taken back`);
      await this.repository.close(tx, id, { status, accountId, reason });
      await this.tasks.close(tx, [reviewTask, blockedTask], id);
      await this.audit.record(tx, 'change-request.closed', {
        subjectId: id,
        registrationId,
        details: { number, because: reason },
        personal: null,
      });
    }
    return pending;
  }
}
