import { Injectable } from '@nestjs/common';
import { SessionsService } from '../accounts/sessions.service.js';
import { ClosingService } from '../change-requests/closing.service.js';
import type { Tx } from '../platform/database/tx.js';
import { VerificationsService } from '../verifications/verifications.service.js';

/** Ends whatever somebody may have under way with a mailbox that the municipality has lost. */
@Injectable()
export class OldAccessService {
  constructor(
    private readonly sessions: SessionsService,
    private readonly closing: ClosingService,
    private readonly verifications: VerificationsService,
  ) {}

  /** Sessions, sign-in codes, the open change request, and codes to new mailboxes. Before the registration changes. */
  async end(tx: Tx, registrationId: string): Promise<void> {
    await this.sessions.revokeAllOf(tx, registrationId);
    // The request before its codes: whoever types one locks them in this order, too.
    await this.closing.closeOpen(tx, registrationId, REASON);
    await this.verifications.expireOpen(tx, registrationId);
  }
}

const REASON = '連絡先の回復により登録が変わったため、取り下げた扱いとしました。';
