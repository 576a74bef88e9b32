import { Injectable } from '@nestjs/common';
import { Permission } from '../platform/access/permission.js';
import type { Viewer } from '../platform/access/viewer.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Database } from '../platform/database/database.service.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/http/domain-error.js';
import { Tasks } from '../platform/tasks/tasks.service.js';
import type { ChangeRequestResponse } from './change-request.dto.js';
import { answer } from './change-request.answer.js';
import { type ChangeRequestRow, ChangeRequestsRepository } from './change-requests.repository.js';
import { lookOverTask } from './change-requests.tasks.js';

/** Afterwards: what the rules let pass at once is looked over by a person. */
@Injectable()
export class LookOverService {
  constructor(
    private readonly database: Database,
    private readonly repository: ChangeRequestsRepository,
    private readonly tasks: Tasks,
    private readonly audit: Audit,
  ) {}

  /** Doing so twice is no error. @throws DomainError `nothing-to-look-over` */
  async lookOver(viewer: Viewer, id: string): Promise<ChangeRequestResponse> {
    return this.database.transaction(viewer, Permission.DecideChange, async (tx) => {
      const request = await this.repository.lock(tx, id);
      if (!request) throw new DomainError('not-found');
      if (request.decidedByRule === null) throw new DomainError('nothing-to-look-over');
      await this.note(tx, request);
      return answer(tx, 'change-request.look-over', await this.repository.require(tx, id));
    });
  }

  /** For whatever else shows that a member of staff has looked; does nothing where there is nothing to look over. */
  async note(tx: Tx, { id, number, registrationId }: ChangeRequestRow): Promise<void> {
    if (tx.actor.kind !== 'staff') return;
    if (!(await this.repository.setLookedOver(tx, id, tx.actor.accountId))) return;
    await this.tasks.close(tx, [lookOverTask], id);
    await this.audit.record(tx, 'change-request.looked-over', {
      subjectId: id,
      registrationId,
      details: { number },
      personal: null,
    });
  }
}
