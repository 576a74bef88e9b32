import { Injectable } from '@nestjs/common';
import type { SignedInResponse } from '../accounts/sessions.dto.js';
import { SessionsService } from '../accounts/sessions.service.js';
import { Permission } from '../platform/access/permission.js';
import type { SessionViewer } from '../platform/access/viewer.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Database } from '../platform/database/database.service.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError, invalidField } from '../platform/http/domain-error.js';
import { limited, type Limit } from '../platform/limits/limit.js';
import { Limits } from '../platform/limits/limits.service.js';
import type {
  ChangePasswordDto,
  FactorList,
  FactorSetupResponse,
  NewFactorDto,
  RecoveryCodesResponse,
  SecondFactorDto,
} from './credentials.dto.js';
import { CredentialsRepository, type OwnAccount } from './credentials.repository.js';
import { assertOneProof, FactorsService, wrongFactorCode } from './factors.service.js';
import { assertUncommon } from './password-blocklist.js';
import { hashPassword, verifyPassword } from './password.js';
import { Totp } from './totp.js';

/** Tries of somebody who is signed in: a screen that was left open must not become a second factor. */
const OWN_TRIES: Limit = { name: 'credentials.own-tries', burst: 5, everySeconds: 60 };

/** What a member of staff does with their own password and factors. */
@Injectable()
export class CredentialsService {
  constructor(
    private readonly database: Database,
    private readonly repository: CredentialsRepository,
    private readonly factors: FactorsService,
    private readonly totp: Totp,
    private readonly sessions: SessionsService,
    private readonly limits: Limits,
    private readonly audit: Audit,
  ) {}

  async list(viewer: SessionViewer): Promise<FactorList> {
    return this.database.transaction(viewer, Permission.ReadOwnFactors, async (tx) => {
      const { id } = await this.own(tx);
      const codes = await this.repository.listRecoveryCodes(tx, id);
      return { items: await this.repository.listFactors(tx, id), recoveryCodesLeft: codes.length };
    });
  }

  /**
   * Shows the second factor once more, for what takes it fresh. The session gets another cookie.
   *
   * @param cookie the session's; without it a stolen access token would become a session
   * @throws DomainError `invalid` where neither or both codes are given, or a wrong or used one; `session-ended`
   *   without the session's cookie; `too-many-requests`
   */
  async stepUp(
    viewer: SessionViewer,
    proof: SecondFactorDto,
    cookie: string | undefined,
  ): Promise<{ token: string; response: SignedInResponse }> {
    assertOneProof(proof);
    const uses = [limited(OWN_TRIES, await this.ownId(viewer, Permission.StepUp))];
    await this.limits.take(uses);
    const opened = await this.database.transaction(viewer, Permission.StepUp, async (tx) => {
      const { id } = await this.own(tx);
      const stepped = await this.sessions.stepUp(tx, viewer.sessionId, cookie);
      if (!(await this.factors.prove(tx, id, proof))) {
        this.noteFailure(tx, id, 'step-up');
        throw wrongFactorCode(proof.totp === undefined ? '/recoveryCode' : '/totp');
      }
      await this.audit.record(tx, 'session.stepped-up', {
        subjectId: viewer.sessionId,
        details: { recoveryCode: proof.recoveryCode !== undefined },
        personal: null,
      });
      return stepped;
    });
    await this.limits.giveBack(uses);
    return { token: opened.token, response: await this.sessions.begin(opened) };
  }

  /** Begins a further factor, which counts once its first code is typed. */
  async addFactor(viewer: SessionViewer, { name }: NewFactorDto): Promise<FactorSetupResponse> {
    return this.database.transaction(viewer, Permission.ChangeOwnFactors, async (tx) => {
      const account = await this.own(tx);
      return this.factors.begin(tx, account, name);
    });
  }

  /** @throws DomainError `not-found` where none of one's own waits for its first code; `invalid` for a wrong one */
  async confirmFactor(viewer: SessionViewer, id: string, typed: string): Promise<FactorList> {
    await this.limits.take([limited(OWN_TRIES, await this.ownId(viewer, Permission.ChangeOwnFactors))]);
    await this.database.transaction(viewer, Permission.ChangeOwnFactors, async (tx) => {
      const account = await this.own(tx);
      const step = this.totp.match(id, typed, tx.now.getTime());
      const waiting = (await this.repository.listFactors(tx, account.id)).some(
        (factor) => factor.id === id && !factor.confirmed,
      );
      if (!waiting) throw new DomainError('not-found');
      if (step === null) throw wrongFactorCode('/totp');
      if (!(await this.repository.confirmFactor(tx, account.id, id, step)))
        throw new DomainError('not-found');
      await this.factors.changed(tx, account, 'factor-added', viewer.sessionId);
    });
    return this.list(viewer);
  }

  /** @throws DomainError `not-found`, `last-factor` */
  async removeFactor(viewer: SessionViewer, id: string): Promise<void> {
    await this.database.transaction(viewer, Permission.ChangeOwnFactors, async (tx) => {
      const account = await this.own(tx);
      await this.repository.lockAccount(tx, account.id);
      const all = await this.repository.listFactors(tx, account.id);
      const factor = all.find((candidate) => candidate.id === id);
      if (!factor) throw new DomainError('not-found');
      if (!factor.confirmed) return this.repository.removeFactor(tx, account.id, id);
      if (!all.some((other) => other.confirmed && other.id !== id)) throw new DomainError('last-factor');
      await this.repository.removeFactor(tx, account.id, id);
      await this.factors.changed(tx, account, 'factor-removed', viewer.sessionId);
    });
  }

  async renewRecoveryCodes(viewer: SessionViewer): Promise<RecoveryCodesResponse> {
    return this.database.transaction(viewer, Permission.ChangeOwnFactors, async (tx) => {
      const account = await this.own(tx);
      const codes = await this.factors.makeRecoveryCodes(tx, account.id);
      await this.factors.changed(tx, account, 'recovery-codes-made', viewer.sessionId);
      return { codes };
    });
  }

  /** @throws DomainError `invalid` where the current one is wrong or the new one is a usual one */
  async changePassword(viewer: SessionViewer, { current, password }: ChangePasswordDto): Promise<void> {
    const known = await this.database.transaction(viewer, Permission.ChangeOwnFactors, (tx) => this.own(tx));
    const uses = [limited(OWN_TRIES, known.id)];
    await this.limits.take(uses);
    if (!(await verifyPassword(known.passwordHash, current))) {
      await this.database.transaction(viewer, Permission.ChangeOwnFactors, (tx) =>
        this.recordFailure(tx, known.id, 'password-change'),
      );
      throw invalidField('/current', 'wrong', '今のパスワードが違います。');
    }
    await assertUncommon('/password', password, known);
    const passwordHash = await hashPassword(password);
    await this.database.transaction(viewer, Permission.ChangeOwnFactors, async (tx) => {
      const account = await this.own(tx);
      await this.repository.setPassword(tx, account.id, passwordHash);
      await this.factors.changed(tx, account, 'password-changed', viewer.sessionId);
    });
    await this.limits.giveBack(uses);
  }

  /** What is thrown undoes the rest of the transaction, but not this. */
  private noteFailure(tx: Tx, accountId: string, method: 'step-up'): void {
    tx.afterRefusal((own) => this.recordFailure(own, accountId, method));
  }

  private recordFailure(tx: Tx, accountId: string, method: 'step-up' | 'password-change'): Promise<void> {
    return this.audit.record(tx, 'sign-in.failed', {
      subjectId: accountId,
      details: { method },
      personal: null,
    });
  }

  private async ownId(viewer: SessionViewer, permission: Permission): Promise<string> {
    return (await this.database.transaction(viewer, permission, (tx) => this.own(tx))).id;
  }

  private async own(tx: Tx): Promise<OwnAccount> {
    const account =
      tx.actor.kind === 'staff' ? await this.repository.findAccount(tx, tx.actor.accountId) : null;
    if (!account) throw new DomainError('forbidden');
    return account;
  }
}
