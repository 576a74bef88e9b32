import { Injectable } from '@nestjs/common';
import { Audit } from '../platform/audit/audit.service.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/http/domain-error.js';
import { Tasks } from '../platform/tasks/tasks.service.js';
import { RegistrationsService } from '../registry/registrations.service.js';
import type { VerifiedResponse } from '../verifications/verification.dto.js';
import type { AnsweredChallenge } from '../verifications/verifications.repository.js';
import { VerificationsService } from '../verifications/verifications.service.js';
import { RecoveryMails } from './recovery.mails.js';
import { isRegisteredMailbox } from './recovery.policy.js';
import { nextStatus, type RecoveryStatus } from './recovery.state.js';
import { RecoveriesRepository } from './recoveries.repository.js';
import { callTask, taskOf } from './recoveries.tasks.js';

/** Goes on with a claim when its mailbox has answered. */
@Injectable()
export class ClaimedMailboxesService {
  constructor(
    private readonly repository: RecoveriesRepository,
    private readonly registrations: RegistrationsService,
    private readonly verifications: VerificationsService,
    private readonly tasks: Tasks,
    private readonly mails: RecoveryMails,
    private readonly audit: Audit,
  ) {
    verifications.handle('recovery', (tx, challenge) => this.answered(tx, challenge));
  }

  private async answered(tx: Tx, challenge: AnsweredChallenge): Promise<Omit<VerifiedResponse, 'subject'>> {
    const recovery = await this.repository.lock(tx, challenge.subjectId);
    if (!recovery) throw new DomainError('wrong-code');
    // Typed twice: the answer is the same again.
    if (recovery.verifiedAt !== null) return toAnswer(recovery.number, recovery.status);
    const status = nextStatus(recovery.status, 'verified');
    if (status === null || recovery.registrationStatus !== 'active') {
      throw new DomainError('not-awaiting-verification');
    }
    const { document } = await this.registrations.require(tx, recovery.registrationId);
    if (isRegisteredMailbox(challenge.email, document)) throw new DomainError('can-sign-in');
    await this.verifications.accept(tx, challenge);
    await this.repository.setVerified(tx, recovery.id, status);
    await this.tasks.open(tx, callTask, taskOf(recovery));
    await this.audit.record(tx, 'recovery.verified', {
      subjectId: recovery.id,
      registrationId: recovery.registrationId,
      details: { number: recovery.number },
      personal: { email: challenge.email },
    });
    await this.mails.claimed(tx, recovery, document);
    return toAnswer(recovery.number, status);
  }
}

const toAnswer = (receiptNumber: string, status: RecoveryStatus): Omit<VerifiedResponse, 'subject'> => ({
  receiptNumber,
  remaining: 0,
  status,
  next: '事務局が、自治体の公式サイトにある番号にお電話で確認し、結果をメールでお知らせします。',
});
