import { Injectable } from '@nestjs/common';
import { SessionsService } from '../accounts/sessions.service.js';
import type { Tx } from '../platform/database/tx.js';
import { Tasks } from '../platform/tasks/tasks.service.js';
import { diffRegistrations } from '../registry/registration-diff.js';
import type { RegistrationDocument } from '../registry/registration-document.js';
import { RegistrationsService } from '../registry/registrations.service.js';
import { ChangeRequestMails } from './change-request.mails.js';
import { leavingMailboxes, publicProposer, type RefusedChange, taskOf } from './change-request.policy.js';
import {
  type ChangeRequestRow,
  ChangeRequestsRepository,
  type StatusChange,
} from './change-requests.repository.js';
import { blockedTask, lookOverTask, reviewTask } from './change-requests.tasks.js';

/** A decision that is to become the registration's next version. */
export interface Decided {
  readonly base: RegistrationDocument;
  readonly baseVersion: number;
  readonly document: RegistrationDocument;
  readonly refused: readonly RefusedChange[];
  readonly status: StatusChange;
  readonly decidedBy: string | null;
  readonly reason: string | null;
}

/** Carries a decision out, whoever took it: the version, the request's end, the tasks and the mails. */
@Injectable()
export class ChangeRequestApplier {
  constructor(
    private readonly repository: ChangeRequestsRepository,
    private readonly registrations: RegistrationsService,
    private readonly sessions: SessionsService,
    private readonly tasks: Tasks,
    private readonly mails: ChangeRequestMails,
  ) {}

  /** @returns the registration's new version */
  async apply(tx: Tx, request: ChangeRequestRow, decided: Decided): Promise<number> {
    const { id, registrationId } = request;
    const changes = diffRegistrations(decided.base, decided.document);
    const byRule = decided.status.decision?.ruleVersion !== undefined;
    const version = await this.registrations.apply(tx, {
      registrationId,
      baseVersion: decided.baseVersion,
      document: decided.document,
      changes,
      cause: byRule ? 'rule' : request.kind === 'handover' ? 'handover' : 'change-request',
      changeRequestId: id,
      effectiveOn: request.effectiveOn,
      // Said in March of April: that it has come is known to nobody but the calendar.
      confirmedAt: request.kind === 'handover' ? request.submittedAt : null,
      proposedBy: publicProposer(request),
      decidedBy: decided.decidedBy,
    });
    const leaving = leavingMailboxes(decided.base, decided.document);
    if (leaving.length > 0) await this.sessions.revokeMailboxes(tx, registrationId, leaving);
    await this.repository.setStatus(tx, id, decided.status);
    await this.tasks.close(tx, [reviewTask, blockedTask], id);
    if (byRule) await this.tasks.open(tx, lookOverTask, taskOf(request));
    await this.mails.applied(tx, request, { ...decided, changes, byRule });
    return version;
  }
}
