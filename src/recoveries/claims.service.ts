import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Audit } from '../platform/audit/audit.service.js';
import { Database } from '../platform/database/database.service.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/http/domain-error.js';
import { Limits } from '../platform/limits/limits.service.js';
import { usesOfPublicForm } from '../platform/limits/typed-codes.js';
import { fiscalYearEra } from '../platform/text/japanese-date.js';
import { RegistrationsService } from '../registry/registrations.service.js';
import type { AddressChallenge } from '../verifications/verifications.repository.js';
import { VerificationsService } from '../verifications/verifications.service.js';
import type { ClaimedResponse, ClaimRecoveryDto } from './recovery.dto.js';
import { RecoveryMails } from './recovery.mails.js';
import { RecoveriesRepository } from './recoveries.repository.js';

/** Claims for one municipality within 24 hours that no mailbox has answered for; more would be somebody's game. */
const MAX_UNVERIFIED = 40;

/** 連絡先の回復の申出: anybody may claim; the claimed mailbox has to answer before a person looks at it. */
@Injectable()
export class ClaimsService {
  constructor(
    private readonly database: Database,
    private readonly repository: RecoveriesRepository,
    private readonly registrations: RegistrationsService,
    private readonly verifications: VerificationsService,
    private readonly mails: RecoveryMails,
    private readonly limits: Limits,
    private readonly audit: Audit,
  ) {}

  /**
   * Takes a claim and mails its mailbox a code. The answer says nothing of the registration: not even whether the
   * mailbox is registered, which whoever reads it learns when they type the code.
   *
   * @throws DomainError `invalid` for a wrong code of the municipality, `not-registered`, `too-many-requests`
   */
  async claim(dto: ClaimRecoveryDto, network: string): Promise<ClaimedResponse> {
    return this.limits.during(usesOfPublicForm(network, dto.municipalityCode, 1), () => this.submit(dto));
  }

  private submit(dto: ClaimRecoveryDto): Promise<ClaimedResponse> {
    return this.database.asSystem('recovery', async (tx) => {
      const registration = await this.registrations.requireActive(tx, dto.municipalityCode);
      const { email } = dto.department;
      await this.repository.lockClaims(tx, registration.id);
      await this.verifications.assertMayMail(tx, [email]);
      if ((await this.repository.countUnverified(tx, registration.id)) >= MAX_UNVERIFIED) {
        throw new DomainError('too-many-requests');
      }
      const id = uuidv7();
      const challenge = await this.challenge(tx, id, registration.id, email);
      const { kind, department, contact, message } = dto;
      const number = await this.repository.insert(tx, {
        id,
        era: fiscalYearEra(tx.today),
        registrationId: registration.id,
        kind,
        baseVersion: registration.version,
        department: { ...department },
        contact: { ...contact },
        message,
        expiresAt: challenge.expiresAt,
      });
      await this.audit.record(tx, 'recovery.claimed', {
        subjectId: id,
        registrationId: registration.id,
        details: { number, kind },
        personal: { name: contact.name, email },
      });
      const municipality = registration.prefecture + registration.municipality;
      await this.mails.code(tx, { municipality, registrationId: registration.id }, challenge);
      return { number, status: 'awaiting_verification', expiresAt: challenge.expiresAt, next: NEXT };
    });
  }

  private async challenge(
    tx: Tx,
    id: string,
    registrationId: string,
    email: string,
  ): Promise<AddressChallenge> {
    const [challenge] = await this.verifications.challenge(tx, { kind: 'recovery', id, registrationId }, [
      email,
    ]);
    if (!challenge) throw new Error('a mailbox was challenged without a code');
    return challenge;
  }
}

const NEXT =
  '確認用の番号とコードを、新しいアドレスあてにメールでお送りしました。届いたメールの案内に沿って入力してください。';
