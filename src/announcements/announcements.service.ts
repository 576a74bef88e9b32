import { Injectable } from '@nestjs/common';
import { Settings } from '../config/env.js';
import { Permission } from '../platform/access/permission.js';
import type { Viewer } from '../platform/access/viewer.js';
import { Database } from '../platform/database/database.service.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/http/domain-error.js';
import { decodeCursor, toPage, unreadableCursor } from '../platform/http/page.js';
import { isCalendarDate } from '../platform/text/japanese-date.js';
import { SUBJECT_MARK } from '../platform/outbox/outbox.service.js';
import { isUUID } from 'class-validator';
import type {
  AnnouncementPage,
  AnnouncementResponse,
  AnnouncementsQuery,
  MailPreviewResponse,
  RevisionList,
} from './announcement.dto.js';
import { readerOf, toResponse, toRevision, toSummary } from './announcement.mapper.js';
import { published } from './announcements.messages.js';
import { AnnouncementsRepository } from './announcements.repository.js';

/** お知らせ as they are read. Whatever isn't meant for the viewer doesn't exist here: the walls see to it. */
@Injectable()
export class AnnouncementsService {
  constructor(
    private readonly database: Database,
    private readonly repository: AnnouncementsRepository,
    private readonly settings: Settings,
  ) {}

  async list(viewer: Viewer, query: AnnouncementsQuery): Promise<AnnouncementPage> {
    const after = decodeListCursor(query.cursor);
    return this.database.transaction(viewer, Permission.ReadAnnouncement, async (tx) => {
      const reader = readerOf(tx.actor);
      const { rows, total } = await this.repository.list(tx, reader, { ...query, after });
      return toPage(
        rows,
        query.limit,
        total,
        ({ pin, at, id }) => [pin, at, id],
        (row) => toSummary(row, reader),
      );
    });
  }

  /** @throws DomainError `not-found`, also for what isn't meant for the viewer */
  async get(viewer: Viewer, id: string): Promise<AnnouncementResponse> {
    return this.database.transaction(viewer, Permission.ReadAnnouncement, (tx) => this.read(tx, id));
  }

  /** For the room's other services: as the viewer of the transaction sees it. @throws DomainError `not-found` */
  async read(tx: Tx, id: string): Promise<AnnouncementResponse> {
    const reader = readerOf(tx.actor);
    const row = await this.repository.find(tx, reader, id);
    if (!row) throw new DomainError('not-found');
    return toResponse(row, reader);
  }

  async revisions(viewer: Viewer, id: string): Promise<RevisionList> {
    return this.database.transaction(viewer, Permission.WriteAnnouncement, async (tx) => {
      await this.read(tx, id);
      return { items: (await this.repository.listRevisions(tx, id)).map(toRevision) };
    });
  }

  /** The mail as it goes out, to a municipality that stands for all. */
  async previewMail(viewer: Viewer, id: string): Promise<MailPreviewResponse> {
    return this.database.transaction(viewer, Permission.WriteAnnouncement, async (tx) => {
      const { title, summary, category, attachments, publishedAt, publishAt, expiresAt } = await this.read(
        tx,
        id,
      );
      const { subject, body } = published.render(
        {
          municipality: '〇〇県〇〇町',
          title,
          summary,
          category: category.name,
          attachments: attachments.map(({ name }) => name),
          publishedAt: publishedAt ?? publishAt ?? tx.now,
          expiresAt,
        },
        this.settings,
      );
      return { subject: `${SUBJECT_MARK}${subject}`, body };
    });
  }
}

/** @throws DomainError `invalid` for a cursor that isn't one of this list's */
function decodeListCursor(cursor: string | undefined): string[] | null {
  const keys = decodeCursor(cursor, 3);
  if (keys === null) return null;
  const [pin = '', at = '', id = ''] = keys;
  if (!/^[01]$/.test(pin) || !isInstant(at) || !isUUID(id)) {
    throw unreadableCursor();
  }
  return keys;
}

/** With microseconds, as the database tells them apart. */
const isInstant = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{6}Z$/.test(text) &&
  isCalendarDate(text.slice(0, 10));
