import { Injectable } from '@nestjs/common';
import { Audit } from '../platform/audit/audit.service.js';
import { violatesUnique } from '../platform/database/postgres-error.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/http/domain-error.js';
import { Tasks } from '../platform/tasks/tasks.service.js';
import { AdmissionsService } from '../registry/admissions.service.js';
import type { VerifiedResponse } from '../verifications/verification.dto.js';
import type { AnsweredChallenge } from '../verifications/verifications.repository.js';
import { VerificationsService } from '../verifications/verifications.service.js';
import { ApplicationMails } from './application.mails.js';
import { awaitingMailboxes, taskOf } from './application.policy.js';
import { nextStatus } from './application.state.js';
import { type ApplicationRow, ApplicationsRepository } from './applications.repository.js';
import { reviewTask } from './memberships.tasks.js';

/** Goes on with an application when the last of its mailboxes has answered. */
@Injectable()
export class ApplicationAnswersService {
  constructor(
    private readonly repository: ApplicationsRepository,
    private readonly admissions: AdmissionsService,
    private readonly verifications: VerificationsService,
    private readonly tasks: Tasks,
    private readonly mails: ApplicationMails,
    private readonly audit: Audit,
  ) {
    verifications.handle('application', (tx, challenge) => this.answered(tx, challenge));
  }

  /** @throws DomainError `open-application-exists`, `already-registered`; the code stays good, to be typed again */
  private async answered(tx: Tx, challenge: AnsweredChallenge): Promise<Omit<VerifiedResponse, 'subject'>> {
    const before = await this.repository.lock(tx, challenge.subjectId);
    const verification = before?.verifications.find(({ id }) => id === challenge.id);
    if (!before || !verification) throw new DomainError('wrong-code');
    // Typed twice: the answer is the same again.
    if (verification.verifiedAt !== null) return toAnswer(before);
    if (nextStatus(before.status, 'verified') === null) throw new DomainError('not-awaiting-verification');
    await this.verifications.accept(tx, challenge);
    const answered = await this.reread(tx, before.id);
    const remaining = awaitingMailboxes(answered).length;
    if (remaining === 0) await this.goOn(tx, answered);
    await this.audit.record(tx, 'application.address-verified', {
      subjectId: before.id,
      details: { number: before.number, remaining },
      personal: { email: verification.email },
    });
    return toAnswer(await this.reread(tx, before.id));
  }

  private async goOn(tx: Tx, application: ApplicationRow): Promise<void> {
    await this.admissions.requireCandidate(tx, application.municipalityCode);
    try {
      await this.repository.setUnderReview(tx, application.id);
    } catch (error) {
      // Two offices of one town hall may apply. The second waits as it is until the first has been decided.
      if (!violatesUnique(error, 'membership_application_one_under_review_per_municipality')) throw error;
      throw new DomainError('open-application-exists');
    }
    await this.tasks.open(tx, reviewTask, taskOf(application));
    await this.mails.received(tx, application);
  }

  private async reread(tx: Tx, id: string): Promise<ApplicationRow> {
    const row = await this.repository.find(tx, id);
    if (!row) throw new DomainError('not-found');
    return row;
  }
}

function toAnswer(application: ApplicationRow): Omit<VerifiedResponse, 'subject'> {
  const remaining = awaitingMailboxes(application).length;
  return {
    receiptNumber: application.number,
    remaining,
    status: application.status,
    next:
      remaining === 0
        ? '事務局がお申込みの内容を確認し、結果をメールでお知らせします。'
        : 'すべてのアドレスの確認がすむと、事務局がお申込みの内容を確認します。',
  };
}
