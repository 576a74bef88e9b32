import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../platform/access/viewer.js';
import { Audit } from '../platform/audit/audit.service.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/http/domain-error.js';
import { Tasks } from '../platform/tasks/tasks.service.js';
import { fiscalYearEra } from '../platform/text/japanese-date.js';
import { type Change, diffRegistrations } from '../registry/registration-diff.js';
import type { RegistrationDocument } from '../registry/registration-document.js';
import type { CurrentRegistration } from '../registry/registrations.repository.js';
import { assertActive, RegistrationsService } from '../registry/registrations.service.js';
import type { AddressChallenge } from '../verifications/verifications.repository.js';
import { VerificationsService } from '../verifications/verifications.service.js';
import { AtOnce } from './at-once.js';
import { ChangeRequestMails } from './change-request.mails.js';
import type { ChangeRequestResponse } from './change-request.dto.js';
import { answer } from './change-request.answer.js';
import { newMailboxes, taskOf } from './change-request.policy.js';
import type { ChangeRequestStatus } from './change-request.state.js';
import { type ChangeRequestKind, ChangeRequestsRepository } from './change-requests.repository.js';
import { reviewTask } from './change-requests.tasks.js';

type Person = Exclude<Actor, { kind: 'system' }>;

/** What somebody proposes of a registration. */
export interface Proposal {
  readonly proposed: RegistrationDocument;
  readonly comment: string | null;
  readonly kind?: ChangeRequestKind;
  readonly effectiveOn?: string;
  readonly undoesId?: string;
}

/** The way into the queue, alike for changes, handovers and what takes a change back. */
@Injectable()
export class Submissions {
  constructor(
    private readonly repository: ChangeRequestsRepository,
    private readonly registrations: RegistrationsService,
    private readonly verifications: VerificationsService,
    private readonly atOnce: AtOnce,
    private readonly tasks: Tasks,
    private readonly mails: ChangeRequestMails,
    private readonly audit: Audit,
  ) {}

  /**
   * The registration that somebody wants to propose a change of, locked: whoever else sends or decides waits, so
   * that what is read stays true until the commit.
   *
   * @param version what the person saw; null: whatever is registered now
   * @throws DomainError `not-found`, `registration-withdrawn`, `open-request-exists` naming the first, `stale-version`
   */
  async lock(tx: Tx, registrationId: string, version: number | null): Promise<CurrentRegistration> {
    await this.registrations.lock(tx, registrationId);
    return this.look(tx, registrationId, version);
  }

  /** The same with nobody held up, for what is only shown. */
  async look(tx: Tx, registrationId: string, version: number | null): Promise<CurrentRegistration> {
    const current = await this.registrations.require(tx, registrationId);
    assertActive(current);
    const open = await this.repository.findOpen(tx, registrationId);
    if (open) throw new DomainError('open-request-exists', { extensions: { changeRequest: open } });
    if (version !== null && current.version !== version) throw new DomainError('stale-version');
    return current;
  }

  /** @throws DomainError `no-changes` */
  async insert(tx: Tx, current: CurrentRegistration, proposal: Proposal): Promise<ChangeRequestResponse> {
    const person = personOf(tx);
    const { changes, awaiting, status } = weigh(current, proposal);
    const id = uuidv7();
    await this.repository.insert(tx, {
      ...proposal,
      id,
      era: fiscalYearEra(tx.today),
      registrationId: current.id,
      status,
      baseVersion: current.version,
      base: current.document,
      changes,
      sessionId: person.sessionId,
      accountId: person.kind === 'staff' ? person.accountId : null,
      mailbox: person.mailbox,
      name: person.name,
    });
    return this.finish(tx, id, awaiting, { resubmitted: false });
  }

  /** Leaves the trail of a sending and owes its mails, from the request as it is written now. */
  async finish(
    tx: Tx,
    id: string,
    awaiting: readonly string[],
    { resubmitted }: { resubmitted: boolean },
  ): Promise<ChangeRequestResponse> {
    const request = await this.repository.require(tx, id);
    const challenges = await this.challenge(tx, request, awaiting);
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
    // What was given back is looked at again, whatever is left of it.
    if (!resubmitted && (await this.atOnce.applyIfAllowed(tx, request))) return this.reread(tx, id);
    if (request.status === 'under_review') await this.tasks.open(tx, reviewTask, taskOf(request));
    await this.mails.submitted(tx, request, challenges);
    return challenges.length > 0 ? this.reread(tx, id) : answer(tx, 'change-request.propose', request);
  }

  /** A code for each mailbox, to be mailed. */
  challenge(
    tx: Tx,
    { id, registrationId }: { id: string; registrationId: string },
    mailboxes: readonly string[],
  ): Promise<AddressChallenge[]> {
    return this.verifications.challenge(tx, { kind: 'change-request', id, registrationId }, mailboxes);
  }

  /** The same for mailboxes that haven't answered yet. @throws DomainError `too-many-requests` */
  async challengeAgain(
    tx: Tx,
    request: { id: string; registrationId: string },
    mailboxes: readonly string[],
  ): Promise<AddressChallenge[]> {
    await this.verifications.assertMayResend(tx, request.id, mailboxes.length);
    return this.challenge(tx, request, mailboxes);
  }

  private async reread(tx: Tx, id: string): Promise<ChangeRequestResponse> {
    return answer(tx, 'change-request.propose', await this.repository.require(tx, id));
  }
}

/** What a proposal comes to, whether it is sent or only shown. @throws DomainError `no-changes` */
export function weigh(
  { document }: CurrentRegistration,
  { proposed }: Pick<Proposal, 'proposed'>,
): { changes: Change[]; awaiting: string[]; status: ChangeRequestStatus } {
  const changes = diffRegistrations(document, proposed);
  if (changes.length === 0) throw new DomainError('no-changes');
  const awaiting = newMailboxes(document, proposed);
  return { changes, awaiting, status: awaiting.length > 0 ? 'awaiting_verification' : 'under_review' };
}

export function personOf(tx: Tx): Person {
  if (tx.actor.kind === 'system') throw new Error('only a person proposes');
  return tx.actor;
}
