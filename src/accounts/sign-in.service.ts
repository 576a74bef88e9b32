import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Database } from '../platform/database/database.service.js';
import { DomainError } from '../platform/http/domain-error.js';
import { Codes } from '../platform/mail/codes.js';
import { outgoing, Outbox } from '../platform/outbox/outbox.service.js';
import type { ChallengeResponse, PasswordSignInDto, VerifyChallengeDto } from './accounts.dto.js';
import { signInCode } from './accounts.messages.js';
import { AccountsRepository, type MailboxRegistration } from './accounts.repository.js';
import { verifyPassword } from './password.js';
import { CHALLENGE_SECONDS, hashToken, newToken } from './session-cookie.js';
import { type OpenedSession, SessionsService } from './sessions.service.js';

const NONCE = /^[\w-]{43}$/;

/** Proves who somebody is: a clerk by a mailed code, staff by a password. Public, so it runs as the portal itself. */
@Injectable()
export class SignInService {
  constructor(
    private readonly database: Database,
    private readonly repository: AccountsRepository,
    private readonly sessions: SessionsService,
    private readonly outbox: Outbox,
    private readonly codes: Codes,
  ) {}

  /**
   * Mails a code if the mailbox is registered; the answer is the same if it isn't.
   *
   * @param knownNonce the browser's cookie from an earlier challenge, kept so that earlier codes still work
   */
  async startChallenge(
    email: string,
    knownNonce: string | undefined,
  ): Promise<{ nonce: string; response: ChallengeResponse }> {
    const nonce = knownNonce !== undefined && NONCE.test(knownNonce) ? knownNonce : newToken();
    return this.database.asSystem('sign-in', async (tx) => {
      const id = uuidv7();
      const { expiresAt, recipient } = await this.repository.insertChallenge(tx, {
        id,
        mailboxKey: email.toLowerCase(),
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
      return { nonce, response: { challengeId: id, expiresAt } };
    });
  }

  /**
   * @throws DomainError `sign-in-failed` for a wrong, used or expired code, or another browser;
   *   `choose-registration` with the list where the mailbox serves several municipalities
   */
  async verifyChallenge(
    challengeId: string,
    nonce: string | undefined,
    { code, operatorName, registrationId }: VerifyChallengeDto,
  ): Promise<OpenedSession> {
    // Counted and committed first: a try must count even though it fails.
    const mailboxKey = await this.database.asSystem('sign-in', (tx) =>
      this.repository.countAttempt(tx, challengeId, hashToken(nonce ?? '')),
    );
    if (mailboxKey === null || !this.codes.matches('sign-in', challengeId, code)) {
      throw new DomainError('sign-in-failed');
    }
    return this.database.asSystem('sign-in', async (tx) => {
      const registrations = await this.repository.findRegistrationsByMailbox(tx, mailboxKey);
      const { mailbox, registrationId: chosen } = choose(registrations, registrationId);
      if (!(await this.repository.useChallenge(tx, challengeId))) throw new DomainError('sign-in-failed');
      return this.sessions.open(tx, { registrationId: chosen, mailbox, operatorName });
    });
  }

  /** @throws DomainError `sign-in-failed`, alike and after as long for an unknown address and a wrong password */
  async signInWithPassword({ email, password }: PasswordSignInDto): Promise<OpenedSession> {
    const account = await this.database.asSystem('sign-in', (tx) =>
      this.repository.findAccountByEmail(tx, email.toLowerCase()),
    );
    const usable = account?.status === 'active' ? account : null;
    if (!(await verifyPassword(usable?.passwordHash ?? null, password)) || !usable) {
      throw new DomainError('sign-in-failed');
    }
    return this.database.asSystem('sign-in', (tx) => this.sessions.open(tx, { accountId: usable.id }));
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
