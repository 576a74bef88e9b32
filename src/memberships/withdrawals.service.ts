import { Injectable } from '@nestjs/common';
import type { PendingRequest } from '../change-requests/closing.repository.js';
import { OldAccessService } from '../change-requests/old-access.service.js';
import { Permission } from '../platform/access/permission.js';
import type { Viewer } from '../platform/access/viewer.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Database } from '../platform/database/database.service.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/http/domain-error.js';
import { outgoing, Outbox } from '../platform/outbox/outbox.service.js';
import { AdmissionsService } from '../registry/admissions.service.js';
import { mailboxesOf } from '../registry/registration-document.js';
import type { CurrentRegistration } from '../registry/registrations.repository.js';
import { assertActive, RegistrationsService } from '../registry/registrations.service.js';
import { withdrawn } from './memberships.messages.js';
import type { WithdrawalResponse, WithdrawRegistrationDto } from './withdrawal.dto.js';

/** What a change request says that went with the registration. */
const CLOSING_REASON = '退会により、取下げとして扱いました。';

/** 退会: the registration ends, and with it every way in; its history stays. */
@Injectable()
export class WithdrawalsService {
  constructor(
    private readonly database: Database,
    private readonly registrations: RegistrationsService,
    private readonly admissions: AdmissionsService,
    private readonly oldAccess: OldAccessService,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
  ) {}

  /**
   * @param version the registration's version that the reviewer saw
   * @throws DomainError `not-found`, `registration-withdrawn`, `open-request-exists` naming it, `stale-version`
   */
  async withdraw(
    viewer: Viewer,
    id: string,
    version: number,
    { reason, closeOpenRequest }: WithdrawRegistrationDto,
  ): Promise<WithdrawalResponse> {
    return this.database.transaction(viewer, Permission.WithdrawRegistration, async (tx) => {
      const { current, open } = await this.lockBoth(tx, id);
      assertActive(current);
      if (open && !closeOpenRequest) {
        throw new DomainError('open-request-exists', { extensions: { changeRequest: open } });
      }
      if (current.version !== version) throw new DomainError('stale-version');
      const closed = await this.oldAccess.end(tx, id, CLOSING_REASON);
      const next = await this.admissions.withdraw(tx, current, reason);
      await this.audit.record(tx, 'registration.withdrawn', {
        subjectId: id,
        registrationId: id,
        details: { version: next, changeRequests: closed.map(({ number }) => number) },
        personal: { reviewer: tx.actor.name, reason },
      });
      await this.mail(tx, current, { reason, changeRequests: closed.map(({ number }) => number) });
      return toResponse(await this.registrations.require(tx, id), closed);
    });
  }

  /** As a decision locks them: the request first, the registration then. */
  private async lockBoth(
    tx: Tx,
    id: string,
  ): Promise<{ current: CurrentRegistration; open: PendingRequest | null }> {
    await this.oldAccess.lock(tx, id);
    await this.registrations.lock(tx, id);
    const current = await this.registrations.require(tx, id);
    // Another may have been sent or decided while this waited.
    return { current, open: await this.oldAccess.lock(tx, id) };
  }

  /** To every mailbox that was registered until now. */
  private async mail(
    tx: Tx,
    current: CurrentRegistration,
    { reason, changeRequests }: { reason: string; changeRequests: string[] },
  ): Promise<void> {
    const { id, version, prefecture, document } = current;
    const params = { municipality: prefecture + current.municipality, on: tx.today, reason, changeRequests };
    const occasion = `${id}:${version}`;
    const mails = mailboxesOf(document).map((to) =>
      outgoing({ message: withdrawn, to, params, occasion, registrationId: id }),
    );
    await this.outbox.add(tx, mails);
  }
}

const toResponse = (
  { id, status, version, withdrawnAt, withdrawnReason }: CurrentRegistration,
  closed: readonly PendingRequest[],
): WithdrawalResponse => ({
  id,
  status,
  version,
  withdrawnAt,
  withdrawnReason,
  closedChangeRequests: closed.map(({ id, number }) => ({ id, number })),
});
