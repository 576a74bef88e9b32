import { Injectable } from '@nestjs/common';
import { publicNameOf } from '../platform/access/viewer.js';
import type { Tx } from '../platform/database/tx.js';
import type { MessageKind } from '../platform/outbox/message.js';
import { outgoing, Outbox, type Outgoing } from '../platform/outbox/outbox.service.js';
import type { Change } from '../registry/registration-diff.js';
import { mailboxesOf, type RegistrationDocument } from '../registry/registration-document.js';
import { RegistrationsService } from '../registry/registrations.service.js';
import type { AddressChallenge } from '../verifications/verifications.repository.js';
import {
  acceptedChanges,
  awaitingMailboxes,
  leavingMailboxes,
  publicProposer,
  type RefusedChange,
  toldOfSending,
  without,
} from './change-request.policy.js';
import {
  addressJoining,
  addressLeaving,
  addressRemoved,
  appliedAtOnce,
  approved,
  expired,
  expiring,
  handoverBlocked,
  partlyApproved,
  received,
  returned,
  scheduled,
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
  constructor(
    private readonly outbox: Outbox,
    private readonly registrations: RegistrationsService,
  ) {}

  /** After sending or sending again: the sender, the mailboxes that would go, and those that have to answer. */
  async submitted(tx: Tx, request: ChangeRequestRow, challenges: readonly AddressChallenge[]): Promise<void> {
    const { municipality, number, changes, registrationId } = request;
    const occasion = occasionOf(request);
    const awaiting = challenges.map(({ email }) => email);
    const { sender, leaving, staying } = toldOfSending(request);
    await this.outbox.add(tx, [
      outgoing({
        message: received,
        to: sender,
        params: {
          municipality,
          number,
          name: request.proposedByName,
          changes,
          awaiting,
          effectiveOn: request.effectiveOn,
          expiresAt: request.expiresAt,
        },
        occasion,
        registrationId,
      }),
      ...leaving.map((to) =>
        outgoing({
          message: addressLeaving,
          to,
          params: { municipality, number, email: to, effectiveOn: request.effectiveOn },
          occasion,
          registrationId,
        }),
      ),
      ...staying.map((to) =>
        outgoing({
          message: addressJoining,
          to,
          params: { municipality, number, name: publicProposer(request) },
          occasion,
          registrationId,
        }),
      ),
      ...challenges.map((challenge) => verification(request, challenge)),
    ]);
  }

  async codes(tx: Tx, request: ChangeRequestRow, challenges: readonly AddressChallenge[]): Promise<void> {
    await this.outbox.add(
      tx,
      challenges.map((challenge) => verification(request, challenge)),
    );
  }

  /** After it became part of the registration: the result to every mailbox, a farewell to those that have gone. */
  async applied(tx: Tx, request: ChangeRequestRow, result: AppliedResult): Promise<void> {
    const { municipality, number, registrationId } = request;
    const { reason, changes, refused, byRule } = result;
    const name = publicProposer(request);
    const occasion = `${occasionOf(request)}:applied`;
    const common = { municipality, number, at: tx.now, name, changes };
    const toAll = <Params>(message: MessageKind<Params>, params: Params): Outgoing<unknown>[] =>
      withStaffProposer(request, mailboxesOf(result.document)).map((to) =>
        outgoing({ message, to, params, occasion, registrationId }),
      );
    const why = { reason, undoReason: request.undoesId === null ? null : request.comment };
    const mails = byRule
      ? toAll(appliedAtOnce, common)
      : refused.length > 0
        ? toAll(partlyApproved, { ...common, ...why, effectiveOn: request.effectiveOn, refused })
        : toAll(approved, { ...common, ...why, effectiveOn: request.effectiveOn });
    const leaving = leavingMailboxes(result.base, result.document).map((to) =>
      outgoing({
        message: addressRemoved,
        to,
        params: { municipality, number, email: to },
        occasion,
        registrationId,
      }),
    );
    await this.outbox.add(tx, [...mails, ...leaving]);
  }

  /** After the decision on a handover whose date is still to come. */
  async scheduled(
    tx: Tx,
    request: ChangeRequestRow,
    { reason, refused }: { reason: string | null; refused: readonly RefusedChange[] },
  ): Promise<void> {
    const { municipality, number, registrationId, effectiveOn } = request;
    const changes = acceptedChanges({ ...request, refused });
    const params = {
      municipality,
      number,
      name: publicProposer(request),
      effectiveOn: effectiveOn ?? tx.today,
      reason,
      changes,
      refused,
    };
    await this.toRegistered(tx, request, (to) =>
      outgoing({ message: scheduled, to, params, occasion: occasionOf(request), registrationId }),
    );
  }

  /** When a handover's day has come and it can't be applied by itself. */
  async blocked(tx: Tx, request: ChangeRequestRow): Promise<void> {
    const { municipality, number, registrationId, effectiveOn } = request;
    const params = { municipality, number, effectiveOn: effectiveOn ?? tx.today };
    await this.toRegistered(tx, request, (to) =>
      outgoing({ message: handoverBlocked, to, params, occasion: occasionOf(request), registrationId }),
    );
  }

  /** Before it lapses, while something can be done. */
  async expiring(tx: Tx, request: ChangeRequestRow): Promise<void> {
    const { municipality, number, registrationId, expiresAt } = request;
    const returned = request.status === 'returned';
    const awaiting = returned ? [] : awaitingMailboxes(request);
    const params = { municipality, number, returned, awaiting, expiresAt: expiresAt ?? tx.now };
    await this.toRegistered(tx, request, (to) =>
      outgoing({ message: expiring, to, params, occasion: occasionOf(request), registrationId }),
    );
  }

  async expired(tx: Tx, request: ChangeRequestRow): Promise<void> {
    const { municipality, number, registrationId, changes } = request;
    const returned = request.status === 'returned';
    const params = { municipality, number, name: publicProposer(request), returned, changes };
    await this.toRegistered(tx, request, (to) =>
      outgoing({ message: expired, to, params, occasion: occasionOf(request), registrationId }),
    );
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

  /** As they are registered now: one that has gone since the request was sent is told nothing more of it. */
  private async toRegistered(
    tx: Tx,
    request: ChangeRequestRow,
    mail: (to: string) => Outgoing<unknown>,
  ): Promise<void> {
    const { document } = await this.registrations.require(tx, request.registrationId);
    await this.outbox.add(tx, withStaffProposer(request, mailboxesOf(document)).map(mail));
  }
}

/** What became of a request, for the mails. */
export interface AppliedResult {
  readonly base: RegistrationDocument;
  readonly document: RegistrationDocument;
  /** What it changed of the registration. */
  readonly changes: readonly Change[];
  readonly refused: readonly RefusedChange[];
  readonly reason: string | null;
  /** The rules let it pass; nobody has looked at it yet. */
  readonly byRule: boolean;
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
