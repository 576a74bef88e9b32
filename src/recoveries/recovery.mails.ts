import { Injectable } from '@nestjs/common';
import { leavingMailboxes, without } from '../change-requests/change-request.policy.js';
import type { Tx } from '../platform/database/tx.js';
import { outgoing, Outbox } from '../platform/outbox/outbox.service.js';
import type { Change } from '../registry/registration-diff.js';
import { mailboxesOf, type RegistrationDocument } from '../registry/registration-document.js';
import type { AddressChallenge } from '../verifications/verifications.repository.js';
import { addressReplaced, carriedOut, claimed, declined, verifyAddress } from './recoveries.messages.js';
import type { RecoveryRow } from './recoveries.repository.js';

/**
 * Who is told what. Before it is carried out the claimed mailbox learns nothing of the registration, and those that
 * are registered nothing of the claim but that there is one. Afterwards the registered ones learn the diff; one that
 * was replaced learns only that.
 */
@Injectable()
export class RecoveryMails {
  constructor(private readonly outbox: Outbox) {}

  async code(
    tx: Tx,
    { municipality, registrationId }: { municipality: string; registrationId: string },
    challenge: AddressChallenge,
  ): Promise<void> {
    const { id, number, email, expiresAt } = challenge;
    await this.outbox.add(tx, [
      outgoing({
        message: verifyAddress,
        to: email,
        params: { municipality, number, email, expiresAt },
        occasion: id,
        registrationId,
        challengeId: id,
        uselessAfter: expiresAt,
      }),
    ]);
  }

  async claimed(tx: Tx, recovery: RecoveryRow, registered: RegistrationDocument): Promise<void> {
    const { id, number, municipality, claimedAt, registrationId } = recovery;
    const params = { municipality, number, at: claimedAt };
    await this.outbox.add(
      tx,
      mailboxesOf(registered).map((to) =>
        outgoing({ message: claimed, to, params, occasion: id, registrationId }),
      ),
    );
  }

  async carriedOut(
    tx: Tx,
    recovery: RecoveryRow,
    before: RegistrationDocument,
    after: RegistrationDocument,
    changes: readonly Change[],
  ): Promise<void> {
    const { id: occasion, number, municipality, registrationId } = recovery;
    const params = { municipality, number, at: tx.now, name: recovery.contact.name, changes };
    await this.outbox.add(tx, [
      ...mailboxesOf(after).map((to) =>
        outgoing({ message: carriedOut, to, params, occasion, registrationId }),
      ),
      ...leavingMailboxes(before, after).map((to) =>
        outgoing({
          message: addressReplaced,
          to,
          params: { municipality, number, email: to },
          occasion,
          registrationId,
        }),
      ),
    ]);
  }

  /** To all that are registered, and to the claimed mailbox, which has answered and waits. */
  async declined(tx: Tx, recovery: RecoveryRow, registered: RegistrationDocument): Promise<void> {
    const { id: occasion, number, municipality, registrationId, department } = recovery;
    const params = { municipality, number };
    const mailboxes = recovery.registrationStatus === 'active' ? mailboxesOf(registered) : [];
    await this.outbox.add(
      tx,
      [...mailboxes, ...without([department.email], mailboxes)].map((to) =>
        outgoing({ message: declined, to, params, occasion, registrationId }),
      ),
    );
  }
}
