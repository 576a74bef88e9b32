import { Injectable } from '@nestjs/common';
import { Permission } from '../platform/access/permission.js';
import type { Viewer } from '../platform/access/viewer.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Database } from '../platform/database/database.service.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError, invalidField } from '../platform/http/domain-error.js';
import { assertDate } from '../platform/http/period.js';
import type { IdempotentRequest } from '../platform/http/idempotency-key.js';
import { once } from '../platform/idempotency/once.js';
import { isSameName } from '../registry/person-name.js';
import { diffRegistrations } from '../registry/registration-diff.js';
import type { RegistrationDocument } from '../registry/registration-document.js';
import type { ChangeRequestResponse, HandoverDto } from './change-request.dto.js';
import { answer } from './change-request.answer.js';
import { mayGoOnWith } from './change-request.policy.js';
import { nextStatus } from './change-request.state.js';
import { ChangeRequestsRepository } from './change-requests.repository.js';
import { handOver, judgeHandoverDate, removes } from './handover.policy.js';
import { RebaseService } from './rebase.service.js';
import { Submissions } from './submissions.js';

/** 引継ぎ: one person until a date, another from it. Proposed like any change; its day comes by the calendar. */
@Injectable()
export class HandoversService {
  constructor(
    private readonly database: Database,
    private readonly repository: ChangeRequestsRepository,
    private readonly submissions: Submissions,
    private readonly rebasing: RebaseService,
    private readonly audit: Audit,
  ) {}

  /**
   * Sends a handover as a change request with a date.
   *
   * @throws DomainError like a change request's sending; `invalid` for a date that has gone by or is more than a
   *   year away, somebody who isn't registered, or a handover to oneself; `handover-overlaps`
   */
  async propose(
    viewer: Viewer,
    registrationId: string,
    version: number,
    dto: HandoverDto,
    request: IdempotentRequest | null = null,
  ): Promise<ChangeRequestResponse> {
    assertDate('effectiveOn', dto.effectiveOn);
    return this.database.transaction(viewer, Permission.ProposeChange, (tx) =>
      once(tx, request, () => this.insert(tx, registrationId, version, dto)),
    );
  }

  /**
   * Changes a returned handover: another person, another date. It isn't sent again yet.
   *
   * @throws DomainError `forbidden`, `not-editable`, `registration-moved`, `stale-version`, and what {@link propose}
   *   throws for its parts
   */
  async edit(viewer: Viewer, id: string, version: number, dto: HandoverDto): Promise<ChangeRequestResponse> {
    assertDate('effectiveOn', dto.effectiveOn);
    return this.database.transaction(viewer, Permission.ProposeChange, async (tx) => {
      const request = await this.repository.lock(tx, id);
      if (!request) throw new DomainError('not-found');
      if (!mayGoOnWith(tx.actor, request)) throw new DomainError('forbidden');
      if (request.kind !== 'handover' || nextStatus(request.status, 'edit') === null) {
        throw new DomainError('not-editable');
      }
      await this.rebasing.assertNotMoved(tx, request);
      if (request.version !== version) throw new DomainError('stale-version');
      const proposed = await this.judge(tx, request.registrationId, request.base, dto);
      const changes = diffRegistrations(request.base, proposed);
      const { comment, effectiveOn } = dto;
      await this.repository.replaceProposal(tx, id, { proposed, changes, comment, effectiveOn });
      await this.audit.record(tx, 'change-request.edited', {
        subjectId: id,
        registrationId: request.registrationId,
        details: { number: request.number, pointers: changes.map(({ pointer }) => pointer) },
        personal: { name: tx.actor.name },
      });
      return answer(tx, 'change-request.edit', await this.repository.require(tx, id));
    });
  }

  private async insert(
    tx: Tx,
    registrationId: string,
    version: number,
    dto: HandoverDto,
  ): Promise<ChangeRequestResponse> {
    const current = await this.submissions.lock(tx, registrationId, version);
    return this.submissions.insert(tx, current, {
      kind: 'handover',
      effectiveOn: dto.effectiveOn,
      proposed: await this.judge(tx, registrationId, current.document, dto),
      comment: dto.comment,
    });
  }

  /**
   * For what is sent, edited or only shown.
   *
   * @returns the registration with one person in place of another
   * @throws what {@link propose} throws for a handover's parts
   */
  async judge(
    tx: Tx,
    registrationId: string,
    document: RegistrationDocument,
    dto: HandoverDto,
  ): Promise<RegistrationDocument> {
    const dateError = judgeHandoverDate(dto.effectiveOn, tx.today);
    if (dateError) throw new DomainError('invalid', { errors: [dateError] });
    const outgoing = document.contacts.find(({ id }) => id === dto.outgoingContactId);
    if (!outgoing) {
      throw invalidField('/outgoingContactId', 'unknown-id', 'いまの登録にある担当者を選んでください。');
    }
    if (isSameName(outgoing.name, dto.incoming.name)) {
      const message = '引き継ぐ方には、いまの担当者とは別の方を入力してください。';
      throw invalidField('/incoming/name', 'same-person', message);
    }
    const scheduled = await this.repository.listScheduled(tx, registrationId);
    const other = scheduled.find(({ changes }) => removes(changes, outgoing.id));
    if (other) {
      const changeRequest = { id: other.id, number: other.number };
      throw new DomainError('handover-overlaps', { extensions: { changeRequest } });
    }
    return handOver(document, outgoing, dto.incoming);
  }
}
