import { Injectable } from '@nestjs/common';
import { Audit } from '../platform/audit/audit.service.js';
import type { Tx } from '../platform/database/tx.js';
import { Tasks } from '../platform/tasks/tasks.service.js';
import { reviewTask } from './change-requests.tasks.js';
import { ClosingRepository } from './closing.repository.js';

/** Closes a change request for which something else has left no room. */
@Injectable()
export class ClosingService {
  constructor(
    private readonly repository: ClosingRepository,
    private readonly tasks: Tasks,
    private readonly audit: Audit,
  ) {}

  /** For other rooms: closes the open change request of a registration, if there is one. @param reason for a person */
  async closeOpen(tx: Tx, registrationId: string, reason: string): Promise<void> {
    for (const { id, number } of await this.repository.close(tx, registrationId, reason)) {
      await this.tasks.close(tx, [reviewTask], id);
      await this.audit.record(tx, 'change-request.closed', {
        subjectId: id,
        registrationId,
        details: { number, because: reason },
        personal: null,
      });
    }
  }
}
