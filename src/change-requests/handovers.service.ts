import { Injectable } from '@nestjs/common';
import { Permission } from '../platform/access/permission.js';
import type { Viewer } from '../platform/access/viewer.js';
import { Database } from '../platform/database/database.service.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError, invalidField } from '../platform/http/domain-error.js';
import { assertDate } from '../platform/http/period.js';
import type { IdempotentRequest } from '../platform/http/idempotency-key.js';
import { once } from '../platform/idempotency/once.js';
import type { ChangeRequestResponse, HandoverDto } from './change-request.dto.js';
import { ChangeRequestsRepository } from './change-requests.repository.js';
import { handOver, isSamePerson, judgeHandoverDate, removes } from './handover.policy.js';
import { Submissions } from './submissions.js';

/** 引継ぎ: one person until a date, another from it. Proposed like any change; its day comes by the calendar. */
@Injectable()
export class HandoversService {
  constructor(
    private readonly database: Database,
    private readonly repository: ChangeRequestsRepository,
    private readonly submissions: Submissions,
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

  private async insert(
    tx: Tx,
    registrationId: string,
    version: number,
    dto: HandoverDto,
  ): Promise<ChangeRequestResponse> {
    const current = await this.submissions.lock(tx, registrationId, version);
    const dateError = judgeHandoverDate(dto.effectiveOn, tx.today);
    if (dateError) throw new DomainError('invalid', { errors: [dateError] });
    const outgoing = current.document.contacts.find(({ id }) => id === dto.outgoingContactId);
    if (!outgoing) {
      throw invalidField('/outgoingContactId', 'unknown-id', 'いまの登録にある担当者を選んでください。');
    }
    if (isSamePerson(outgoing, dto.incoming)) {
      const message = '引き継ぐ方には、いまの担当者とは別の方を入力してください。';
      throw invalidField('/incoming/name', 'same-person', message);
    }
    const scheduled = await this.repository.listScheduled(tx, registrationId);
    const other = scheduled.find(({ changes }) => removes(changes, outgoing.id));
    if (other) {
      const changeRequest = { id: other.id, number: other.number };
      throw new DomainError('handover-overlaps', { extensions: { changeRequest } });
    }
    return this.submissions.insert(tx, current, {
      kind: 'handover',
      effectiveOn: dto.effectiveOn,
      proposed: handOver(current.document, outgoing, dto.incoming),
      comment: dto.comment,
    });
  }
}
