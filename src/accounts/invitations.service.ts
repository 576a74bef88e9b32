import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { StaffRole } from '../platform/access/permission.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Database } from '../platform/database/database.service.js';
import { DomainError } from '../platform/http/domain-error.js';
import { Codes } from '../platform/mail/codes.js';
import { outgoing, Outbox } from '../platform/outbox/outbox.service.js';
import { staffInvitation } from './accounts.messages.js';
import { AccountsRepository } from './accounts.repository.js';
import { hashPassword } from './password.js';

const INVITATION_DAYS = 7;

export interface StaffInvitee {
  readonly email: string;
  readonly name: string;
  readonly roles: readonly StaffRole[];
}

/** Brings members of staff in. The first one is invited from the command line; nobody has a default password. */
@Injectable()
export class InvitationsService {
  constructor(
    private readonly database: Database,
    private readonly repository: AccountsRepository,
    private readonly outbox: Outbox,
    private readonly codes: Codes,
    private readonly audit: Audit,
  ) {}

  /**
   * Makes the account, or invites again where it isn't active yet.
   *
   * @returns the account's id
   * @throws DomainError `address-in-use` when the address has an account that is active or disabled
   */
  async invite(invitee: StaffInvitee): Promise<string> {
    return this.database.asSystem('invitation', async (tx) => {
      const known = await this.repository.findAccountByEmail(tx, invitee.email.toLowerCase());
      if (known && known.status !== 'invited') throw new DomainError('address-in-use');
      const accountId = known?.id ?? uuidv7();
      if (known) await this.repository.updateInvited(tx, { ...invitee, id: accountId });
      else await this.repository.insertAccount(tx, { ...invitee, id: accountId });
      const id = uuidv7();
      const { number, expiresAt } = await this.repository.insertInvitation(tx, {
        id,
        accountId,
        days: INVITATION_DAYS,
      });
      await this.outbox.add(tx, [
        outgoing({
          message: staffInvitation,
          to: invitee.email,
          params: { name: invitee.name, number, expiresAt },
          occasion: id,
          challengeId: id,
          uselessAfter: expiresAt,
        }),
      ]);
      await this.audit.record(tx, 'account.invited', {
        subjectId: accountId,
        details: { roles: invitee.roles },
        personal: { email: invitee.email, name: invitee.name },
      });
      return accountId;
    });
  }

  /**
   * Sets the first password.
   *
   * @throws DomainError `wrong-code`, alike for an unknown number, a wrong, used or expired code
   */
  async accept(number: string, code: string, password: string): Promise<void> {
    const invitation = await this.database.asSystem('invitation', (tx) =>
      this.repository.countInvitationAttempt(tx, number),
    );
    if (!invitation || !this.codes.matches('staff-invitation', invitation.id, code)) {
      throw new DomainError('wrong-code');
    }
    const passwordHash = await hashPassword(password);
    await this.database.asSystem('invitation', async (tx) => {
      if (!(await this.repository.useInvitation(tx, invitation.id))) throw new DomainError('wrong-code');
      const activated = await this.repository.activateAccount(tx, invitation.accountId, passwordHash);
      if (!activated) throw new DomainError('wrong-code');
      await this.audit.record(tx, 'account.activated', {
        subjectId: invitation.accountId,
        details: {},
        personal: null,
      });
    });
  }
}
