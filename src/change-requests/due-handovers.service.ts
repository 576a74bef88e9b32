import { Injectable, Logger } from '@nestjs/common';
import { Audit } from '../platform/audit/audit.service.js';
import { Database } from '../platform/database/database.service.js';
import type { Tx } from '../platform/database/tx.js';
import { Jobs } from '../platform/jobs/jobs.service.js';
import { Tasks } from '../platform/tasks/tasks.service.js';
import { mergeThreeWay } from '../registry/registration-merge.js';
import type { RegistrationDocument } from '../registry/registration-document.js';
import { RegistrationsService } from '../registry/registrations.service.js';
import { CalendarRepository } from './calendar.repository.js';
import { ChangeRequestApplier } from './change-request.applier.js';
import { acceptedDocument, awaitingMailboxes, taskOf } from './change-request.policy.js';
import { nextStatus } from './change-request.state.js';
import { type ChangeRequestRow, ChangeRequestsRepository } from './change-requests.repository.js';
import { blockedTask } from './change-requests.tasks.js';

/** Applies handovers on their day, once, also when every process was down at midnight. */
@Injectable()
export class DueHandoversService {
  private readonly logger = new Logger('Handovers');

  constructor(
    private readonly database: Database,
    private readonly repository: ChangeRequestsRepository,
    private readonly calendar: CalendarRepository,
    private readonly registrations: RegistrationsService,
    private readonly applier: ChangeRequestApplier,
    private readonly tasks: Tasks,
    private readonly audit: Audit,
    jobs: Jobs,
  ) {
    jobs.register({ name: 'handovers', run: () => this.applyDue() });
  }

  /** Applies every handover whose day has come, each in a transaction of its own, by whichever process is first. */
  async applyDue(): Promise<void> {
    const ids = await this.database.asSystem('handover', (tx) => this.calendar.listDue(tx));
    for (const id of ids) {
      try {
        await this.database.asSystem('handover', (tx) => this.applyOne(tx, id));
      } catch (error) {
        // One that fails must not hold up the others of the day.
        this.logger.error(`handover ${id}: ${(error as Error).stack ?? String(error)}`);
      }
    }
  }

  private async applyOne(tx: Tx, id: string): Promise<void> {
    if (!(await this.calendar.claimDue(tx, id))) return;
    const request = await this.repository.find(tx, id);
    if (!request) return;
    await this.registrations.lock(tx, request.registrationId);
    const current = await this.registrations.require(tx, request.registrationId);
    const merge = mergeThreeWay(request.base, current.document, acceptedDocument(request));
    const conflicts = [...merge.unresolved, ...silentMailboxes(request, current.document, merge.document)];
    if (conflicts.length > 0) return this.block(tx, request, conflicts);
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

  /**
   * Somebody changed the same in the meantime, or a mailbox of the handover isn't registered any more: a person has to
   * choose, nothing is overwritten silently.
   */
  private async block(tx: Tx, request: ChangeRequestRow, conflicts: readonly string[]): Promise<void> {
    await this.calendar.setBlocked(tx, request.id);
    await this.tasks.open(tx, blockedTask, taskOf(request));
    await this.audit.record(tx, 'change-request.blocked', {
      subjectId: request.id,
      registrationId: request.registrationId,
      details: { number: request.number, effectiveOn: request.effectiveOn ?? tx.today, conflicts },
      personal: null,
    });
  }
}

/** @returns where mailboxes stand that were registered when the handover was sent, have gone since and never answered */
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
