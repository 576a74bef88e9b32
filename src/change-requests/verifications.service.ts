import { Injectable } from '@nestjs/common';
import { Audit } from '../platform/audit/audit.service.js';
import { Database } from '../platform/database/database.service.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/http/domain-error.js';
import { Codes } from '../platform/mail/codes.js';
import type { VerifiedResponse } from './change-request.dto.js';
import { nextStatus } from './change-request.state.js';
import { ChangeRequestsRepository, type VerificationKey } from './change-requests.repository.js';
import { awaitingMailboxes } from './proposals.service.js';

/** Proves that a new mailbox is read: whoever types the mailed code, signed in or not. */
@Injectable()
export class VerificationsService {
  constructor(
    private readonly database: Database,
    private readonly repository: ChangeRequestsRepository,
    private readonly codes: Codes,
    private readonly audit: Audit,
  ) {}

  /**
   * @param key the verification's id, or its number in the mail
   * @throws DomainError `wrong-code`, alike for an unknown number and a wrong or expired code;
   *   `not-awaiting-verification` when the request has gone on without it
   */
  async verify(key: VerificationKey, code: string): Promise<VerifiedResponse> {
    // Counted and committed first: a try must count even though it fails.
    const challenge = await this.database.asSystem('verification', (tx) =>
      this.repository.countVerificationAttempt(tx, key),
    );
    if (!challenge || !this.codes.matches('verify-address', challenge.id, code))
      throw new DomainError('wrong-code');
    return this.database.asSystem('verification', (tx) => this.accept(tx, challenge));
  }

  private async accept(
    tx: Tx,
    challenge: { id: string; changeRequestId: string },
  ): Promise<VerifiedResponse> {
    const before = await this.repository.lock(tx, challenge.changeRequestId);
    const verification = before?.verifications.find(({ id }) => id === challenge.id);
    if (!before || !verification) throw new DomainError('wrong-code');
    const { id, number, registrationId, status } = before;
    if (verification.verifiedAt !== null) {
      return { changeRequestNumber: number, remaining: awaitingMailboxes(before).length, status };
    }
    const after = nextStatus(status, 'verified');
    if (after === null) throw new DomainError('not-awaiting-verification');
    await this.repository.setVerified(tx, challenge.id);
    const remaining = awaitingMailboxes({
      ...before,
      verifications: [...before.verifications, { ...verification, verifiedAt: tx.now.toISOString() }],
    }).length;
    if (remaining === 0) await this.repository.setStatus(tx, id, { status: after });
    await this.audit.record(tx, 'change-request.address-verified', {
      subjectId: id,
      registrationId,
      details: { number, remaining },
      personal: { email: verification.email },
    });
    return { changeRequestNumber: number, remaining, status: remaining === 0 ? after : status };
  }
}
