import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { DraftsService } from '../drafts/drafts.service.js';
import { Permission } from '../platform/access/permission.js';
import type { Actor, Viewer } from '../platform/access/viewer.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Database } from '../platform/database/database.service.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/http/domain-error.js';
import type { IdempotentRequest } from '../platform/http/idempotency-key.js';
import { once } from '../platform/idempotency/once.js';
import { Tasks } from '../platform/tasks/tasks.service.js';
import { fiscalYearEra } from '../platform/text/japanese-date.js';
import { type Change, diffRegistrations } from '../registry/registration-diff.js';
import type { RegistrationDocument } from '../registry/registration-document.js';
import { knownIdsOf, type KnownIds, resolveProposal } from '../registry/registration-proposal.js';
import { assertActive, RegistrationsService } from '../registry/registrations.service.js';
import type { AddressChallenge } from '../verifications/verifications.repository.js';
import { VerificationsService } from '../verifications/verifications.service.js';
import { ChangeRequestMails } from './change-request.mails.js';
import type { ChangeRequestResponse, SubmitChangeRequestDto } from './change-request.dto.js';
import { toResponse } from './change-request.mapper.js';
import {
  awaitingMailboxes,
  mayGoOnWith,
  mayTakeBack,
  newMailboxes,
  taskOf,
} from './change-request.policy.js';
import { type ChangeRequestEvent, type ChangeRequestStatus, nextStatus } from './change-request.state.js';
import { type ChangeRequestRow, ChangeRequestsRepository } from './change-requests.repository.js';
import { reviewTask } from './change-requests.tasks.js';

type Person = Exclude<Actor, { kind: 'system' }>;

/** What whoever proposes can do: send, edit and send again what was returned, ask for new codes, take back. */
@Injectable()
export class ProposalsService {
  constructor(
    private readonly database: Database,
    private readonly repository: ChangeRequestsRepository,
    private readonly registrations: RegistrationsService,
    private readonly verifications: VerificationsService,
    private readonly tasks: Tasks,
    private readonly drafts: DraftsService,
    private readonly mails: ChangeRequestMails,
    private readonly audit: Audit,
  ) {}

  /**
   * Sends a change request against the version that the person saw.
   *
   * @throws DomainError `open-request-exists` naming the first, `stale-version` (412), `no-changes`, `invalid`,
   *   `idempotency-key-reused`, `not-found` also for an id of another municipality
   */
  async submit(
    viewer: Viewer,
    registrationId: string,
    version: number,
    dto: SubmitChangeRequestDto,
    request: IdempotentRequest | null = null,
  ): Promise<ChangeRequestResponse> {
    return this.database.transaction(viewer, Permission.ProposeChange, (tx) =>
      once(tx, request, async () => {
        // Whoever else sends or decides waits here, so that what is read below stays true until the commit.
        await this.registrations.lock(tx, registrationId);
        const current = await this.registrations.require(tx, registrationId);
        assertActive(current);
        await this.refuseSecond(tx, registrationId);
        if (current.version !== version) throw new DomainError('stale-version');
        const proposal = propose(dto, current.document, knownIdsOf(current.document));
        const sent = await this.insert(tx, { ...current, ...proposal });
        if (tx.actor.kind === 'member') await this.drafts.discard(tx, registrationId);
        return sent;
      }),
    );
  }

  /** Changes what a returned request proposes; it isn't sent again yet. */
  async edit(
    viewer: Viewer,
    id: string,
    version: number,
    dto: SubmitChangeRequestDto,
  ): Promise<ChangeRequestResponse> {
    return this.database.transaction(viewer, Permission.ProposeChange, async (tx) => {
      const request = await this.lockOwn(tx, id, 'edit', 'not-editable');
      assertNotMoved(request);
      if (request.version !== version) throw new DomainError('stale-version');
      const proposal = propose(dto, request.base, knownIdsOf(request.base, request.proposed));
      await this.repository.replaceProposal(tx, id, proposal);
      await this.audit.record(tx, 'change-request.edited', {
        subjectId: id,
        registrationId: request.registrationId,
        details: { number: request.number, pointers: proposal.changes.map(({ pointer }) => pointer) },
        personal: { name: tx.actor.name },
      });
      return this.reread(tx, id);
    });
  }

  /** Sends a returned request again, with new codes for mailboxes that haven't answered. */
  async resubmit(viewer: Viewer, id: string, version: number): Promise<ChangeRequestResponse> {
    return this.database.transaction(viewer, Permission.ProposeChange, async (tx) => {
      const request = await this.lockOwn(tx, id, 'resubmit-verified', 'not-editable');
      assertNotMoved(request);
      if (request.version !== version) throw new DomainError('stale-version');
      const person = personOf(tx);
      const awaiting = awaitingMailboxes(request);
      const event: ChangeRequestEvent = awaiting.length > 0 ? 'resubmit-unverified' : 'resubmit-verified';
      const status = nextStatus(request.status, event) as ChangeRequestStatus;
      const by = { status, sessionId: person.sessionId, mailbox: person.mailbox, name: person.name };
      await this.repository.resubmit(tx, id, by);
      const verifications = await this.challenge(tx, request, awaiting);
      return this.finishSubmission(tx, id, verifications, { resubmitted: true });
    });
  }

  /** Mails a new code to each mailbox that hasn't answered; earlier codes still work. */
  async resend(viewer: Viewer, id: string): Promise<ChangeRequestResponse> {
    return this.database.transaction(viewer, Permission.ProposeChange, async (tx) => {
      const request = await this.lockOwn(tx, id, 'verified', 'not-awaiting-verification');
      const awaiting = awaitingMailboxes(request);
      await this.verifications.assertMayResend(tx, id, awaiting.length);
      await this.audit.record(tx, 'change-request.code-resent', {
        subjectId: id,
        registrationId: request.registrationId,
        details: { number: request.number },
        personal: null,
      });
      await this.mails.codes(tx, request, await this.challenge(tx, request, awaiting));
      return this.reread(tx, id);
    });
  }

  async withdraw(viewer: Viewer, id: string, version: number): Promise<ChangeRequestResponse> {
    return this.database.transaction(viewer, Permission.ProposeChange, async (tx) => {
      const request = await this.lockOwn(tx, id, 'withdraw', 'not-withdrawable', mayTakeBack);
      if (request.version !== version) throw new DomainError('stale-version');
      await this.repository.setStatus(tx, id, { status: 'withdrawn' });
      await this.tasks.close(tx, [reviewTask], id);
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

  private async insert(tx: Tx, sent: Submission): Promise<ChangeRequestResponse> {
    const person = personOf(tx);
    const awaiting = newMailboxes(sent.document, sent.proposed);
    const id = uuidv7();
    await this.repository.insert(tx, {
      id,
      era: fiscalYearEra(tx.today),
      registrationId: sent.id,
      status: awaiting.length > 0 ? 'awaiting_verification' : 'under_review',
      baseVersion: sent.version,
      base: sent.document,
      proposed: sent.proposed,
      changes: sent.changes,
      comment: sent.comment,
      sessionId: person.sessionId,
      accountId: person.kind === 'staff' ? person.accountId : null,
      mailbox: person.mailbox,
      name: person.name,
    });
    const verifications = await this.challenge(tx, { id, registrationId: sent.id }, awaiting);
    return this.finishSubmission(tx, id, verifications, { resubmitted: false });
  }

  /** Leaves the trail of a sending and owes its mails, from the request as it is written now. */
  private async finishSubmission(
    tx: Tx,
    id: string,
    verifications: readonly AddressChallenge[],
    { resubmitted }: { resubmitted: boolean },
  ): Promise<ChangeRequestResponse> {
    const request = await this.requireRow(tx, id);
    await this.audit.record(tx, 'change-request.submitted', {
      subjectId: id,
      registrationId: request.registrationId,
      details: {
        number: request.number,
        baseVersion: request.baseVersion,
        pointers: request.changes.map(({ pointer }) => pointer),
        resubmitted,
      },
      personal: { name: request.proposedByName, mailbox: request.proposedByMailbox },
    });
    if (request.status === 'under_review') await this.tasks.open(tx, reviewTask, taskOf(request));
    await this.mails.submitted(tx, request, verifications);
    return toResponse(request, tx.actor);
  }

  private async challenge(
    tx: Tx,
    request: { id: string; registrationId: string },
    mailboxes: readonly string[],
  ): Promise<AddressChallenge[]> {
    const { id, registrationId } = request;
    return this.verifications.challenge(tx, { kind: 'change-request', id, registrationId }, mailboxes);
  }

  private async refuseSecond(tx: Tx, registrationId: string): Promise<void> {
    const open = await this.repository.findOpen(tx, registrationId);
    if (open) throw new DomainError('open-request-exists', { extensions: { changeRequest: open } });
  }

  private async lockOwn(
    tx: Tx,
    id: string,
    event: ChangeRequestEvent,
    problem: 'not-editable' | 'not-withdrawable' | 'not-awaiting-verification',
    isAllowed: typeof mayGoOnWith = mayGoOnWith,
  ): Promise<ChangeRequestRow> {
    const request = await this.repository.lock(tx, id);
    if (!request) throw new DomainError('not-found');
    if (!isAllowed(tx.actor, request)) throw new DomainError('forbidden');
    if (nextStatus(request.status, event) === null) throw new DomainError(problem);
    return request;
  }

  private async requireRow(tx: Tx, id: string): Promise<ChangeRequestRow> {
    const row = await this.repository.find(tx, id);
    if (!row) throw new DomainError('not-found');
    return row;
  }

  private async reread(tx: Tx, id: string): Promise<ChangeRequestResponse> {
    return toResponse(await this.requireRow(tx, id), tx.actor);
  }
}

interface Proposal {
  readonly proposed: RegistrationDocument;
  readonly changes: Change[];
  readonly comment: string | null;
}

type Submission = Proposal & {
  readonly id: string;
  readonly version: number;
  readonly document: RegistrationDocument;
};

/** @throws DomainError `no-changes`, `invalid`, `not-found` */
function propose(dto: SubmitChangeRequestDto, base: RegistrationDocument, known: KnownIds): Proposal {
  const proposed = resolveProposal(dto.proposed, known, '/proposed');
  const changes = diffRegistrations(base, proposed);
  if (changes.length === 0) throw new DomainError('no-changes');
  return { proposed, changes, comment: dto.comment };
}

/** @throws DomainError `registration-moved` */
export function assertNotMoved(request: ChangeRequestRow): void {
  const { baseVersion, registrationVersion } = request;
  if (baseVersion !== registrationVersion) {
    throw new DomainError('registration-moved', { extensions: { baseVersion, registrationVersion } });
  }
}

function personOf(tx: Tx): Person {
  if (tx.actor.kind === 'system') throw new Error('only a person proposes');
  return tx.actor;
}
