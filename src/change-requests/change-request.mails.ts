import { Injectable } from '@nestjs/common';
import { publicNameOf } from '../platform/access/viewer.js';
import type { Tx } from '../platform/database/tx.js';
import { outgoing, Outbox, type Outgoing } from '../platform/outbox/outbox.service.js';
import { mailboxesOf } from '../registry/registration-document.js';
import type { AddressChallenge } from '../verifications/verifications.repository.js';
import { leavingMailboxes, newMailboxes, publicProposer, without } from './change-request.policy.js';
import {
  addressJoining,
  addressLeaving,
  addressRemoved,
  approved,
  received,
  returned,
  verifyAddress,
  withdrawn,
} from './change-requests.messages.js';
import type { ChangeRequestRow } from './change-requests.repository.js';

/**
 * Who is told what. The submitter and every verified mailbox learn the diff; an unverified one never does;
 * one that goes learns only that it goes; those that stay are told at once when a new one is to join them.
 */
@Injectable()
export class ChangeRequestMails {
  constructor(private readonly outbox: Outbox) {}

  /** After sending or sending again: the sender, the mailboxes that would go, and those that have to answer. */
  async submitted(tx: Tx, request: ChangeRequestRow, challenges: readonly AddressChallenge[]): Promise<void> {
    const { municipality, number, changes, registrationId } = request;
    const occasion = occasionOf(request);
    const awaiting = challenges.map(({ email }) => email);
    await this.outbox.add(tx, [
      outgoing({
        message: received,
        to: request.proposedByMailbox,
        params: {
          municipality,
          number,
          name: request.proposedByName,
          changes,
          awaiting,
          expiresAt: request.expiresAt,
        },
        occasion,
        registrationId,
      }),
      ...leavingMailboxes(request.base, request.proposed).map((to) =>
        outgoing({
          message: addressLeaving,
          to,
          params: { municipality, number, email: to },
          occasion,
          registrationId,
        }),
      ),
      ...this.joining(request),
      ...challenges.map((challenge) => verification(request, challenge)),
    ]);
  }

  /** A new mailbox is no secret from those that stay: whoever brings in their own would be seen. */
  private joining(request: ChangeRequestRow): Outgoing<unknown>[] {
    const { base, proposed, municipality, number, registrationId } = request;
    if (newMailboxes(base, proposed).length === 0) return [];
    const told = [...leavingMailboxes(base, proposed), request.proposedByMailbox];
    return without(mailboxesOf(base), told).map((to) =>
      outgoing({
        message: addressJoining,
        to,
        params: { municipality, number, name: publicProposer(request) },
        occasion: occasionOf(request),
        registrationId,
      }),
    );
  }

  async codes(tx: Tx, request: ChangeRequestRow, challenges: readonly AddressChallenge[]): Promise<void> {
    await this.outbox.add(
      tx,
      challenges.map((challenge) => verification(request, challenge)),
    );
  }

  async approved(tx: Tx, request: ChangeRequestRow, reason: string | null): Promise<void> {
    const { municipality, number, changes, registrationId } = request;
    const name = publicProposer(request);
    const occasion = occasionOf(request);
    const params = { municipality, number, at: tx.now, name, reason, changes };
    await this.outbox.add(tx, [
      ...withStaffProposer(request, mailboxesOf(request.proposed)).map((to) =>
        outgoing({ message: approved, to, params, occasion, registrationId }),
      ),
      ...leavingMailboxes(request.base, request.proposed).map((to) =>
        outgoing({
          message: addressRemoved,
          to,
          params: { municipality, number, email: to },
          occasion,
          registrationId,
        }),
      ),
    ]);
  }

  async returned(tx: Tx, request: ChangeRequestRow, reason: string, expiresAt: Date | null): Promise<void> {
    const { municipality, number, changes, registrationId } = request;
    const name = publicProposer(request);
    const params = { municipality, number, name, reason, changes, expiresAt: expiresAt ?? tx.now };
    await this.toRegistered(tx, request, (to) =>
      outgoing({ message: returned, to, params, occasion: occasionOf(request), registrationId }),
    );
  }

  async withdrawn(tx: Tx, request: ChangeRequestRow): Promise<void> {
    const { municipality, number, registrationId } = request;
    await this.toRegistered(tx, request, (to) =>
      outgoing({
        message: withdrawn,
        to,
        params: { municipality, number, name: publicNameOf(tx.actor) },
        occasion: occasionOf(request),
        registrationId,
      }),
    );
  }

  private async toRegistered(
    tx: Tx,
    request: ChangeRequestRow,
    mail: (to: string) => Outgoing<unknown>,
  ): Promise<void> {
    await this.outbox.add(tx, withStaffProposer(request, mailboxesOf(request.base)).map(mail));
  }
}

/** A request can be returned and sent again; each version is an occasion of its own. */
const occasionOf = ({ id, version }: ChangeRequestRow): string => `${id}:${version}`;

function withStaffProposer(request: ChangeRequestRow, mailboxes: readonly string[]): string[] {
  if (request.proposedByAccountId === null) return [...mailboxes];
  return [...mailboxes, ...without([request.proposedByMailbox], mailboxes)];
}

function verification(request: ChangeRequestRow, challenge: AddressChallenge): Outgoing<unknown> {
  const { id, number, email, expiresAt } = challenge;
  return outgoing({
    message: verifyAddress,
    to: email,
    params: { municipality: request.municipality, number, email, expiresAt },
    occasion: id,
    registrationId: request.registrationId,
    challengeId: id,
    uselessAfter: expiresAt,
  });
}
