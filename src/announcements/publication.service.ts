import { Injectable } from '@nestjs/common';
import { Permission } from '../platform/access/permission.js';
import type { Viewer } from '../platform/access/viewer.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Database } from '../platform/database/database.service.js';
import type { Tx } from '../platform/database/tx.js';
import { Jobs } from '../platform/jobs/jobs.service.js';
import { Tasks } from '../platform/tasks/tasks.service.js';
import type { AnnouncementResponse } from './announcement.dto.js';
import { judgeComplete, judgeTimes, nextOrRefuse, refuse } from './announcement.policy.js';
import { AnnouncementMails } from './announcement.mails.js';
import { missedTask } from './announcements.tasks.js';
import { AnnouncementsService } from './announcements.service.js';
import { type AudienceCountResponse, type AudienceDto, toAudience } from './audience.dto.js';
import { DraftingRepository, type LockedAnnouncement } from './drafting.repository.js';
import { assertSeen, DraftingService } from './drafting.service.js';
import { RecipientsRepository } from './recipients.repository.js';

/** How an announcement goes out and ends, by an editor or by the calendar. */
@Injectable()
export class PublicationService {
  constructor(
    private readonly database: Database,
    private readonly repository: DraftingRepository,
    private readonly recipients: RecipientsRepository,
    private readonly drafting: DraftingService,
    private readonly announcements: AnnouncementsService,
    private readonly mails: AnnouncementMails,
    private readonly audit: Audit,
    private readonly tasks: Tasks,
    jobs: Jobs,
  ) {
    jobs.registerEach({
      name: 'announcements.publish',
      list: (tx) => repository.listDue(tx),
      work: (tx, id) => this.publishDue(tx, id),
    });
    jobs.registerEach({
      name: 'announcements.expire',
      list: (tx) => repository.listEnded(tx),
      work: (tx, id) => this.expire(tx, id),
    });
  }

  async countAudience(viewer: Viewer, dto: AudienceDto): Promise<AudienceCountResponse> {
    return this.database.transaction(viewer, Permission.WriteAnnouncement, (tx) =>
      this.recipients.count(tx, toAudience(dto)),
    );
  }

  /** @throws DomainError `invalid` for what isn't complete or a time that has passed, `announcement-published`, `stale-version` */
  async schedule(
    viewer: Viewer,
    id: string,
    version: number,
    publishAt: Date,
  ): Promise<AnnouncementResponse> {
    return this.act(viewer, id, version, 'schedule', async (tx, announcement) => {
      refuse([...judgeComplete(announcement), ...judgeTimes({ ...announcement, publishAt }, tx.now)]);
      await this.repository.setPublishAt(tx, id, 'scheduled', publishAt);
      await this.tasks.close(tx, [missedTask], id);
      await this.audit.record(tx, 'announcement.scheduled', {
        subjectId: id,
        details: { publishAt: publishAt.toISOString() },
        personal: null,
      });
    });
  }

  async unschedule(viewer: Viewer, id: string, version: number): Promise<AnnouncementResponse> {
    return this.act(viewer, id, version, 'unschedule', (tx) => this.takeBack(tx, id, 'taken-back'));
  }

  /** @throws DomainError `invalid` for what isn't complete or has ended, `announcement-published`, `stale-version` */
  async publish(viewer: Viewer, id: string, version: number): Promise<AnnouncementResponse> {
    return this.act(viewer, id, version, 'publish', async (tx, announcement) => {
      refuse([
        ...judgeComplete(announcement),
        ...judgeTimes({ publishAt: null, expiresAt: announcement.expiresAt }, tx.now),
      ]);
      await this.putOut(tx, announcement);
      await this.tasks.close(tx, [missedTask], id);
    });
  }

  async archive(viewer: Viewer, id: string, version: number): Promise<AnnouncementResponse> {
    return this.act(viewer, id, version, 'archive', (tx) => this.end(tx, id, 'taken-down'));
  }

  /** An editor's step: against the version that they saw, from a state that allows it. */
  private async act(
    viewer: Viewer,
    id: string,
    version: number,
    event: keyof typeof STEPS,
    work: (tx: Tx, announcement: LockedAnnouncement) => Promise<void>,
  ): Promise<AnnouncementResponse> {
    return this.database.transaction(viewer, STEPS[event], async (tx) => {
      const announcement = await this.drafting.require(tx, id);
      nextOrRefuse(announcement.state, event);
      assertSeen(announcement, version);
      await work(tx, announcement);
      return this.announcements.read(tx, id);
    });
  }

  /** Once, however many processes see that its time has come, and late rather than never. */
  private async publishDue(tx: Tx, id: string): Promise<void> {
    const announcement = await this.repository.lock(tx, id);
    if (!announcement || announcement.state !== 'scheduled') return;
    if (announcement.publishAt === null || announcement.publishAt > tx.now) return;
    if (announcement.expiresAt === null || announcement.expiresAt > tx.now) {
      await this.putOut(tx, announcement);
      return;
    }
    // The portal was away for longer than it was to be out: an editor decides what becomes of it.
    await this.takeBack(tx, id, 'too-late');
    await this.tasks.open(tx, missedTask, {
      subjectId: id,
      registrationId: null,
      title: announcement.title,
    });
  }

  private async putOut(tx: Tx, announcement: LockedAnnouncement): Promise<void> {
    const { id, title, audience } = announcement;
    await this.repository.setPublished(tx, id);
    await this.repository.insertRevision(tx, announcement, null);
    const { municipalities, mailboxes } = await this.recipients.add(tx, id, audience);
    await this.mails.published(tx, announcement, mailboxes);
    await this.audit.record(tx, 'announcement.published', {
      subjectId: id,
      details: { title, recipients: municipalities, mails: mailboxes.length },
      personal: null,
    });
  }

  private async expire(tx: Tx, id: string): Promise<void> {
    const announcement = await this.repository.lock(tx, id);
    if (!announcement || announcement.state !== 'published') return;
    if (announcement.expiresAt === null || announcement.expiresAt > tx.now) return;
    await this.end(tx, id, 'expired');
  }

  private async takeBack(tx: Tx, id: string, because: 'taken-back' | 'too-late'): Promise<void> {
    await this.repository.setPublishAt(tx, id, 'draft', null);
    await this.audit.record(tx, 'announcement.unscheduled', {
      subjectId: id,
      details: { because },
      personal: null,
    });
  }

  private async end(tx: Tx, id: string, because: 'taken-down' | 'expired'): Promise<void> {
    await this.repository.setArchived(tx, id);
    await this.mails.withdraw(tx, id);
    await this.audit.record(tx, 'announcement.archived', {
      subjectId: id,
      details: { because },
      personal: null,
    });
  }
}

/** Speaking to everybody takes more than taking it back. */
const STEPS = {
  schedule: Permission.PublishAnnouncement,
  publish: Permission.PublishAnnouncement,
  unschedule: Permission.WriteAnnouncement,
  archive: Permission.WriteAnnouncement,
} as const;
