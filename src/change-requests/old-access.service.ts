import { Injectable } from '@nestjs/common';
import { SessionsService } from '../accounts/sessions.service.js';
import type { Tx } from '../platform/database/tx.js';
import { VerificationsService } from '../verifications/verifications.service.js';
import type { PendingRequest } from './closing.repository.js';
import { ClosingService } from './closing.service.js';

/** For rooms that end a registration or its mailboxes: ends whatever somebody may have under way with them. */
@Injectable()
export class OldAccessService {
  constructor(
    private readonly sessions: SessionsService,
    private readonly closing: ClosingService,
    private readonly verifications: VerificationsService,
  ) {}

  /**
   * Locks what {@link end} is to close. A decision locks the request first and the registration then; whoever locks
   * both does so in the same order.
   *
   * @returns the open request, if any
   */
  lock(tx: Tx, registrationId: string): Promise<PendingRequest | null> {
    return this.closing.lockOpen(tx, registrationId);
  }

  /**
   * Sessions, sign-in codes, change requests that were still to come, and codes to new mailboxes. Before the
   * registration changes.
   *
   * @param reason what the change requests say
   * @returns the change requests that were closed
   */
  async end(tx: Tx, registrationId: string, reason: string): Promise<PendingRequest[]> {
    await this.sessions.revokeAllOf(tx, registrationId);
    // The request before its codes: whoever types one locks them in this order, too.
    const closed = await this.closing.closeAll(tx, registrationId, reason);
    await this.verifications.expireOpen(tx, registrationId);
    return closed;
  }
}
