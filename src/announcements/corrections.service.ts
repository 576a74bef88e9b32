import { Injectable } from '@nestjs/common';
import { Permission } from '../platform/access/permission.js';
import type { Viewer } from '../platform/access/viewer.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Database } from '../platform/database/database.service.js';
import type { AnnouncementResponse, CorrectAnnouncementDto } from './announcement.dto.js';
import { AnnouncementMails } from './announcement.mails.js';
import { assertOut, judgeBody, judgeComplete, refuse } from './announcement.policy.js';
import { searchTextOf } from './announcement-search.js';
import { AnnouncementsService } from './announcements.service.js';
import { toAudience } from './audience.dto.js';
import { DraftingRepository } from './drafting.repository.js';
import { assertSeen, DraftingService } from './drafting.service.js';
import { RecipientsRepository } from './recipients.repository.js';

/** 訂正: what is out changes in the open. What it said before is kept, and readers are told what is different. */
@Injectable()
export class CorrectionsService {
  constructor(
    private readonly database: Database,
    private readonly repository: DraftingRepository,
    private readonly recipients: RecipientsRepository,
    private readonly drafting: DraftingService,
    private readonly announcements: AnnouncementsService,
    private readonly mails: AnnouncementMails,
    private readonly audit: Audit,
  ) {}

  /**
   * Those who join the audience by it are told like at publication; those who leave it see it no longer, and what
   * still waits to be sent to them isn't sent. Those who come back count as having been told before.
   *
   * @throws DomainError `announcement-not-published`, `announcement-ended`, `stale-version`, `invalid`, `not-found`
   */
  async correct(
    viewer: Viewer,
    id: string,
    version: number,
    dto: CorrectAnnouncementDto,
  ): Promise<AnnouncementResponse> {
    const { title, summary, body, categoryId, note, notify, askAgain } = dto;
    return this.database.transaction(viewer, Permission.PublishAnnouncement, async (tx) => {
      const before = await this.drafting.require(tx, id);
      assertOut(before, tx.now);
      assertSeen(before, version);
      const audience = toAudience(dto.audience);
      refuse([...judgeBody(body), ...judgeComplete({ summary, body, audience })]);
      // A category that was retired since stays with what has it.
      if (categoryId !== before.categoryId) await this.drafting.assertCategory(tx, categoryId);
      await this.drafting.assertAudienceKnown(tx, audience);
      const after = { ...before, title, summary, body, categoryId, audience };
      await this.repository.write(tx, id, after, searchTextOf(after));
      await this.repository.advanceRevision(tx, id, askAgain);
      await this.repository.insertRevision(tx, after, note);
      const removed = await this.recipients.removeOthers(tx, id, audience);
      await this.mails.withdraw(tx, id, removed);
      const joined = await this.recipients.add(tx, id, audience);
      const informed = notify ? (await this.recipients.told(tx, id)).mailboxes : [];
      const told = { ...after, revision: before.revision + 1 };
      await this.mails.published(tx, told, joined.mailboxes);
      await this.mails.corrected(tx, told, { note, askAgain }, informed);
      const mails = joined.mailboxes.length + informed.length;
      const added = joined.municipalities;
      await this.audit.record(tx, 'announcement.corrected', {
        subjectId: id,
        details: { revision: told.revision, note, added, removed: removed.length, askAgain, mails },
        personal: null,
      });
      return this.announcements.read(tx, id);
    });
  }
}
