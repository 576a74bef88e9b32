import { Injectable } from '@nestjs/common';
import { Permission } from '../platform/access/permission.js';
import type { StaffActor, Viewer } from '../platform/access/viewer.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Database } from '../platform/database/database.service.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/http/domain-error.js';
import { Tasks } from '../platform/tasks/tasks.service.js';
import { ChangeRequestApplier } from './change-request.applier.js';
import { ChangeRequestMails } from './change-request.mails.js';
import type { ApproveDto, ChangeRequestResponse } from './change-request.dto.js';
import { answer } from './change-request.answer.js';
import {
  acceptedChanges,
  acceptedDocument,
  isReviewerOtherThanProposer,
  type RefusedChange,
} from './change-request.policy.js';
import { nextStatus } from './change-request.state.js';
import { type ChangeRequestRow, ChangeRequestsRepository } from './change-requests.repository.js';
import { reviewTask } from './change-requests.tasks.js';
import { divide } from './division.js';
import { RebaseService } from './rebase.service.js';

/** 内容確認: each decision is one transaction that holds the registration, history, freshness, trail and mails. */
@Injectable()
export class DecisionsService {
  constructor(
    private readonly database: Database,
    private readonly repository: ChangeRequestsRepository,
    private readonly rebasing: RebaseService,
    private readonly applier: ChangeRequestApplier,
    private readonly tasks: Tasks,
    private readonly mails: ChangeRequestMails,
    private readonly audit: Audit,
  ) {}

  /**
   * Takes the request over into the registration, whole or in part. A handover whose date is still to come waits
   * for it.
   *
   * @param version the request's version that the reviewer saw
   * @throws DomainError in this order: `own-proposal`, `already-decided`, `not-under-review`,
   *   `registration-moved` with the three-way view, `stale-version`, `invalid` for a choice that can't be carried out
   */
  async approve(
    viewer: Viewer,
    id: string,
    version: number,
    dto: ApproveDto,
  ): Promise<ChangeRequestResponse> {
    return this.database.transaction(viewer, Permission.DecideChange, async (tx) => {
      const { request, reviewer } = await this.lockForDecision(tx, id);
      await this.rebasing.assertNotMoved(tx, request);
      if (request.version !== version) throw new DomainError('stale-version');
      const { refused, errors } = divide(request, dto);
      if (errors.length > 0) throw new DomainError('invalid', { errors });
      const waits = request.effectiveOn !== null && request.effectiveOn > tx.today;
      await (waits
        ? this.schedule(tx, request, reviewer, { reason: dto.reason, refused })
        : this.carryOut(tx, request, reviewer, { reason: dto.reason, refused }));
      return this.reread(tx, id);
    });
  }

  /**
   * Gives the request back to the municipality, with a reason. Same errors as {@link approve}, but for a registration
   * that moved: nothing is overwritten by giving back, and it is the way out where nothing is left to take over.
   */
  async return(viewer: Viewer, id: string, version: number, reason: string): Promise<ChangeRequestResponse> {
    return this.database.transaction(viewer, Permission.DecideChange, async (tx) => {
      const { request, reviewer } = await this.lockForDecision(tx, id);
      if (request.version !== version) throw new DomainError('stale-version');
      await this.repository.setStatus(tx, id, {
        status: 'returned',
        decision: { accountId: reviewer.accountId, reason },
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

  private async carryOut(
    tx: Tx,
    request: ChangeRequestRow,
    reviewer: StaffActor,
    { reason, refused }: Choice,
  ): Promise<void> {
    const partly = refused.length > 0;
    const accepted = acceptedChanges({ ...request, refused });
    const registrationVersion = await this.applier.apply(tx, request, {
      base: request.base,
      baseVersion: request.baseVersion,
      document: acceptedDocument({ ...request, refused }),
      refused,
      status: {
        status: partly ? 'partly_approved' : 'approved',
        decision: { accountId: reviewer.accountId, reason, refused },
      },
      decidedBy: reviewer.name,
      reason,
    });
    const subject = { subjectId: request.id, registrationId: request.registrationId };
    const pointers = accepted.map(({ pointer }) => pointer);
    const details = { number: request.number, registrationVersion, pointers };
    if (partly) {
      await this.audit.record(tx, 'change-request.partly-approved', {
        ...subject,
        details: { ...details, refused: refused.map(({ pointer }) => pointer) },
        personal: { reviewer: reviewer.name, reasons: refused.map((part) => part.reason) },
      });
    } else {
      await this.audit.record(tx, 'change-request.approved', {
        ...subject,
        details,
        personal: { reviewer: reviewer.name },
      });
    }
  }

  private async schedule(
    tx: Tx,
    request: ChangeRequestRow,
    reviewer: StaffActor,
    { reason, refused }: Choice,
  ): Promise<void> {
    await this.repository.setStatus(tx, request.id, {
      status: 'scheduled',
      decision: { accountId: reviewer.accountId, reason, refused },
    });
    await this.tasks.close(tx, [reviewTask], request.id);
    await this.audit.record(tx, 'change-request.scheduled', {
      subjectId: request.id,
      registrationId: request.registrationId,
      details: {
        number: request.number,
        effectiveOn: request.effectiveOn ?? tx.today,
        pointers: acceptedChanges({ ...request, refused }).map(({ pointer }) => pointer),
        refused: refused.map(({ pointer }) => pointer),
      },
      personal: { reviewer: reviewer.name },
    });
    await this.mails.scheduled(tx, request, { reason, refused });
  }

  private async lockForDecision(
    tx: Tx,
    id: string,
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
    return { request, reviewer: actor };
  }

  private async reread(tx: Tx, id: string): Promise<ChangeRequestResponse> {
    return answer(tx, 'change-request.decide', await this.repository.require(tx, id));
  }
}

interface Choice {
  readonly reason: string | null;
  readonly refused: readonly RefusedChange[];
}
