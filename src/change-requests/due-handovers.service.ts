import { Injectable } from '@nestjs/common';
import { Audit } from '../platform/audit/audit.service.js';
import type { Tx } from '../platform/database/tx.js';
import { Jobs } from '../platform/jobs/jobs.service.js';
import { Tasks } from '../platform/tasks/tasks.service.js';
import type { RegistrationDocument } from '../registry/registration-document.js';
import { compareThreeWay, type Merge, mergeThreeWay } from '../registry/registration-merge.js';
import { RegistrationsService } from '../registry/registrations.service.js';
import { CalendarRepository } from './calendar.repository.js';
import { ChangeRequestApplier } from './change-request.applier.js';
import { ChangeRequestMails } from './change-request.mails.js';
import { acceptedDocument, awaitingMailboxes, taskOf } from './change-request.policy.js';
import { nextStatus } from './change-request.state.js';
import { type ChangeRequestRow, ChangeRequestsRepository } from './change-requests.repository.js';
import { blockedTask } from './change-requests.tasks.js';

/** Applies handovers on their day, once, also when every process was down at midnight. */
@Injectable()
export class DueHandoversService {
  constructor(
    private readonly repository: ChangeRequestsRepository,
    private readonly calendar: CalendarRepository,
    private readonly registrations: RegistrationsService,
    private readonly applier: ChangeRequestApplier,
    private readonly tasks: Tasks,
    private readonly mails: ChangeRequestMails,
    private readonly audit: Audit,
    jobs: Jobs,
  ) {
    jobs.registerEach({
      name: 'handover',
      list: (tx) => calendar.listDue(tx),
      work: (tx, id) => this.apply(tx, id),
    });
  }

  private async apply(tx: Tx, id: string): Promise<void> {
    if (!(await this.calendar.claimDue(tx, id))) return;
    const request = await this.repository.find(tx, id);
    if (!request) return;
    await this.registrations.lock(tx, request.registrationId);
    const current = await this.registrations.require(tx, request.registrationId);
    const merge = mergeThreeWay(request.base, current.document, acceptedDocument(request));
    const obstacles = obstaclesTo(request, current.document, merge);
    if (obstacles.length > 0) return this.block(tx, request, obstacles);
    const status = nextStatus(request.status, request.refused.length > 0 ? 'apply-partly' : 'apply');
    if (status === null) throw new Error(`a handover that is ${request.status} can't be applied`);
    const registrationVersion = await this.applier.apply(tx, request, {
      base: current.document,
      baseVersion: current.version,
      document: merge.document,
      refused: request.refused,
      status: { status },
      decidedBy: request.decidedByName,
      reason: request.decisionReason,
    });
    await this.audit.record(tx, 'change-request.applied', {
      subjectId: id,
      registrationId: request.registrationId,
      details: { number: request.number, registrationVersion, effectiveOn: request.effectiveOn ?? tx.today },
      personal: null,
    });
  }

  /** A person has to choose; nothing is overwritten silently, and the municipality learns that it isn't done yet. */
  private async block(tx: Tx, request: ChangeRequestRow, conflicts: readonly string[]): Promise<void> {
    await this.calendar.setBlocked(tx, request.id);
    await this.tasks.open(tx, blockedTask, taskOf(request));
    await this.audit.record(tx, 'change-request.blocked', {
      subjectId: request.id,
      registrationId: request.registrationId,
      details: { number: request.number, effectiveOn: request.effectiveOn ?? tx.today, conflicts },
      personal: null,
    });
    await this.mails.blocked(tx, request);
  }
}

/**
 * Why it can't be applied by itself: both sides changed the same, whoever was to leave has gone already (somebody else
 * may have come in their place), or a mailbox that it brings has left the registration and never answered a code.
 *
 * @returns pointers; what stands there is nothing for the trail
 */
function obstaclesTo(request: ChangeRequestRow, current: RegistrationDocument, merge: Merge): string[] {
  const gone = compareThreeWay(request.base, current, acceptedDocument(request)).filter(
    ({ state }) => state === 'same',
  );
  return [
    ...merge.unresolved,
    ...gone.map(({ pointer }) => pointer),
    ...silentMailboxes(request, current, merge.document),
  ];
}

/** @returns where mailboxes stand that aren't registered now and never answered */
function silentMailboxes(
  request: ChangeRequestRow,
  current: RegistrationDocument,
  document: RegistrationDocument,
): string[] {
  const silent = new Set(awaitingMailboxes({ ...request, base: current, proposed: document }));
  const isSilent = ({ email }: { email: string | null }): boolean => email !== null && silent.has(email);
  return [
    ...document.departments.filter(isSilent).map(({ id }) => `/departments/${id}/email`),
    ...document.contacts.filter(isSilent).map(({ id }) => `/contacts/${id}/email`),
  ];
}
