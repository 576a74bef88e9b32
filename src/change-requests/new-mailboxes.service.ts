import { Injectable } from '@nestjs/common';
import { Audit } from '../platform/audit/audit.service.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/http/domain-error.js';
import { Tasks } from '../platform/tasks/tasks.service.js';
import type { VerifiedResponse } from '../verifications/verification.dto.js';
import type { AnsweredChallenge } from '../verifications/verifications.repository.js';
import { VerificationsService } from '../verifications/verifications.service.js';
import { nextStatus } from './change-request.state.js';
import { type ChangeRequestRow, ChangeRequestsRepository } from './change-requests.repository.js';
import { blockedTask, reviewTask } from './change-requests.tasks.js';
import { awaitingMailboxes, taskOf } from './change-request.policy.js';

/** Goes on with a change request when the last of its new mailboxes has answered. */
@Injectable()
export class NewMailboxesService {
  constructor(
    private readonly repository: ChangeRequestsRepository,
    private readonly verifications: VerificationsService,
    private readonly tasks: Tasks,
    private readonly audit: Audit,
  ) {
    verifications.handle('change-request', (tx, challenge) => this.answered(tx, challenge));
  }

  private async answered(tx: Tx, challenge: AnsweredChallenge): Promise<Omit<VerifiedResponse, 'subject'>> {
    const before = await this.repository.lock(tx, challenge.subjectId);
    const verification = before?.verifications.find(({ id }) => id === challenge.id);
    if (!before || !verification) throw new DomainError('wrong-code');
    // Typed twice: the answer is the same again.
    if (verification.verifiedAt !== null) return toAnswer(before, awaitingMailboxes(before).length);
    const after = nextStatus(before.status, 'verified');
    if (after === null) throw new DomainError('not-awaiting-verification');
    await this.verifications.accept(tx, challenge);
    const remaining = awaitingMailboxes({
      ...before,
      verifications: [...before.verifications, { ...verification, verifiedAt: tx.now.toISOString() }],
    }).length;
    if (remaining === 0) {
      await this.repository.setStatus(tx, before.id, { status: after });
      if (after === 'under_review') await this.tasks.open(tx, reviewTask, taskOf(before));
      // A handover that waited for this mailbox alone is applied by the calendar.
      await this.tasks.close(tx, [blockedTask], before.id);
    }
    await this.audit.record(tx, 'change-request.address-verified', {
      subjectId: before.id,
      registrationId: before.registrationId,
      details: { number: before.number, remaining },
      personal: { email: verification.email },
    });
    return toAnswer({ ...before, status: remaining === 0 ? after : before.status }, remaining);
  }
}

const toAnswer = (
  { number, status }: Pick<ChangeRequestRow, 'number' | 'status'>,
  remaining: number,
): Omit<VerifiedResponse, 'subject'> => ({
  receiptNumber: number,
  remaining,
  status,
  next:
    remaining === 0
      ? '事務局が内容を確認し、結果をメールでお知らせします。'
      : 'すべての新しいアドレスの確認がすむと、事務局が内容を確認します。',
});
