import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Database } from '../platform/database/database.service.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/http/domain-error.js';
import { Limits } from '../platform/limits/limits.service.js';
import { usesOfTypedCode } from '../platform/limits/typed-codes.js';
import { Codes } from '../platform/mail/codes.js';
import type { VerifiedResponse } from './verification.dto.js';
import type { VerificationSubject } from './verification.entity.js';
import {
  type AddressChallenge,
  type AnsweredChallenge,
  type Subject,
  type VerificationKey,
  VerificationsRepository,
} from './verifications.repository.js';

/**
 * What a room does when a mailbox of its own has answered. It locks its subject, has the answer noted by
 * {@link VerificationsService.accept}, and goes on.
 *
 * @throws DomainError `not-awaiting-verification` when the subject has gone on without it
 */
export type VerificationHandler = (
  tx: Tx,
  challenge: AnsweredChallenge,
) => Promise<Omit<VerifiedResponse, 'subject'>>;

/** Codes for each mailbox of a subject and hour. */
const MAX_CODES_PER_HOUR = 5;
/** Codes for a mailbox and hour that people who aren't signed in cause: more than one network may send of its forms. */
const MAX_PUBLIC_CODES_PER_MAILBOX = 12;
/**
 * Codes that people who aren't signed in can make the portal mail, all together: it is nobody's mail cannon. More than
 * four networks can cause of themselves.
 */
const MAX_PUBLIC_CODES_PER_HOUR = 2000;

/** Proves that a new mailbox is read: whoever types the mailed code, signed in or not. */
@Injectable()
export class VerificationsService {
  private readonly handlers = new Map<VerificationSubject, VerificationHandler>();

  constructor(
    private readonly database: Database,
    private readonly repository: VerificationsRepository,
    private readonly codes: Codes,
    private readonly limits: Limits,
  ) {}

  /** Called by rooms when they are put together. */
  handle(kind: VerificationSubject, handler: VerificationHandler): void {
    this.handlers.set(kind, handler);
  }

  /** For rooms: a code for each mailbox, to be mailed in the same transaction. */
  async challenge(tx: Tx, subject: Subject, mailboxes: readonly string[]): Promise<AddressChallenge[]> {
    if (mailboxes.length === 0) return [];
    return this.repository.insert(
      tx,
      subject,
      mailboxes.map((email) => ({ id: uuidv7(), email })),
    );
  }

  /** For rooms: whether so many mailboxes may be mailed another code. @throws DomainError `too-many-requests` */
  async assertMayResend(tx: Tx, subjectId: string, mailboxes: number): Promise<void> {
    const recent = await this.repository.countRecent(tx, subjectId);
    if (recent >= mailboxes * MAX_CODES_PER_HOUR) throw new DomainError('too-many-requests');
  }

  /** For public routes that mail a code to whatever addresses were typed. @throws DomainError `too-many-requests` */
  async assertMayMail(tx: Tx, mailboxes: readonly string[]): Promise<void> {
    const { each, inPublic } = await this.repository.countMailed(tx, mailboxes);
    if (each >= MAX_PUBLIC_CODES_PER_MAILBOX || inPublic + mailboxes.length > MAX_PUBLIC_CODES_PER_HOUR) {
      throw new DomainError('too-many-requests');
    }
  }

  /** For rooms' handlers: notes that it answered. @returns false when it had answered before */
  accept(tx: Tx, challenge: AnsweredChallenge): Promise<boolean> {
    return this.repository.setVerified(tx, challenge.id);
  }

  /** For rooms: mailboxes of a registration that have answered a code, by lower case. */
  verifiedMailboxes(tx: Tx, registrationId: string): Promise<string[]> {
    return this.repository.listVerified(tx, registrationId);
  }

  /** For rooms: makes every code of a registration useless that nobody has typed yet. @returns how many there were */
  expireOpen(tx: Tx, registrationId: string): Promise<number> {
    return this.repository.expireOpen(tx, registrationId);
  }

  /**
   * @param key the verification's id, or its number in the mail
   * @throws DomainError `wrong-code`, alike for an unknown number and a wrong or expired code;
   *   `too-many-requests`; `not-awaiting-verification` when what it is for has gone on without it; whatever the room it is for answers
   */
  async verify(key: VerificationKey, code: string, network: string): Promise<VerifiedResponse> {
    const uses = usesOfTypedCode(network, 'id' in key ? key.id : key.number);
    await this.limits.take(uses);
    // Counted and committed first: a try must count even though it fails.
    const challenge = await this.database.asSystem('verification', (tx) =>
      this.repository.countAttempt(tx, key),
    );
    if (!challenge || !this.codes.matches('verify-address', challenge.id, code))
      throw new DomainError('wrong-code');
    await this.limits.giveBack(uses);
    const { subjectKind: subject } = challenge;
    const handler = this.handlers.get(subject);
    if (!handler) throw new Error(`no room handles verifications of a ${subject}`);
    const result = await this.database.asSystem('verification', (tx) => handler(tx, challenge));
    return { subject, ...result };
  }
}
