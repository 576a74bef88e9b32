import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Permission } from '../platform/access/permission.js';
import type { Viewer } from '../platform/access/viewer.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Database } from '../platform/database/database.service.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError, invalidField } from '../platform/http/domain-error.js';
import type { IdempotentRequest } from '../platform/http/idempotency-key.js';
import { once } from '../platform/idempotency/once.js';
import { Tasks } from '../platform/tasks/tasks.service.js';
import type {
  AnnouncementResponse,
  ChangeAnnouncementDto,
  CreateAnnouncementDto,
} from './announcement.dto.js';
import { AnnouncementMails } from './announcement.mails.js';
import {
  assertMayChange,
  judgeBody,
  judgeComplete,
  judgeTimes,
  mustBeComplete,
  refuse,
} from './announcement.policy.js';
import { searchTextOf } from './announcement-search.js';
import { missedTask } from './announcements.tasks.js';
import { AnnouncementsService } from './announcements.service.js';
import type { Audience } from './audience.js';
import { toAudience } from './audience.dto.js';
import {
  type AnnouncementContent,
  DraftingRepository,
  type LockedAnnouncement,
} from './drafting.repository.js';

const NOBODY: Audience = { kind: 'chosen', prefectures: [], associations: [], types: [], municipalities: [] };

/** Editors write announcements, each against the version that they saw. */
@Injectable()
export class DraftingService {
  constructor(
    private readonly database: Database,
    private readonly repository: DraftingRepository,
    private readonly announcements: AnnouncementsService,
    private readonly mails: AnnouncementMails,
    private readonly audit: Audit,
    private readonly tasks: Tasks,
  ) {}

  /** @throws DomainError `invalid`, `idempotency-key-reused` */
  async create(
    viewer: Viewer,
    dto: CreateAnnouncementDto,
    request: IdempotentRequest | null = null,
  ): Promise<AnnouncementResponse> {
    return this.database.transaction(viewer, Permission.WriteAnnouncement, (tx) =>
      once(tx, request, async () => {
        const id = uuidv7();
        const content: AnnouncementContent = {
          title: dto.title,
          summary: dto.summary ?? '',
          body: dto.body ?? '',
          categoryId: dto.categoryId,
          audience: dto.audience ? toAudience(dto.audience) : NOBODY,
          pinned: dto.pinned,
          expiresAt: dto.expiresAt,
        };
        refuse([...judgeBody(content.body), ...judgeTimes({ ...content, publishAt: null }, tx.now)]);
        await this.assertCategory(tx, content.categoryId);
        await this.assertAudienceKnown(tx, content.audience);
        await this.repository.insert(tx, id, content, searchTextOf({ ...content, attachments: [] }));
        await this.audit.record(tx, 'announcement.created', {
          subjectId: id,
          details: { title: content.title },
          personal: null,
        });
        return this.announcements.read(tx, id);
      }),
    );
  }

  /**
   * @param version what the editor saw
   * @throws DomainError `stale-version` (412), `announcement-published` where it takes a correction,
   *   `announcement-ended`, `invalid`, `not-found`
   */
  async change(
    viewer: Viewer,
    id: string,
    version: number,
    dto: ChangeAnnouncementDto,
  ): Promise<AnnouncementResponse> {
    return this.database.transaction(viewer, Permission.WriteAnnouncement, async (tx) => {
      const before = await this.require(tx, id);
      const fields = Object.entries(dto).flatMap(([field, value]) => (value === undefined ? [] : [field]));
      assertMayChange(before.state, fields);
      assertSeen(before, version);
      const after = changed(before, dto);
      const publishAt = before.state === 'scheduled' ? before.publishAt : null;
      refuse([
        ...judgeBody(after.body),
        ...(mustBeComplete(before.state) ? judgeComplete(after) : []),
        // A time that has come meanwhile is no mistake of whoever changes something else.
        ...(dto.expiresAt === undefined ? [] : judgeEnd({ ...after, publishAt }, tx.now)),
      ]);
      // A category that was retired since stays with what has it.
      if (after.categoryId !== before.categoryId) await this.assertCategory(tx, after.categoryId);
      if (dto.audience) await this.assertAudienceKnown(tx, after.audience);
      await this.repository.write(tx, id, after, searchTextOf({ ...before, ...after }));
      if (dto.expiresAt !== undefined) await this.mails.boundBy(tx, id, after.expiresAt);
      await this.audit.record(tx, 'announcement.changed', {
        subjectId: id,
        details: { version: version + 1, fields },
        personal: null,
      });
      return this.announcements.read(tx, id);
    });
  }

  /** @throws DomainError `announcement-published` for anything but a draft, `stale-version`, `not-found` */
  async remove(viewer: Viewer, id: string, version: number): Promise<void> {
    await this.database.transaction(viewer, Permission.WriteAnnouncement, async (tx) => {
      const announcement = await this.require(tx, id);
      if (announcement.revision > 0) throw new DomainError('announcement-published');
      assertSeen(announcement, version);
      await this.repository.setPublishAt(tx, id, 'draft', null);
      await this.repository.removeDraft(tx, id);
      await this.tasks.close(tx, [missedTask], id);
      await this.audit.record(tx, 'announcement.deleted', {
        subjectId: id,
        details: { title: announcement.title },
        personal: null,
      });
    });
  }

  /** For the room's other services. @throws DomainError `not-found` */
  async require(tx: Tx, id: string): Promise<LockedAnnouncement> {
    const announcement = await this.repository.lock(tx, id);
    if (!announcement) throw new DomainError('not-found');
    return announcement;
  }

  /** @throws DomainError `invalid` for codes and ids that nothing has, so that nobody is left out unseen */
  async assertAudienceKnown(tx: Tx, audience: Audience): Promise<void> {
    if (audience.kind === 'all') return;
    const unknown = await this.repository.findUnknown(tx, audience);
    refuse(
      unknown.map(({ list, value }) => ({
        pointer: `/audience/${list}`,
        code: 'not-allowed',
        message: `${value}は、ありません。選び直してください。`,
      })),
    );
  }

  /** @throws DomainError `invalid` for a category that is gone */
  async assertCategory(tx: Tx, id: string): Promise<string> {
    const name = await this.repository.findCategory(tx, id);
    if (name !== null) return name;
    throw invalidField(
      '/categoryId',
      'not-allowed',
      'この分類は使われていません。ほかの分類を選んでください。',
    );
  }
}

/** @throws DomainError `stale-version` */
export function assertSeen(announcement: { readonly version: number }, version: number): void {
  if (announcement.version !== version) throw new DomainError('stale-version');
}

const judgeEnd = (
  times: { publishAt: Date | null; expiresAt: Date | null },
  now: Date,
): ReturnType<typeof judgeTimes> => judgeTimes(times, now).filter(({ pointer }) => pointer === '/expiresAt');

const changed = (before: LockedAnnouncement, dto: ChangeAnnouncementDto): AnnouncementContent => ({
  title: dto.title ?? before.title,
  summary: dto.summary === undefined ? before.summary : (dto.summary ?? ''),
  body: dto.body === undefined ? before.body : (dto.body ?? ''),
  categoryId: dto.categoryId ?? before.categoryId,
  audience: dto.audience ? toAudience(dto.audience) : before.audience,
  pinned: dto.pinned ?? before.pinned,
  expiresAt: dto.expiresAt === undefined ? before.expiresAt : dto.expiresAt,
});
