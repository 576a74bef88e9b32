import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { KnownDevices } from '../accounts/known-devices.js';
import { FactorsService, wrongFactorCode } from '../credentials/factors.service.js';
import { assertUncommon } from '../credentials/password-blocklist.js';
import { hashPassword } from '../credentials/password.js';
import type { StaffRole } from '../platform/access/permission.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Database } from '../platform/database/database.service.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/http/domain-error.js';
import { Limits } from '../platform/limits/limits.service.js';
import { TRIES_IN_ALL, usesOfTypedCode } from '../platform/limits/typed-codes.js';
import { Codes } from '../platform/mail/codes.js';
import { outgoing, Outbox } from '../platform/outbox/outbox.service.js';
import type { AcceptInvitationDto, InvitationSetupResponse } from './staff.dto.js';
import { staffInvitation } from './staff.messages.js';
import { mayBeInvitedAgain } from './staff.policy.js';
import { type OpenInvitation, StaffRepository } from './staff.repository.js';

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
    private readonly repository: StaffRepository,
    private readonly factors: FactorsService,
    private readonly limits: Limits,
    private readonly devices: KnownDevices,
    private readonly outbox: Outbox,
    private readonly codes: Codes,
    private readonly audit: Audit,
  ) {}

  /**
   * For the command line: makes the account, or invites again where it isn't active yet.
   *
   * @returns the account's id
   * @throws DomainError `address-in-use` when the address has an account that is active or disabled
   */
  async invite(invitee: StaffInvitee): Promise<string> {
    return this.database.asSystem('invitation', (tx) => this.inviteIn(tx, invitee));
  }

  /**
   * For the command line, when somebody has lost what they sign in with: a new invitation, which replaces password and
   * factors once it is accepted.
   *
   * @throws DomainError `not-found`, `account-not-active` where the account is disabled
   */
  async reset(email: string): Promise<void> {
    await this.database.asSystem('invitation', async (tx) => {
      const account = await this.repository.lockByEmail(tx, email.toLowerCase());
      if (!account) throw new DomainError('not-found');
      await this.inviteAgain(tx, account);
    });
  }

  /** The same as {@link invite} within a transaction. */
  async inviteIn(tx: Tx, invitee: StaffInvitee): Promise<string> {
    const known = await this.repository.lockByEmail(tx, invitee.email.toLowerCase());
    if (known && known.status !== 'invited') throw new DomainError('address-in-use');
    const account = { ...invitee, id: known?.id ?? uuidv7() };
    if (known) {
      await this.repository.update(tx, account);
      await this.repository.endInvitations(tx, account.id);
    } else {
      await this.repository.insert(tx, account);
    }
    await this.mailInvitation(tx, account);
    return account.id;
  }

  /** A new invitation in place of those before. @throws DomainError `account-not-active` where it is disabled */
  async inviteAgain(
    tx: Tx,
    account: StaffInvitee & { readonly id: string; readonly status: 'invited' | 'active' | 'disabled' },
  ): Promise<void> {
    if (!mayBeInvitedAgain(account.status)) throw new DomainError('account-not-active');
    await this.repository.endInvitations(tx, account.id);
    await this.mailInvitation(tx, account);
  }

  /**
   * What the authenticator app needs. Each asking gives another secret, so that whoever read the mail earlier has none
   * that counts.
   *
   * @throws DomainError `wrong-code`, alike for an unknown number, a wrong, used or expired code; `too-many-requests`
   */
  async setup(number: string, code: string, network: string): Promise<InvitationSetupResponse> {
    const { accountId, email } = await this.open(number, code, network);
    return this.database.asSystem('invitation', async (tx) => {
      const { id: factorId, ...setup } = await this.factors.begin(tx, { id: accountId, email });
      return { email, factorId, ...setup };
    });
  }

  /**
   * Sets password and authenticator app, in place of any before, and ends what was open.
   *
   * @returns ten recovery codes, shown this once, and what the browser is to remember
   * @throws DomainError `wrong-code`, `too-many-requests`; `invalid` for a usual password or a wrong first code, after
   *   which the invitation still holds
   */
  async accept(
    number: string,
    typed: AcceptInvitationDto,
    browser: { readonly network: string; readonly device: string | undefined },
  ): Promise<{ codes: string[]; device: string }> {
    const invitation = await this.open(number, typed.code, browser.network);
    await assertUncommon('/password', typed.password, invitation);
    const passwordHash = await hashPassword(typed.password);
    const codes = await this.database.asSystem('invitation', async (tx) => {
      const { id, accountId, email, name } = invitation;
      const account = await this.repository.lock(tx, accountId);
      if (account?.status === 'disabled' || !(await this.repository.useInvitation(tx, id))) {
        throw new DomainError('wrong-code');
      }
      const recoveryCodes = await this.factors.enrol(tx, accountId, typed.factorId, typed.totp);
      if (!recoveryCodes) throw wrongFactorCode('/totp');
      await this.repository.activate(tx, accountId, passwordHash);
      await this.repository.endInvitations(tx, accountId);
      await this.factors.changed(tx, { id: accountId, email, name }, 'set-up', null);
      await this.audit.record(tx, 'account.activated', { subjectId: accountId, details: {}, personal: null });
      return recoveryCodes;
    });
    return { codes, device: this.devices.remember(browser.device, invitation.email.toLowerCase()) };
  }

  private async open(number: string, code: string, network: string): Promise<OpenInvitation> {
    const uses = usesOfTypedCode(network, number);
    await this.limits.take(uses);
    const invitation = await this.database.asSystem('invitation', (tx) =>
      this.repository.countInvitationAttempt(tx, number, TRIES_IN_ALL),
    );
    if (!invitation || !this.codes.matches('staff-invitation', invitation.id, code)) {
      throw new DomainError('wrong-code');
    }
    await this.limits.giveBack(uses);
    return invitation;
  }

  private async mailInvitation(tx: Tx, invitee: StaffInvitee & { readonly id: string }): Promise<void> {
    const id = uuidv7();
    const { number, expiresAt } = await this.repository.insertInvitation(tx, {
      id,
      accountId: invitee.id,
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
      subjectId: invitee.id,
      details: { roles: invitee.roles },
      personal: { email: invitee.email, name: invitee.name },
    });
  }
}
