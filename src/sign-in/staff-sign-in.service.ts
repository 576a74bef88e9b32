import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { KnownDevices } from '../accounts/known-devices.js';
import { type OpenedSession, SessionsService } from '../accounts/sessions.service.js';
import { passwordKnown } from '../credentials/credentials.messages.js';
import { assertOneProof, FactorsService } from '../credentials/factors.service.js';
import { verifyPassword } from '../credentials/password.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Database } from '../platform/database/database.service.js';
import { DomainError } from '../platform/http/domain-error.js';
import { Limits } from '../platform/limits/limits.service.js';
import { outgoing, Outbox } from '../platform/outbox/outbox.service.js';
import type { Browser, SignedIn } from './member-sign-in.service.js';
import { atFullSteps } from './same-time.js';
import type { PasswordSignInDto } from './sign-in.dto.js';
import { type Trier, usesOfCode, usesOfNoting, usesOfPassword, usesOfTelling } from './sign-in.limits.js';
import { SignInRepository, type StaffAccount } from './sign-in.repository.js';

/** Milliseconds; the password's hash takes a tenth of it. */
const ANSWER_STEP_MS = 400;

/** Proves who a member of staff is, by a password and a second factor at once. */
@Injectable()
export class StaffSignInService {
  constructor(
    private readonly database: Database,
    private readonly repository: SignInRepository,
    private readonly sessions: SessionsService,
    private readonly factors: FactorsService,
    private readonly limits: Limits,
    private readonly devices: KnownDevices,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
  ) {}

  /**
   * @throws DomainError `sign-in-failed`, alike and after the same time whatever was wrong, an unknown address
   *   included; `too-many-requests`
   */
  async signIn(typed: PasswordSignInDto, browser: Browser): Promise<SignedIn> {
    assertOneProof(typed);
    const mailboxKey = typed.email.toLowerCase();
    const device = this.devices.find(browser.device, mailboxKey);
    const trier: Trier = { mailboxKey, network: browser.network, device };
    return atFullSteps(ANSWER_STEP_MS, async () => {
      const uses = usesOfPassword(trier);
      await this.limits.take(uses);
      const opened = await this.prove(typed, trier);
      await this.limits.giveBack(uses);
      await this.limits.reset(usesOfCode(trier));
      return {
        token: opened.token,
        device: this.devices.remember(browser.device, mailboxKey),
        response: await this.sessions.beginInPlaceOf(opened, browser.session),
      };
    });
  }

  private async prove(typed: PasswordSignInDto, trier: Trier): Promise<OpenedSession> {
    const account = await this.database.asSystem('sign-in', (tx) =>
      this.repository.findAccountByEmail(tx, trier.mailboxKey),
    );
    const usable = account?.status === 'active' ? account : null;
    const right = await verifyPassword(usable?.passwordHash ?? null, typed.password);
    if (!right || !usable || !(await this.mayTryCode(usable, trier))) return this.fail(account, trier);
    const opened = await this.database.asSystem('sign-in', async (tx) => {
      // What was looked at may have changed while the password was checked, which takes its time.
      if (!(await this.repository.lockUnchanged(tx, usable))) return null;
      return (await this.factors.prove(tx, usable.id, typed))
        ? this.sessions.open(tx, { accountId: usable.id })
        : null;
    });
    return opened ?? this.fail(account, trier);
  }

  /** Refused silently, since a louder answer would tell that the password is right; its owner is told instead. */
  private async mayTryCode(account: StaffAccount, trier: Trier): Promise<boolean> {
    if (await this.limits.tryTake(usesOfCode(trier))) return true;
    if (await this.limits.tryTake(usesOfTelling(trier.mailboxKey))) await this.tell(account);
    return false;
  }

  private async tell({ id, email, name }: StaffAccount): Promise<void> {
    await this.database.asSystem('sign-in', async (tx) => {
      const params = { name, at: tx.now };
      await this.outbox.add(tx, [
        outgoing({ message: passwordKnown, to: email, params, occasion: uuidv7() }),
      ]);
      await this.audit.record(tx, 'sign-in.password-known', { subjectId: id, details: {}, personal: null });
    });
  }

  /** Noted where there is such an account, and no more often than somebody could want to read. */
  private async fail(account: StaffAccount | null, { mailboxKey }: Trier): Promise<never> {
    if (account && (await this.limits.tryTake(usesOfNoting(mailboxKey)))) {
      await this.database.asSystem('sign-in', (tx) =>
        this.audit.record(tx, 'sign-in.failed', {
          subjectId: account.id,
          details: { method: 'password' },
          personal: { mailbox: account.email },
        }),
      );
    }
    throw new DomainError('sign-in-failed');
  }
}
