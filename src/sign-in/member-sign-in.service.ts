import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { KnownDevices } from '../accounts/known-devices.js';
import { CHALLENGE_SECONDS, hashToken, newToken } from '../accounts/session-cookie.js';
import type { SignedInResponse } from '../accounts/sessions.dto.js';
import { SessionsService } from '../accounts/sessions.service.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Database } from '../platform/database/database.service.js';
import { DomainError } from '../platform/http/domain-error.js';
import { Limits } from '../platform/limits/limits.service.js';
import { Codes } from '../platform/mail/codes.js';
import { outgoing, Outbox } from '../platform/outbox/outbox.service.js';
import { atFullSteps } from './same-time.js';
import type { ChallengeResponse, VerifyChallengeDto } from './sign-in.dto.js';
import { usesOfAsking, usesOfTyping } from './sign-in.limits.js';
import { signInCode } from './sign-in.messages.js';
import { type MailboxRegistration, SignInRepository } from './sign-in.repository.js';

const NONCE = /^[\w-]{43}$/;
/** Asking is answered at full steps of so many milliseconds; the work takes a tenth of one. */
const ANSWER_STEP_MS = 200;

/** What a browser brings along besides what its person types. */
export interface Browser {
  readonly network: string;
  /** Cookie of an earlier challenge, kept so that earlier codes still work. */
  readonly nonce: string | undefined;
  /** Cookie that tells for which mailboxes it has signed in before. */
  readonly device: string | undefined;
  /** Cookie of the session that it had until now. */
  readonly session: string | undefined;
}

/** A session that has just begun, and what the browser is to remember. */
export interface SignedIn {
  readonly token: string;
  readonly device: string;
  readonly response: SignedInResponse;
}

/** Proves that a clerk reads a registered mailbox, by a mailed code. Public, so it runs as the portal itself. */
@Injectable()
export class MemberSignInService {
  constructor(
    private readonly database: Database,
    private readonly repository: SignInRepository,
    private readonly sessions: SessionsService,
    private readonly outbox: Outbox,
    private readonly codes: Codes,
    private readonly limits: Limits,
    private readonly devices: KnownDevices,
    private readonly audit: Audit,
  ) {}

  /**
   * Mails a code if the mailbox is registered. If it isn't, the answer is the same and comes after the same time.
   *
   * @throws DomainError `too-many-requests`, for mailboxes that aren't registered as well
   */
  async startChallenge(
    email: string,
    browser: Browser,
  ): Promise<{ nonce: string; response: ChallengeResponse }> {
    const { nonce: known } = browser;
    const nonce = known !== undefined && NONCE.test(known) ? known : newToken();
    const response = await atFullSteps(ANSWER_STEP_MS, async () => {
      const mailboxKey = email.toLowerCase();
      const device = this.devices.find(browser.device, mailboxKey);
      await this.limits.take(usesOfAsking({ mailboxKey, network: browser.network, device }));
      return this.mailCode(mailboxKey, nonce);
    });
    return { nonce, response };
  }

  /**
   * Whatever comes of it comes after the same time: otherwise the first tries at a code, which are counted where it was
   * mailed, would tell from later ones that it was.
   *
   * @throws DomainError `sign-in-failed` for a wrong, used or expired code, or another browser;
   *   `choose-registration` with the list where the mailbox serves several municipalities; `too-many-requests`
   */
  verifyChallenge(challengeId: string, browser: Browser, typed: VerifyChallengeDto): Promise<SignedIn> {
    return atFullSteps(ANSWER_STEP_MS, async () => {
      const mailboxKey = await this.checkCode(challengeId, browser, typed.code);
      const { operatorName, registrationId } = typed;
      const opened = await this.database.asSystem('sign-in', async (tx) => {
        const registrations = await this.repository.findRegistrationsByMailbox(tx, mailboxKey);
        const { mailbox, registrationId: chosen } = choose(registrations, registrationId);
        if (!(await this.repository.useChallenge(tx, challengeId))) throw new DomainError('sign-in-failed');
        return this.sessions.open(tx, { registrationId: chosen, mailbox, operatorName });
      });
      return {
        token: opened.token,
        device: this.devices.remember(browser.device, mailboxKey),
        response: await this.sessions.beginInPlaceOf(opened, browser.session),
      };
    });
  }

  /** Counted and committed first: a try must count even though it fails. @returns the mailbox that the code proves */
  private async checkCode(challengeId: string, { nonce, network }: Browser, code: string): Promise<string> {
    const right = this.codes.matches('sign-in', challengeId, code);
    const mailboxKey = await this.database.asSystem('sign-in', async (tx) => {
      const key = await this.repository.countAttempt(tx, challengeId, hashToken(nonce ?? ''));
      if (key !== null && !right) {
        const details = { method: 'code' } as const;
        await this.audit.record(tx, 'sign-in.failed', {
          subjectId: challengeId,
          details,
          personal: { mailbox: key },
        });
      }
      return key;
    });
    // A challenge of this browser's own has its five tries; whoever has none uses up their network's.
    if (mailboxKey === null) await this.limits.take(usesOfTyping(network));
    if (mailboxKey === null || !right) throw new DomainError('sign-in-failed');
    return mailboxKey;
  }

  private async mailCode(mailboxKey: string, nonce: string): Promise<ChallengeResponse> {
    return this.database.asSystem('sign-in', async (tx) => {
      const id = uuidv7();
      const { expiresAt, recipient } = await this.repository.insertChallenge(tx, {
        id,
        mailboxKey,
        nonceHash: hashToken(nonce),
        lifeSeconds: CHALLENGE_SECONDS,
      });
      if (recipient !== null) {
        await this.outbox.add(tx, [
          outgoing({
            message: signInCode,
            to: recipient,
            params: { expiresAt },
            occasion: id,
            challengeId: id,
            uselessAfter: expiresAt,
          }),
        ]);
      }
      return { challengeId: id, expiresAt };
    });
  }
}

function choose(found: readonly MailboxRegistration[], wanted: string | undefined): MailboxRegistration {
  if (found.length > 1 && wanted === undefined) {
    const registrations = found.map(({ registrationId, municipality }) => ({ registrationId, municipality }));
    throw new DomainError('choose-registration', { extensions: { registrations } });
  }
  const chosen =
    wanted === undefined ? found[0] : found.find(({ registrationId }) => registrationId === wanted);
  // The mailbox may have left the registration since the code was mailed.
  if (!chosen) throw new DomainError('sign-in-failed');
  return chosen;
}
