import { Injectable } from '@nestjs/common';
import { Permission } from '../platform/access/permission.js';
import type { MemberActor, Viewer } from '../platform/access/viewer.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Database } from '../platform/database/database.service.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/http/domain-error.js';
import { decodeCursor, toPage } from '../platform/http/page.js';
import { noteReads } from '../platform/personal-reads/note-reads.js';
import type { AcknowledgeDto, AcknowledgementResponse } from './announcement.dto.js';
import { acknowledgementOf, reachOf, readerOf } from './announcement.mapper.js';
import { AnnouncementMails } from './announcement.mails.js';
import { assertOut, isAcknowledged } from './announcement.policy.js';
import { type AnnouncementDetailRow, AnnouncementsRepository } from './announcements.repository.js';
import { DraftingService } from './drafting.service.js';
import type { FollowUpResponse, ReachPage, ReachQuery } from './reach.dto.js';
import { RecipientsRepository } from './recipients.repository.js';

/** 確認済み: told by a person's click, never by a tracking pixel; and reminding those who haven't. */
@Injectable()
export class AcknowledgementsService {
  constructor(
    private readonly database: Database,
    private readonly announcements: AnnouncementsRepository,
    private readonly recipients: RecipientsRepository,
    private readonly drafting: DraftingService,
    private readonly mails: AnnouncementMails,
    private readonly audit: Audit,
  ) {}

  /** @throws DomainError `not-found`, also for what isn't meant for the municipality */
  async markRead(viewer: Viewer, id: string): Promise<void> {
    await this.database.transaction(viewer, Permission.AcknowledgeAnnouncement, async (tx) => {
      const clerk = clerkOf(tx);
      await this.require(tx, id);
      await this.recipients.markRead(tx, id, clerk.registrationId, clerk.mailbox.toLowerCase());
    });
  }

  /**
   * For the municipality, once: whoever of it comes second gets the first one's back.
   *
   * @throws DomainError `announcement-corrected` where the person saw a revision that counts no longer; `not-found`
   */
  async acknowledge(
    viewer: Viewer,
    id: string,
    { revision: seen }: AcknowledgeDto,
  ): Promise<AcknowledgementResponse> {
    return this.database.transaction(viewer, Permission.AcknowledgeAnnouncement, async (tx) => {
      const { registrationId, name, mailbox } = clerkOf(tx);
      const { acknowledgeFrom, revision } = await this.require(tx, id);
      // What nobody can have seen yet is what is there now.
      const acknowledged = Math.min(seen, revision);
      if (!isAcknowledged(acknowledged, { acknowledgeFrom })) throw new DomainError('announcement-corrected');
      const by = { registrationId, name, mailbox, revision: acknowledged, acknowledgeFrom };
      await this.recipients.markRead(tx, id, registrationId, mailbox.toLowerCase());
      if (await this.recipients.acknowledge(tx, id, by)) {
        await this.audit.record(tx, 'announcement.acknowledged', {
          subjectId: id,
          registrationId,
          details: { revision: acknowledged },
          personal: { name, mailbox },
        });
      }
      const after = await this.require(tx, id);
      const acknowledgement = acknowledgementOf(after, after);
      if (!acknowledgement) throw new DomainError('not-found');
      // A correction that asks anew came in between.
      if (!acknowledgement.counts) throw new DomainError('announcement-corrected');
      return acknowledgement;
    });
  }

  async reach(viewer: Viewer, id: string, query: ReachQuery): Promise<ReachPage> {
    const [after = null] = decodeCursor(query.cursor, 1) ?? [];
    return this.database.transaction(viewer, Permission.ReadReach, async (tx) => {
      const announcement = await this.require(tx, id);
      if (announcement.revision === 0) throw new DomainError('announcement-not-published');
      const { rows, total } = await this.recipients.listReach(tx, id, { ...query, after });
      const page = toPage(
        rows,
        query.limit,
        total,
        ({ municipalityCode }) => [municipalityCode],
        ({ acknowledgedAt, acknowledgedBy, acknowledgedRevision, ...row }) => ({
          ...row,
          acknowledgement: acknowledgementOf(
            { acknowledgedAt, acknowledgedBy, acknowledgedRevision },
            announcement,
          ),
        }),
      );
      const named = page.items.filter(({ acknowledgement }) => acknowledgement !== null);
      await noteReads(
        tx,
        'announcement.reach',
        named.map(({ registrationId }) => ({ id: registrationId, registrationId })),
      );
      return { ...reachOf(announcement), ...(await this.recipients.countReachedNow(tx, id)), ...page };
    });
  }

  /** @throws DomainError `announcement-not-published`, `announcement-ended`, `not-found` */
  async followUp(viewer: Viewer, id: string): Promise<FollowUpResponse> {
    return this.database.transaction(viewer, Permission.FollowUpAnnouncement, async (tx) => {
      const announcement = await this.drafting.require(tx, id);
      assertOut(announcement, tx.now);
      const { municipalities, mailboxes } = await this.recipients.followUp(tx, id);
      const mails = mailboxes.length;
      await this.mails.followUp(tx, announcement, mailboxes);
      if (municipalities > 0) {
        await this.audit.record(tx, 'announcement.followed-up', {
          subjectId: id,
          details: { revision: announcement.revision, municipalities, mails },
          personal: null,
        });
      }
      return { municipalities, mails };
    });
  }

  private async require(tx: Tx, id: string): Promise<AnnouncementDetailRow> {
    const row = await this.announcements.find(tx, readerOf(tx.actor), id);
    if (!row) throw new DomainError('not-found');
    return row;
  }
}

/** Only a municipality acknowledges. @throws DomainError `forbidden` */
function clerkOf({ actor }: Tx): MemberActor {
  if (actor.kind !== 'member') throw new DomainError('forbidden');
  return actor;
}
