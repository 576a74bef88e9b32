import { Injectable } from '@nestjs/common';
import { Permission } from '../platform/access/permission.js';
import type { Viewer } from '../platform/access/viewer.js';
import { Database } from '../platform/database/database.service.js';
import type { Tx } from '../platform/database/tx.js';
import { assertDate } from '../platform/http/period.js';
import { noteReads } from '../platform/personal-reads/note-reads.js';
import { mailboxesOf } from '../registry/registration-document.js';
import { knownIdsOf, resolveProposal } from '../registry/registration-proposal.js';
import type { CurrentRegistration } from '../registry/registrations.repository.js';
import { OfficeSettingsService } from '../settings/settings.service.js';
import { AtOnce } from './at-once.js';
import type {
  ChangeRequestPreviewResponse,
  HandoverDto,
  SubmitChangeRequestDto,
} from './change-request.dto.js';
import { toldOfSending, without } from './change-request.policy.js';
import { HandoversService } from './handovers.service.js';
import { personOf, type Proposal, Submissions, weigh } from './submissions.js';

/** Shows what a sending would do, by the same steps, and writes nothing of it. */
@Injectable()
export class PreviewsService {
  constructor(
    private readonly database: Database,
    private readonly submissions: Submissions,
    private readonly handovers: HandoversService,
    private readonly atOnce: AtOnce,
    private readonly settings: OfficeSettingsService,
  ) {}

  /** @throws DomainError as the sending, but for the version: it is shown against what is registered now */
  async changeRequest(
    viewer: Viewer,
    registrationId: string,
    dto: SubmitChangeRequestDto,
  ): Promise<ChangeRequestPreviewResponse> {
    return this.database.transaction(viewer, Permission.ProposeChange, async (tx) => {
      const current = await this.submissions.look(tx, registrationId, null);
      const proposed = resolveProposal(dto.proposed, knownIdsOf(current.document), '/proposed');
      return this.show(tx, current, { proposed, comment: dto.comment });
    });
  }

  /** The same for a handover. */
  async handover(
    viewer: Viewer,
    registrationId: string,
    dto: HandoverDto,
  ): Promise<ChangeRequestPreviewResponse> {
    const { effectiveOn, comment } = dto;
    assertDate('effectiveOn', effectiveOn);
    return this.database.transaction(viewer, Permission.ProposeChange, async (tx) => {
      const current = await this.submissions.look(tx, registrationId, null);
      const proposed = await this.handovers.judge(tx, registrationId, current.document, dto);
      return this.show(tx, current, { kind: 'handover', effectiveOn, proposed, comment });
    });
  }

  private async show(
    tx: Tx,
    current: CurrentRegistration,
    proposal: Proposal,
  ): Promise<ChangeRequestPreviewResponse> {
    const { id: registrationId, document: base, version: baseVersion } = current;
    const { changes, awaiting, status } = weigh(current, proposal);
    const { kind = 'change', proposed, effectiveOn = null } = proposal;
    const allowedBy = await this.atOnce.allowedBy(tx, { kind, status, changes, base, registrationId });
    const rule = allowedBy === null ? 'review' : 'at-once';
    const { sender, leaving, staying } = toldOfSending({
      base,
      proposed,
      proposedByMailbox: personOf(tx).mailbox,
    });
    await noteReads(tx, 'change-request.preview', [{ id: registrationId, registrationId }]);
    return {
      baseVersion,
      changes: changes.map((change) => ({ ...change, rule, decision: null })),
      newMailboxes: awaiting,
      appliesAtOnce: allowedBy !== null,
      // What is applied at once is told to all as done.
      notified:
        allowedBy === null ? [sender, ...without([...leaving, ...staying], [sender])] : mailboxesOf(proposed),
      effectiveOn,
      reviewBusinessDays: await this.settings.reviewBusinessDays(tx),
    };
  }
}
