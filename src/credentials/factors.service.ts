import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { SessionsService } from '../accounts/sessions.service.js';
import { Audit } from '../platform/audit/audit.service.js';
import type { Tx } from '../platform/database/tx.js';
import { type DomainError, invalidField } from '../platform/http/domain-error.js';
import { Codes } from '../platform/mail/codes.js';
import { outgoing, Outbox } from '../platform/outbox/outbox.service.js';
import type { SecondFactorDto } from './credentials.dto.js';
import { type CredentialsChange, credentialsChanged } from './credentials.messages.js';
import { CredentialsRepository } from './credentials.repository.js';
import { type FactorSetup, Totp } from './totp.js';

const RECOVERY_CODES = 10;
/** What the factor is called that somebody sets up with an invitation. */
const FIRST_FACTOR = '確認アプリ';

/** For rooms that ask for a second factor or give one out. */
@Injectable()
export class FactorsService {
  constructor(
    private readonly repository: CredentialsRepository,
    private readonly totp: Totp,
    private readonly codes: Codes,
    private readonly sessions: SessionsService,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
  ) {}

  /**
   * Checks a code of an authenticator app, or a recovery code, and uses it up: however many send the same at once,
   * one gets through.
   *
   * @returns whether it was right
   */
  async prove(tx: Tx, accountId: string, { totp, recoveryCode }: SecondFactorDto): Promise<boolean> {
    return totp === undefined
      ? this.useRecoveryCode(tx, accountId, recoveryCode ?? '')
      : this.useTotp(tx, accountId, totp);
  }

  /** Begins a factor, which counts once its first code is typed. @returns what an app needs */
  async begin(
    tx: Tx,
    account: { readonly id: string; readonly email: string },
    name = FIRST_FACTOR,
  ): Promise<FactorSetup & { id: string }> {
    const id = uuidv7();
    await this.repository.insertFactor(tx, { id, accountId: account.id, name });
    return { id, ...this.totp.setup(id, account.email) };
  }

  /**
   * Makes a factor that was begun an account's only one, by its first code, and gives ten recovery codes.
   *
   * @returns the codes; null where the code is wrong, or none such was begun
   */
  async enrol(tx: Tx, accountId: string, factorId: string, typed: string): Promise<string[] | null> {
    const step = this.totp.match(factorId, typed, tx.now.getTime());
    if (step === null) return null;
    if (!(await this.repository.confirmFactor(tx, accountId, factorId, step))) return null;
    await this.repository.removeOtherFactors(tx, accountId, factorId);
    return this.makeRecoveryCodes(tx, accountId);
  }

  /** Ten new recovery codes in place of the old. */
  async makeRecoveryCodes(tx: Tx, accountId: string): Promise<string[]> {
    const ids = Array.from({ length: RECOVERY_CODES }, () => uuidv7());
    await this.repository.replaceRecoveryCodes(tx, accountId, ids);
    return ids.map((id) => this.codes.derive('recovery-code', id));
  }

  /** Whatever changes what proves a person: other sessions end, and the person is told. */
  async changed(
    tx: Tx,
    account: { readonly id: string; readonly email: string; readonly name: string },
    what: CredentialsChange,
    keepSession: string | null,
  ): Promise<void> {
    const sessions = await this.sessions.endAllOfAccount(tx, account.id, keepSession);
    await this.tell(tx, account, what);
    await this.audit.record(tx, 'credentials.changed', {
      subjectId: account.id,
      details: { what, sessions },
      personal: null,
    });
  }

  private async useTotp(tx: Tx, accountId: string, typed: string): Promise<boolean> {
    for (const { id, confirmed } of await this.repository.listFactors(tx, accountId)) {
      const step = confirmed ? this.totp.match(id, typed, tx.now.getTime()) : null;
      if (step !== null && (await this.repository.useStep(tx, id, step))) return true;
    }
    return false;
  }

  private async useRecoveryCode(tx: Tx, accountId: string, typed: string): Promise<boolean> {
    const ids = await this.repository.listRecoveryCodes(tx, accountId);
    const id = ids.find((candidate) => this.codes.matches('recovery-code', candidate, typed));
    if (id === undefined || !(await this.repository.useRecoveryCode(tx, id))) return false;
    const account = await this.repository.findAccount(tx, accountId);
    if (account) await this.tell(tx, account, 'recovery-code-used');
    await this.audit.record(tx, 'credentials.recovery-code-used', {
      subjectId: accountId,
      details: { left: ids.length - 1 },
      personal: null,
    });
    return true;
  }

  private tell(
    tx: Tx,
    { email, name }: { readonly email: string; readonly name: string },
    what: CredentialsChange,
  ): Promise<void> {
    const params = { name, what, at: tx.now };
    return this.outbox.add(tx, [
      outgoing({ message: credentialsChanged, to: email, params, occasion: uuidv7() }),
    ]);
  }
}

/** @throws DomainError `invalid` where neither or both are given; before anything else, so that it tells nothing */
export function assertOneProof({ totp, recoveryCode }: SecondFactorDto): void {
  if ((totp === undefined) !== (recoveryCode === undefined)) return;
  throw invalidField(
    '/totp',
    'required',
    '確認アプリのコードか、予備コードの、どちらか1つを入力してください。',
  );
}

/** @returns `invalid`, for a code that is wrong or used up */
export const wrongFactorCode = (pointer: '/totp' | '/recoveryCode'): DomainError =>
  invalidField(
    pointer,
    'wrong',
    pointer === '/totp'
      ? 'コードが違うか、一度使われています。確認アプリに、いま表示されている6桁の数字を入力してください。'
      : '予備コードが違うか、一度使われています。ほかの予備コードを入力してください。',
  );
