import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { outgoing, Outbox } from '../platform/outbox/outbox.service.js';
import type { AddressChallenge } from '../verifications/verifications.repository.js';
import { awaitingMailboxes, hasAnswered } from './application.policy.js';
import type { ApplicationRow } from './applications.repository.js';
import { declined, expired, received, verifyAddress } from './memberships.messages.js';

/**
 * Who is told what. Anybody can type any address: until a mailbox has answered, it is mailed its code and nothing
 * else.
 */
@Injectable()
export class ApplicationMails {
  constructor(private readonly outbox: Outbox) {}

  async codes(
    tx: Tx,
    { municipality }: ApplicationRow,
    challenges: readonly AddressChallenge[],
  ): Promise<void> {
    await this.outbox.add(
      tx,
      challenges.map(({ id, number, email, expiresAt }) =>
        outgoing({
          message: verifyAddress,
          to: email,
          params: { municipality, number, email, expiresAt },
          occasion: id,
          challengeId: id,
          uselessAfter: expiresAt,
        }),
      ),
    );
  }

  async received(tx: Tx, application: ApplicationRow): Promise<void> {
    const { id, municipality, number, applicantName: name, proposed: document, comment } = application;
    const params = { municipality, number, name, document, comment };
    await this.outbox.add(tx, [
      outgoing({ message: received, to: application.applicantMailbox, params, occasion: id }),
    ]);
  }

  async declined(tx: Tx, application: ApplicationRow, reason: string): Promise<void> {
    const { id, municipality, number, applicantName: name } = application;
    const params = { municipality, number, name, reason };
    await this.outbox.add(tx, [
      outgoing({ message: declined, to: application.applicantMailbox, params, occasion: id }),
    ]);
  }

  /** Nothing where the applicant's own mailbox never answered. */
  async expired(tx: Tx, application: ApplicationRow): Promise<void> {
    const { id, municipality, number, applicantName: name, applicantMailbox: to } = application;
    if (!hasAnswered(application, to)) return;
    const params = { municipality, number, name, awaiting: awaitingMailboxes(application) };
    await this.outbox.add(tx, [outgoing({ message: expired, to, params, occasion: id })]);
  }
}
