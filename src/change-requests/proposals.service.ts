import { Injectable } from '@nestjs/common';
import { DraftsService } from '../drafts/drafts.service.js';
import { Permission } from '../platform/access/permission.js';
import type { Viewer } from '../platform/access/viewer.js';
import { Database } from '../platform/database/database.service.js';
import type { IdempotentRequest } from '../platform/http/idempotency-key.js';
import { once } from '../platform/idempotency/once.js';
import { knownIdsOf, resolveProposal } from '../registry/registration-proposal.js';
import type { ChangeRequestResponse, SubmitChangeRequestDto } from './change-request.dto.js';
import { Submissions } from './submissions.js';

/** Sends change requests. */
@Injectable()
export class ProposalsService {
  constructor(
    private readonly database: Database,
    private readonly submissions: Submissions,
    private readonly drafts: DraftsService,
  ) {}

  /**
   * Sends a change request against the version that the person saw.
   *
   * @throws DomainError `open-request-exists` naming the first, `stale-version` (412), `no-changes`, `invalid`,
   *   `idempotency-key-reused`, `not-found` also for an id of another municipality
   */
  async submit(
    viewer: Viewer,
    registrationId: string,
    version: number,
    dto: SubmitChangeRequestDto,
    request: IdempotentRequest | null = null,
  ): Promise<ChangeRequestResponse> {
    return this.database.transaction(viewer, Permission.ProposeChange, (tx) =>
      once(tx, request, async () => {
        const current = await this.submissions.lock(tx, registrationId, version);
        const proposed = resolveProposal(dto.proposed, knownIdsOf(current.document), '/proposed');
        const sent = await this.submissions.insert(tx, current, { proposed, comment: dto.comment });
        await this.drafts.discard(tx, registrationId);
        return sent;
      }),
    );
  }
}
