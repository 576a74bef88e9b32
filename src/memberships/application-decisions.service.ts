import { Injectable } from '@nestjs/common';
import { Permission } from '../platform/access/permission.js';
import type { StaffActor, Viewer } from '../platform/access/viewer.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Database } from '../platform/database/database.service.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/http/domain-error.js';
import { noteReads } from '../platform/personal-reads/note-reads.js';
import { Tasks } from '../platform/tasks/tasks.service.js';
import { AdmissionsService } from '../registry/admissions.service.js';
import type { ApplicationResponse } from './application.dto.js';
import { ApplicationMails } from './application.mails.js';
import { toResponse } from './application.mapper.js';
import { hindranceOf } from './application.policy.js';
import { type ApplicationRow, ApplicationsRepository } from './applications.repository.js';
import { reviewTask } from './memberships.tasks.js';

/** 内容確認 of an application: each decision is one transaction, with the registration, its history, trail and mails. */
@Injectable()
export class ApplicationDecisionsService {
  constructor(
    private readonly database: Database,
    private readonly repository: ApplicationsRepository,
    private readonly admissions: AdmissionsService,
    private readonly tasks: Tasks,
    private readonly mails: ApplicationMails,
    private readonly audit: Audit,
  ) {}

  /**
   * Makes the municipality a member, with the registration as it was proposed.
   *
   * @param version the application's version that the reviewer saw
   * @throws DomainError in this order: `application-decided`, `application-not-under-review`,
   *   `already-registered`, `stale-version`
   */
  async accept(viewer: Viewer, id: string, version: number): Promise<ApplicationResponse> {
    return this.database.transaction(viewer, Permission.DecideApplication, async (tx) => {
      const { application, reviewer } = await this.lockForDecision(tx, id);
      const municipality = await this.admissions.requireCandidate(tx, application.municipalityCode);
      if (application.version !== version) throw new DomainError('stale-version');
      const registrationId = await this.admissions.admit(tx, {
        municipality,
        document: application.proposed,
        proposedBy: application.applicantName,
        decidedBy: reviewer.name,
        receiptNumber: application.number,
      });
      const { accountId } = reviewer;
      await this.repository.setDecided(tx, id, {
        status: 'accepted',
        accountId,
        reason: null,
        registrationId,
      });
      await this.tasks.close(tx, [reviewTask], id);
      await this.audit.record(tx, 'application.accepted', {
        subjectId: id,
        registrationId,
        details: { number: application.number },
        personal: { reviewer: reviewer.name },
      });
      return this.reread(tx, id);
    });
  }

  /** Leaves it at that, with a reason. Same errors as {@link accept}, but for `already-registered`. */
  async decline(viewer: Viewer, id: string, version: number, reason: string): Promise<ApplicationResponse> {
    return this.database.transaction(viewer, Permission.DecideApplication, async (tx) => {
      const { application, reviewer } = await this.lockForDecision(tx, id);
      if (application.version !== version) throw new DomainError('stale-version');
      const { accountId } = reviewer;
      await this.repository.setDecided(tx, id, {
        status: 'declined',
        accountId,
        reason,
        registrationId: null,
      });
      await this.tasks.close(tx, [reviewTask], id);
      await this.audit.record(tx, 'application.declined', {
        subjectId: id,
        details: { number: application.number },
        personal: { reviewer: reviewer.name, reason },
      });
      await this.mails.declined(tx, application, reason);
      return this.reread(tx, id);
    });
  }

  private async lockForDecision(
    tx: Tx,
    id: string,
  ): Promise<{ application: ApplicationRow; reviewer: StaffActor }> {
    const { actor } = tx;
    const application = await this.repository.lock(tx, id);
    if (!application || actor.kind !== 'staff') throw new DomainError('not-found');
    const hindrance = hindranceOf(application.status);
    if (hindrance !== null) throw new DomainError(hindrance);
    return { application, reviewer: actor };
  }

  private async reread(tx: Tx, id: string): Promise<ApplicationResponse> {
    const row = await this.repository.find(tx, id);
    if (!row) throw new DomainError('not-found');
    await noteReads(tx, 'application.decide', [row]);
    return toResponse(row);
  }
}
