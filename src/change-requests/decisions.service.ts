import { Injectable } from '@nestjs/common';
import { Permission } from '../platform/access/permission.js';
import type { StaffActor, Viewer } from '../platform/access/viewer.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Database } from '../platform/database/database.service.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/http/domain-error.js';
import { Tasks } from '../platform/tasks/tasks.service.js';
import { RegistrationsService } from '../registry/registrations.service.js';
import { ChangeRequestMails } from './change-request.mails.js';
import type { ChangeRequestResponse } from './change-request.dto.js';
import { toResponse } from './change-request.mapper.js';
import { isReviewerOtherThanProposer, publicProposer } from './change-request.policy.js';
import { nextStatus } from './change-request.state.js';
import { type ChangeRequestRow, ChangeRequestsRepository } from './change-requests.repository.js';
import { reviewTask } from './change-requests.tasks.js';
import { assertNotMoved } from './proposals.service.js';

/** 内容確認: each decision is one transaction that holds the registration, history, freshness, trail and mails. */
@Injectable()
export class DecisionsService {
  constructor(
    private readonly database: Database,
    private readonly repository: ChangeRequestsRepository,
    private readonly registrations: RegistrationsService,
    private readonly tasks: Tasks,
    private readonly mails: ChangeRequestMails,
    private readonly audit: Audit,
  ) {}

  /**
   * Takes the whole request over into the registration.
   *
   * @param version the request's version that the reviewer saw
   * @throws DomainError in this order: `own-proposal`, `already-decided`, `not-under-review`,
   *   `registration-moved`, `stale-version`
   */
  async approve(
    viewer: Viewer,
    id: string,
    version: number,
    reason: string | null,
  ): Promise<ChangeRequestResponse> {
    return this.database.transaction(viewer, Permission.DecideChange, async (tx) => {
      const { request, reviewer } = await this.lockForDecision(tx, id, version);
      const registrationVersion = await this.registrations.apply(tx, {
        registrationId: request.registrationId,
        baseVersion: request.baseVersion,
        document: request.proposed,
        changes: request.changes,
        cause: 'change-request',
        changeRequestId: id,
        proposedBy: publicProposer(request),
        decidedBy: reviewer.name,
      });
      await this.repository.setStatus(tx, id, {
        status: 'approved',
        decidedByAccountId: reviewer.accountId,
        reason,
      });
      await this.tasks.close(tx, [reviewTask], id);
      await this.audit.record(tx, 'change-request.approved', {
        subjectId: id,
        registrationId: request.registrationId,
        details: {
          number: request.number,
          registrationVersion,
          pointers: request.changes.map(({ pointer }) => pointer),
        },
        personal: { reviewer: reviewer.name },
      });
      await this.mails.approved(tx, request, reason);
      return this.reread(tx, id);
    });
  }

  /** Gives the request back to the municipality, with a reason. Same errors as {@link approve}. */
  async return(viewer: Viewer, id: string, version: number, reason: string): Promise<ChangeRequestResponse> {
    return this.database.transaction(viewer, Permission.DecideChange, async (tx) => {
      const { request, reviewer } = await this.lockForDecision(tx, id, version);
      await this.repository.setStatus(tx, id, {
        status: 'returned',
        decidedByAccountId: reviewer.accountId,
        reason,
      });
      await this.tasks.close(tx, [reviewTask], id);
      await this.audit.record(tx, 'change-request.returned', {
        subjectId: id,
        registrationId: request.registrationId,
        details: { number: request.number },
        personal: { reviewer: reviewer.name, reason },
      });
      const returned = await this.reread(tx, id);
      await this.mails.returned(tx, request, reason, returned.expiresAt);
      return returned;
    });
  }

  private async lockForDecision(
    tx: Tx,
    id: string,
    version: number,
  ): Promise<{ request: ChangeRequestRow; reviewer: StaffActor }> {
    const { actor } = tx;
    const request = await this.repository.lock(tx, id);
    if (!request || actor.kind !== 'staff') throw new DomainError('not-found');
    if (!isReviewerOtherThanProposer(actor, request)) throw new DomainError('own-proposal');
    if (nextStatus(request.status, 'approve') === null) {
      throw new DomainError(
        request.status === 'awaiting_verification' ? 'not-under-review' : 'already-decided',
      );
    }
    const registration = await this.registrations.lock(tx, request.registrationId);
    assertNotMoved({ ...request, registrationVersion: registration.version });
    if (request.version !== version) throw new DomainError('stale-version');
    return { request, reviewer: actor };
  }

  private async reread(tx: Tx, id: string): Promise<ChangeRequestResponse> {
    const row = await this.repository.find(tx, id);
    if (!row) throw new DomainError('not-found');
    return toResponse(row, tx.actor);
  }
}
