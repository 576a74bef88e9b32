import { Injectable } from '@nestjs/common';
import { Permission } from '../platform/access/permission.js';
import type { Viewer } from '../platform/access/viewer.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Database } from '../platform/database/database.service.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/http/domain-error.js';
import { Tasks } from '../platform/tasks/tasks.service.js';
import { diffRegistrations } from '../registry/registration-diff.js';
import { knownIdsOf, resolveProposal } from '../registry/registration-proposal.js';
import { ChangeRequestMails } from './change-request.mails.js';
import type { ChangeRequestResponse, SubmitChangeRequestDto } from './change-request.dto.js';
import { answer } from './change-request.answer.js';
import { awaitingMailboxes, mayGoOnWith, mayTakeBack } from './change-request.policy.js';
import { type ChangeRequestEvent, type ChangeRequestStatus, nextStatus } from './change-request.state.js';
import { type ChangeRequestRow, ChangeRequestsRepository } from './change-requests.repository.js';
import { blockedTask, reviewTask } from './change-requests.tasks.js';
import { RebaseService } from './rebase.service.js';
import { judgeHandoverDate } from './handover.policy.js';
import { personOf, Submissions } from './submissions.js';

/** What whoever proposed can do with it: edit and send again what was returned, ask for new codes, take back. */
@Injectable()
export class OwnRequestsService {
  constructor(
    private readonly database: Database,
    private readonly repository: ChangeRequestsRepository,
    private readonly submissions: Submissions,
    private readonly rebasing: RebaseService,
    private readonly tasks: Tasks,
    private readonly mails: ChangeRequestMails,
    private readonly audit: Audit,
  ) {}

  /** Changes what a returned request proposes; it isn't sent again yet. */
  async edit(
    viewer: Viewer,
    id: string,
    version: number,
    dto: SubmitChangeRequestDto,
  ): Promise<ChangeRequestResponse> {
    return this.database.transaction(viewer, Permission.ProposeChange, async (tx) => {
      const request = await this.lockOwn(tx, id, 'edit', 'not-editable');
      // A handover is made of parts of its own: see HandoversService.edit.
      if (request.kind === 'handover') throw new DomainError('not-editable');
      await this.rebasing.assertNotMoved(tx, request);
      if (request.version !== version) throw new DomainError('stale-version');
      const known = knownIdsOf(request.base, request.proposed);
      const proposed = resolveProposal(dto.proposed, known, '/proposed');
      const changes = diffRegistrations(request.base, proposed);
      if (changes.length === 0) throw new DomainError('no-changes');
      await this.repository.replaceProposal(tx, id, { proposed, changes, comment: dto.comment });
      await this.audit.record(tx, 'change-request.edited', {
        subjectId: id,
        registrationId: request.registrationId,
        details: { number: request.number, pointers: changes.map(({ pointer }) => pointer) },
        personal: { name: tx.actor.name },
      });
      return this.reread(tx, id);
    });
  }

  /** Sends a returned request again, with new codes for mailboxes that haven't answered. */
  async resubmit(viewer: Viewer, id: string, version: number): Promise<ChangeRequestResponse> {
    return this.database.transaction(viewer, Permission.ProposeChange, async (tx) => {
      const request = await this.lockOwn(tx, id, 'resubmit-verified', 'not-editable');
      await this.rebasing.assertNotMoved(tx, request);
      if (request.version !== version) throw new DomainError('stale-version');
      assertDateStillGood(request, tx.today);
      const person = personOf(tx);
      const awaiting = awaitingMailboxes(request);
      const event: ChangeRequestEvent = awaiting.length > 0 ? 'resubmit-unverified' : 'resubmit-verified';
      const status = nextStatus(request.status, event) as ChangeRequestStatus;
      const by = { status, sessionId: person.sessionId, mailbox: person.mailbox, name: person.name };
      await this.repository.resubmit(tx, id, by);
      return this.submissions.finish(tx, id, awaiting, { resubmitted: true });
    });
  }

  /** Mails a new code to each mailbox that hasn't answered; earlier codes still work. */
  async resend(viewer: Viewer, id: string): Promise<ChangeRequestResponse> {
    return this.database.transaction(viewer, Permission.ProposeChange, async (tx) => {
      const request = await this.lockOwn(tx, id, 'verified', 'not-awaiting-verification');
      const awaiting = awaitingMailboxes(request);
      if (awaiting.length === 0) throw new DomainError('not-awaiting-verification');
      await this.audit.record(tx, 'change-request.code-resent', {
        subjectId: id,
        registrationId: request.registrationId,
        details: { number: request.number },
        personal: null,
      });
      await this.mails.codes(tx, request, await this.submissions.challengeAgain(tx, request, awaiting));
      return this.reread(tx, id);
    });
  }

  async withdraw(viewer: Viewer, id: string, version: number): Promise<ChangeRequestResponse> {
    return this.database.transaction(viewer, Permission.ProposeChange, async (tx) => {
      const request = await this.lockOwn(tx, id, 'withdraw', 'not-withdrawable', mayTakeBack);
      if (request.version !== version) throw new DomainError('stale-version');
      await this.repository.setStatus(tx, id, { status: 'withdrawn' });
      await this.tasks.close(tx, [reviewTask, blockedTask], id);
      await this.audit.record(tx, 'change-request.withdrawn', {
        subjectId: id,
        registrationId: request.registrationId,
        details: { number: request.number },
        personal: { name: tx.actor.name },
      });
      await this.mails.withdrawn(tx, request);
      return this.reread(tx, id);
    });
  }

  private async lockOwn(
    tx: Tx,
    id: string,
    event: ChangeRequestEvent,
    problem: 'not-editable' | 'not-withdrawable' | 'not-awaiting-verification',
    isAllowed: typeof mayTakeBack = mayGoOnWith,
  ): Promise<ChangeRequestRow> {
    const request = await this.repository.lock(tx, id);
    if (!request) throw new DomainError('not-found');
    if (!isAllowed(tx.actor, request)) throw new DomainError('forbidden');
    if (nextStatus(request.status, event) === null) throw new DomainError(problem);
    return request;
  }

  private async reread(tx: Tx, id: string): Promise<ChangeRequestResponse> {
    return answer(tx, 'change-request.edit', await this.repository.require(tx, id));
  }
}

/** A handover that lay returned past its date needs another. @throws DomainError `invalid` */
function assertDateStillGood({ effectiveOn }: ChangeRequestRow, today: string): void {
  const error = effectiveOn === null ? null : judgeHandoverDate(effectiveOn, today);
  if (error) throw new DomainError('invalid', { errors: [error] });
}
