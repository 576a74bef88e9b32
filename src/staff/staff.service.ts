import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { SessionsService } from '../accounts/sessions.service.js';
import { Permission } from '../platform/access/permission.js';
import type { SessionViewer } from '../platform/access/viewer.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Database } from '../platform/database/database.service.js';
import { violatesCheck, violatesUnique } from '../platform/database/postgres-error.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/http/domain-error.js';
import { outgoing, Outbox } from '../platform/outbox/outbox.service.js';
import { Tasks } from '../platform/tasks/tasks.service.js';
import { InvitationsService } from './invitations.service.js';
import type { ChangeStaffDto, InviteStaffDto, StaffList, StaffResponse } from './staff.dto.js';
import { accountChanged } from './staff.messages.js';
import { mayBeDisabled, mayBeEnabled } from './staff.policy.js';
import { StaffRepository } from './staff.repository.js';

/** 利用者: admins look after the accounts of staff. One active admin always remains. */
@Injectable()
export class StaffService {
  constructor(
    private readonly database: Database,
    private readonly repository: StaffRepository,
    private readonly invitations: InvitationsService,
    private readonly sessions: SessionsService,
    private readonly tasks: Tasks,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
  ) {}

  async list(viewer: SessionViewer): Promise<StaffList> {
    return this.database.transaction(viewer, Permission.ReadStaff, async (tx) => ({
      items: await this.repository.list(tx),
    }));
  }

  /** @throws DomainError `not-found` */
  async get(viewer: SessionViewer, id: string): Promise<StaffResponse> {
    return this.database.transaction(viewer, Permission.ReadStaff, (tx) => this.find(tx, id));
  }

  /** @throws DomainError `address-in-use` */
  async invite(viewer: SessionViewer, invitee: InviteStaffDto): Promise<StaffResponse> {
    return this.manage(viewer, async (tx) => this.find(tx, await this.invitations.inviteIn(tx, invitee)));
  }

  /** So that password and factors can be set anew. They, and sessions, hold until then. @throws DomainError */
  async inviteAgain(viewer: SessionViewer, id: string): Promise<StaffResponse> {
    return this.manage(viewer, async (tx) => {
      const account = await this.lock(tx, id);
      await this.invitations.inviteAgain(tx, account);
      return account;
    });
  }

  /**
   * Another address ends sessions and invitations; both addresses are told. Other roles hold from the next request.
   *
   * @throws DomainError `not-found`, `stale-version`, `address-in-use`, `last-admin`
   */
  async change(
    viewer: SessionViewer,
    id: string,
    version: number,
    changes: ChangeStaffDto,
  ): Promise<StaffResponse> {
    return this.manage(viewer, async (tx) => {
      const before = await this.lock(tx, id);
      if (before.version !== version) throw new DomainError('stale-version');
      const after = {
        id,
        email: changes.email ?? before.email,
        name: changes.name ?? before.name,
        roles: changes.roles ?? before.roles,
      };
      if (isSame(before, after)) return before;
      await this.repository.update(tx, after);
      const moved = !isSameMailbox(before, after);
      if (moved) await this.endWhatIsOpen(tx, id);
      await this.tell(tx, before, after);
      await this.audit.record(tx, 'account.changed', {
        subjectId: id,
        details: { rolesBefore: before.roles, roles: after.roles, addressChanged: moved },
        personal: {
          email: after.email,
          name: after.name,
          emailBefore: before.email,
          nameBefore: before.name,
        },
      });
      return this.find(tx, id);
    });
  }

  /** Ends sessions and invitations; what the person had taken on is everybody's again. @throws DomainError */
  async disable(viewer: SessionViewer, id: string): Promise<StaffResponse> {
    return this.manage(viewer, async (tx) => {
      const account = await this.lock(tx, id);
      if (!mayBeDisabled(account.status)) throw new DomainError('account-not-active');
      await this.repository.disable(tx, id);
      await this.endWhatIsOpen(tx, id);
      await this.tasks.releaseAllOf(tx, id);
      await this.audit.record(tx, 'account.disabled', { subjectId: id, details: {}, personal: null });
      return this.find(tx, id);
    });
  }

  /** @throws DomainError `not-found`, `account-not-active` where it isn't disabled */
  async enable(viewer: SessionViewer, id: string): Promise<StaffResponse> {
    return this.manage(viewer, async (tx) => {
      const account = await this.lock(tx, id);
      if (!mayBeEnabled(account.status)) throw new DomainError('account-not-active');
      await this.repository.enable(tx, id);
      await this.audit.record(tx, 'account.enabled', { subjectId: id, details: {}, personal: null });
      return this.find(tx, id);
    });
  }

  private async manage<T>(viewer: SessionViewer, work: (tx: Tx) => Promise<T>): Promise<T> {
    try {
      return await this.database.transaction(viewer, Permission.ManageStaff, work);
    } catch (error) {
      if (violatesUnique(error, 'account_email_key_is_unique')) throw new DomainError('address-in-use');
      if (violatesCheck(error, 'account_keeps_an_admin')) throw new DomainError('last-admin');
      throw error;
    }
  }

  private async endWhatIsOpen(tx: Tx, accountId: string): Promise<void> {
    await this.sessions.endAllOfAccount(tx, accountId, null);
    await this.repository.endInvitations(tx, accountId);
  }

  private async tell(tx: Tx, before: StaffResponse, after: InviteStaffDto): Promise<void> {
    const changes = {
      address: isSameMailbox(before, after) ? null : after.email,
      name: before.name === after.name ? null : after.name,
      roles: before.roles.join() === after.roles.join() ? null : after.roles,
    };
    if (Object.values(changes).every((change) => change === null)) return;
    const params = { name: before.name, changes };
    const occasion = uuidv7();
    const mailboxes = isSameMailbox(before, after) ? [after.email] : [before.email, after.email];
    await this.outbox.add(
      tx,
      mailboxes.map((to) => outgoing({ message: accountChanged, to, params, occasion })),
    );
  }

  private async find(tx: Tx, id: string): Promise<StaffResponse> {
    const account = await this.repository.find(tx, id);
    if (!account) throw new DomainError('not-found');
    return account;
  }

  private async lock(tx: Tx, id: string): Promise<StaffResponse> {
    const account = await this.repository.lock(tx, id);
    if (!account) throw new DomainError('not-found');
    return account;
  }
}

interface Described {
  readonly email: string;
  readonly name: string;
  readonly roles: readonly string[];
}

const isSameMailbox = (a: Pick<Described, 'email'>, b: Pick<Described, 'email'>): boolean =>
  a.email.toLowerCase() === b.email.toLowerCase();

const isSame = (a: Described, b: Described): boolean =>
  a.email === b.email && a.name === b.name && a.roles.join() === b.roles.join();
