import { Injectable } from '@nestjs/common';
import { Permission } from '../platform/access/permission.js';
import type { Viewer } from '../platform/access/viewer.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Database } from '../platform/database/database.service.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError, type FieldError } from '../platform/http/domain-error.js';
import { noteReads, noteReadsOfRefusal } from '../platform/personal-reads/note-reads.js';
import { Tasks } from '../platform/tasks/tasks.service.js';
import { diffRegistrations } from '../registry/registration-diff.js';
import type { RegistrationDocument } from '../registry/registration-document.js';
import {
  compareThreeWay,
  flawsOf,
  type Merge,
  mergeThreeWay,
  type ThreeWayField,
} from '../registry/registration-merge.js';
import type { CurrentRegistration } from '../registry/registrations.repository.js';
import { RegistrationsService } from '../registry/registrations.service.js';
import { VerificationsService } from '../verifications/verifications.service.js';
import type {
  ChangeRequestResponse,
  RebaseChoiceDto,
  RebaseDto,
  ThreeWayResponse,
} from './change-request.dto.js';
import { ChangeRequestMails } from './change-request.mails.js';
import { answer } from './change-request.answer.js';
import {
  acceptedDocument,
  awaitingMailboxes,
  mayGoOnWith,
  mayRebase,
  openVerifications,
  refuse,
  type RefusedChange,
  taskOf,
  without,
} from './change-request.policy.js';
import { type ChangeRequestStatus, nextStatus } from './change-request.state.js';
import { type ChangeRequestRow, ChangeRequestsRepository } from './change-requests.repository.js';
import { blockedTask, reviewTask } from './change-requests.tasks.js';

/** When the registration moved under a change request: shows three ways, and puts the request on top of it. */
@Injectable()
export class RebaseService {
  constructor(
    private readonly database: Database,
    private readonly repository: ChangeRequestsRepository,
    private readonly registrations: RegistrationsService,
    private readonly verifications: VerificationsService,
    private readonly tasks: Tasks,
    private readonly mails: ChangeRequestMails,
    private readonly audit: Audit,
  ) {}

  async compare(viewer: Viewer, id: string): Promise<ThreeWayResponse> {
    return this.database.transaction(viewer, Permission.ReadChangeRequests, async (tx) => {
      const request = await this.repository.find(tx, id);
      if (!request) throw new DomainError('not-found');
      await noteReads(tx, 'change-request.three-way', [request]);
      return threeWay(request, await this.registrations.require(tx, request.registrationId));
    });
  }

  /**
   * Locks the registration and checks that it is where the proposal was made from.
   *
   * @throws DomainError `registration-moved` with what both sides changed since
   */
  async assertNotMoved(tx: Tx, request: ChangeRequestRow): Promise<void> {
    const { version } = await this.registrations.lock(tx, request.registrationId);
    if (version !== request.baseVersion) throw await this.moved(tx, request);
  }

  /**
   * Puts a request on top of what is registered now. What only one side changed holds; for a conflict the caller
   * chooses. What staff give up of a municipality's proposal is kept with the reason, and told with the result.
   *
   * @throws DomainError `already-decided`, `forbidden`, `registration-not-moved`, `registration-moved` when it moved
   *   again, `stale-version`, `invalid` for a choice that is missing or can't be, `no-changes` when nothing is left
   */
  async rebase(viewer: Viewer, id: string, version: number, dto: RebaseDto): Promise<ChangeRequestResponse> {
    return this.database.transaction(viewer, Permission.RebaseChange, async (tx) => {
      const request = await this.lock(tx, id);
      const current = await this.lockMoved(tx, request, dto.registrationVersion);
      if (request.version !== version) throw new DomainError('stale-version');
      const ownWill = mayGoOnWith(tx.actor, request);
      const { document, dropped } = choose(request, current.document, dto.choices, ownWill);
      const changes = diffRegistrations(current.document, document);
      if (changes.length === 0) throw new DomainError('no-changes');
      const awaiting = awaitingMailboxes({ ...request, base: current.document, proposed: document });
      const status = nextStatus(
        request.status,
        awaiting.length > 0 ? 'rebase-unverified' : 'rebase-verified',
      );
      if (status === null) throw new DomainError('not-editable');
      await this.repository.rebase(tx, id, {
        status,
        baseVersion: current.version,
        base: current.document,
        proposed: document,
        changes,
        refused: ownWill ? request.refused : [...request.refused, ...dropped],
        // Its day has come, and it waits for a mailbox now.
        staysBlocked: status === 'scheduled' && awaiting.length > 0,
      });
      await this.goOn(tx, request, status, awaiting);
      await this.audit.record(tx, 'change-request.rebased', {
        subjectId: id,
        registrationId: request.registrationId,
        details: {
          number: request.number,
          fromVersion: request.baseVersion,
          toVersion: current.version,
          choices: Object.fromEntries(dto.choices.map(({ pointer, take }) => [pointer, take])),
        },
        personal: { name: tx.actor.name },
      });
      return answer(tx, 'change-request.rebase', await this.repository.require(tx, id));
    });
  }

  /** New mailboxes that the newer registration lacks have to answer; what nobody waits for any more goes on. */
  private async goOn(
    tx: Tx,
    request: ChangeRequestRow,
    status: ChangeRequestStatus,
    awaiting: readonly string[],
  ): Promise<void> {
    const { id, registrationId } = request;
    if (status === 'under_review') await this.tasks.open(tx, reviewTask, taskOf(request));
    if (status === 'awaiting_verification') await this.tasks.close(tx, [reviewTask], id);
    if (awaiting.length === 0) await this.tasks.close(tx, [blockedTask], id);
    // A returned one asks when it is sent again; whoever was asked already has a code that works.
    if (status === 'returned') return;
    const asked = openVerifications(request.verifications, tx.now);
    const subject = { kind: 'change-request', id, registrationId } as const;
    const challenges = await this.verifications.challenge(tx, subject, without(awaiting, asked));
    await this.mails.codes(tx, request, challenges);
  }

  private async lock(tx: Tx, id: string): Promise<ChangeRequestRow> {
    const request = await this.repository.lock(tx, id);
    if (!request) throw new DomainError('not-found');
    if (nextStatus(request.status, 'rebase-verified') === null) throw new DomainError('already-decided');
    if (!mayRebase(tx.actor, request)) throw new DomainError('forbidden');
    return request;
  }

  private async lockMoved(
    tx: Tx,
    request: ChangeRequestRow,
    registrationVersion: number,
  ): Promise<CurrentRegistration> {
    const { version } = await this.registrations.lock(tx, request.registrationId);
    if (version === request.baseVersion) throw new DomainError('registration-not-moved');
    if (version !== registrationVersion) throw await this.moved(tx, request);
    return this.registrations.require(tx, request.registrationId);
  }

  private async moved(tx: Tx, request: ChangeRequestRow): Promise<DomainError> {
    const current = await this.registrations.require(tx, request.registrationId);
    const { baseVersion, registrationVersion, fields } = threeWay(request, current);
    noteReadsOfRefusal(tx, 'change-request.three-way', [request]);
    return new DomainError('registration-moved', {
      extensions: { baseVersion, registrationVersion, threeWay: fields },
    });
  }
}

function threeWay(request: ChangeRequestRow, current: CurrentRegistration): ThreeWayResponse {
  return {
    baseVersion: request.baseVersion,
    registrationVersion: current.version,
    fields: compareThreeWay(request.base, current.document, acceptedDocument(request)),
  };
}

/** @throws DomainError `invalid` with everything that is wrong with the choices */
function choose(
  request: ChangeRequestRow,
  current: RegistrationDocument,
  choices: readonly RebaseChoiceDto[],
  ownWill: boolean,
): { document: RegistrationDocument; dropped: RefusedChange[] } {
  const proposed = acceptedDocument(request);
  const fields = compareThreeWay(request.base, current, proposed);
  const sides = new Map(choices.map(({ pointer, take }) => [pointer, take]));
  const merge = mergeThreeWay(request.base, current, proposed, sides);
  const errors = [
    ...choices.flatMap((choice, index) => judgeChoice(choice, index, fields, ownWill)),
    ...judgeMerge(merge, fields),
  ];
  if (errors.length > 0) throw new DomainError('invalid', { errors });
  const reasons = new Map(choices.map(({ pointer, reason }) => [pointer, reason]));
  // What stays is what is registered now, which is no longer what the proposal was made from.
  const staying = new Map(fields.map(({ pointer, currentText }) => [pointer, currentText]));
  const dropped = merge.dropped.map((change) =>
    refuse({ ...change, beforeText: staying.get(change.pointer) ?? null }, reasons.get(change.pointer) ?? ''),
  );
  return { document: merge.document, dropped };
}

function judgeChoice(
  { pointer, take, reason }: RebaseChoiceDto,
  index: number,
  fields: readonly ThreeWayField[],
  ownWill: boolean,
): FieldError[] {
  const field = fields.find((candidate) => candidate.pointer === pointer);
  if (!field || field.state === 'current') {
    const message = 'この変更届にない変更です。';
    return [{ pointer: `/choices/${index}/pointer`, code: 'unknown-change', message }];
  }
  if (take === 'current' && field.state !== 'same' && !ownWill && reason === null) {
    const message = `「${field.label}」で、いまの登録を残す理由を入力してください。`;
    return [{ pointer: `/choices/${index}/reason`, code: 'reason-required', message }];
  }
  return [];
}

function judgeMerge({ document, unresolved }: Merge, fields: readonly ThreeWayField[]): FieldError[] {
  if (unresolved.length > 0) {
    return unresolved.map((pointer) => ({
      pointer: '/choices',
      code: 'choice-required',
      message: `「${fields.find((field) => field.pointer === pointer)?.label}」で、どちらを残すかを選んでください。`,
    }));
  }
  return flawsOf(document).map(() => ({
    pointer: '/choices',
    code: 'depends-on',
    message: '担当者や主な担当部署の部署がなくなるため、この組合せでは取り込めません。',
  }));
}
