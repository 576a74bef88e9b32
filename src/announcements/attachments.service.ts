import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { Injectable, Logger } from '@nestjs/common';
import { create as contentDisposition } from 'content-disposition';
import { v7 as uuidv7 } from 'uuid';
import { Permission } from '../platform/access/permission.js';
import type { StaffActor, Viewer } from '../platform/access/viewer.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Database } from '../platform/database/database.service.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError, invalidField } from '../platform/http/domain-error.js';
import type { IncomingFile } from '../platform/http/file-body.js';
import { Jobs } from '../platform/jobs/jobs.service.js';
import { searchTextOf } from './announcement-search.js';
import { AttachmentInspection } from './attachment-inspection.js';
import { assertNameOfSomeKind } from './attachment-kind.js';
import { attachmentName, extensionOf } from './attachment-name.js';
import type { AttachedResponse, DetachedResponse } from './attachment.dto.js';
import { inPieces } from './attachment-pieces.js';
import {
  type AttachableAnnouncement,
  type AttachmentLimits,
  AttachmentsRepository,
} from './attachments.repository.js';
import { DraftingRepository } from './drafting.repository.js';

/** Longer than any request may take. */
const BROKEN_AFTER_HOURS = 24;

/** A file on its way out. */
export interface OutgoingFile {
  readonly type: string;
  /** Bytes. */
  readonly length: number;
  /** The header `Content-Disposition`, RFC 6266. */
  readonly disposition: string;
  readonly content: Readable;
}

/** What has come in full. */
interface Received {
  readonly mediaType: string;
  readonly bytes: number;
  readonly sha256: Buffer;
}

/**
 * Files that go with announcements. They come and go in pieces, each in a transaction of its own: none stays open while
 * somebody's line is slow, and a session that ends stops what is on its way.
 */
@Injectable()
export class AttachmentsService {
  private readonly logger = new Logger('Attachments');

  constructor(
    private readonly database: Database,
    private readonly repository: AttachmentsRepository,
    private readonly revisions: DraftingRepository,
    private readonly audit: Audit,
    jobs: Jobs,
  ) {
    jobs.register({ name: 'announcements.forget-broken-attachments', run: () => this.forgetBroken() });
  }

  /**
   * Takes a file in. Refuses as soon as something tells that it can't be taken, whatever is still to come of it, and
   * then leaves nothing behind.
   *
   * @param given what its sender calls it
   * @throws DomainError `not-found`, `announcement-ended`, `too-many-attachments` (409), `attachment-too-large` (413),
   *   `attachment-kind`, `attachment-macros`, `attachment-name-differs` (415), `attachment-damaged`, `invalid` (422, for
   *   its name at `/name`, and at `/` where nothing came)
   */
  async attach(
    viewer: Viewer,
    announcementId: string,
    given: string,
    file: IncomingFile,
  ): Promise<AttachedResponse> {
    const name = attachmentName(given);
    const id = uuidv7();
    const { maxBytes } = await this.begin(viewer, { id, announcementId, name, length: file.length });
    try {
      const received = await this.receive(viewer, { id, name, maxBytes }, file.content);
      return await this.finish(viewer, { id, announcementId, name }, received);
    } catch (error) {
      await this.forget(id);
      throw error;
    }
  }

  private begin(
    viewer: Viewer,
    {
      id,
      announcementId,
      name,
      length,
    }: { id: string; announcementId: string; name: string; length: number | null },
  ): Promise<AttachmentLimits> {
    return this.database.transaction(viewer, Permission.WriteAnnouncement, async (tx) => {
      const limits = await this.repository.limits(tx);
      const announcement = await this.repository.keepAnnouncement(tx, announcementId);
      assertOpen(announcement);
      assertRoom(await this.repository.namesOf(tx, announcementId), limits);
      assertNameOfSomeKind(name);
      if ((length ?? 0) > limits.maxBytes) throw tooLarge(limits.maxBytes);
      await this.repository.begin(tx, id, announcementId, name);
      return limits;
    });
  }

  private async receive(
    viewer: Viewer,
    { id, name, maxBytes }: { id: string; name: string; maxBytes: number },
    content: AsyncIterable<Buffer>,
  ): Promise<Received> {
    const inspection = new AttachmentInspection(name);
    const hash = createHash('sha256');
    let bytes = 0;
    const judged = async (portion: Buffer): Promise<void> => {
      bytes += portion.length;
      if (bytes > maxBytes) throw tooLarge(maxBytes);
      hash.update(portion);
      await inspection.push(portion);
    };
    let position = 0;
    for await (const piece of inPieces(content, judged)) {
      await this.database.transaction(viewer, Permission.WriteAnnouncement, async (tx) => {
        if (!(await this.repository.addPiece(tx, id, position, piece))) throw new DomainError('not-found');
      });
      position += 1;
    }
    if (bytes === 0) throw invalidField('/', 'required', 'ファイルの中身が空です。もう一度お選びください。');
    return { mediaType: await inspection.finish(), bytes, sha256: hash.digest() };
  }

  private finish(
    viewer: Viewer,
    { id, announcementId, name }: { id: string; announcementId: string; name: string },
    { mediaType, bytes, sha256 }: Received,
  ): Promise<AttachedResponse> {
    return this.database.transaction(viewer, Permission.WriteAnnouncement, async (tx) => {
      const { accountId } = staffOf(tx);
      const announcement = await this.repository.lockAnnouncement(tx, announcementId);
      assertOpen(announcement);
      assertRoom(await this.repository.namesOf(tx, announcementId), await this.repository.limits(tx));
      if (!(await this.repository.finish(tx, id, { mediaType, bytes }, sha256, accountId)))
        throw new DomainError('not-found');
      const note = `添付ファイルを追加しました（${name}）。`;
      const version = await this.touch(tx, announcement, accountId, note);
      await this.audit.record(tx, 'announcement.attached', {
        subjectId: announcementId,
        details: { attachmentId: id, version, mediaType, bytes, sha256: sha256.toString('hex') },
        personal: { name },
      });
      return { id, name, mediaType, bytes, announcementVersion: version };
    });
  }

  /** The portal does it, since the session may be what has ended. What fails here, the job does later. */
  private async forget(id: string): Promise<void> {
    try {
      await this.database.asSystem('attachments', (tx) => this.repository.forgetBegun(tx, id));
    } catch (error) {
      this.logger.warn(`${id} is left to the job: ${String(error)}`);
    }
  }

  private async forgetBroken(): Promise<void> {
    await this.database.asSystem('attachments', (tx) => this.repository.forgetBroken(tx, BROKEN_AFTER_HOURS));
  }

  /** @throws DomainError `not-found` where the viewer may not see it, and once it was taken off */
  async open(viewer: Viewer, announcementId: string, id: string): Promise<OutgoingFile> {
    const { name, mediaType, bytes } = await this.database.transaction(
      viewer,
      Permission.ReadAnnouncement,
      async (tx) => {
        const found = await this.repository.find(tx, announcementId, id);
        if (!found) throw new DomainError('not-found');
        return found;
      },
    );
    return {
      type: mediaType,
      length: bytes,
      // For what can't read the other one: better than a row of question marks.
      disposition: contentDisposition(name, { fallback: `attachment.${extensionOf(name)}` }),
      // One piece at a time, when the one before is on its way.
      content: Readable.from(this.pieces(viewer, id, bytes), { objectMode: false, highWaterMark: 1 }),
    };
  }

  /** @throws Error, which breaks the download off, once the viewer may see it no longer */
  private async *pieces(viewer: Viewer, id: string, bytes: number): AsyncGenerator<Buffer> {
    for (let position = 0, sent = 0; sent < bytes; position += 1) {
      const at = position;
      const piece = await this.database.transaction(viewer, Permission.ReadAnnouncement, (tx) =>
        this.repository.piece(tx, id, at),
      );
      if (!piece) throw new DomainError('not-found');
      sent += piece.length;
      yield piece;
    }
  }

  /** @throws DomainError `not-found`, `announcement-ended` */
  async detach(viewer: Viewer, announcementId: string, id: string): Promise<DetachedResponse> {
    return this.database.transaction(viewer, Permission.WriteAnnouncement, async (tx) => {
      const { accountId } = staffOf(tx);
      const announcement = await this.repository.lockAnnouncement(tx, announcementId);
      const attachment = announcement && (await this.repository.find(tx, announcementId, id));
      if (!attachment) throw new DomainError('not-found');
      assertOpen(announcement);
      const kept = announcement.revision > 0;
      await (kept ? this.repository.hide(tx, id) : this.repository.remove(tx, id));
      const note = `添付ファイルを取り外しました（${attachment.name}）。`;
      const version = await this.touch(tx, announcement, accountId, note);
      await this.audit.record(tx, 'announcement.detached', {
        subjectId: announcementId,
        details: { attachmentId: id, version, kept },
        personal: { name: attachment.name },
      });
      return { announcementVersion: version };
    });
  }

  /**
   * Names of its files are searched, too. What is out changes in the open: it becomes the next revision, as by a
   * correction, except that nobody is mailed or asked to acknowledge anew.
   *
   * @param note what members read of it
   * @returns its version from now on
   */
  private async touch(
    tx: Tx,
    announcement: AttachableAnnouncement,
    accountId: string,
    note: string,
  ): Promise<number> {
    const { id, revision } = announcement;
    const attachments = await this.repository.namesOf(tx, id);
    const searchText = searchTextOf({ ...announcement, attachments });
    const version = await this.repository.touchAnnouncement(tx, id, searchText, accountId);
    if (revision > 0) {
      await this.revisions.advanceRevision(tx, id, false);
      await this.revisions.insertRevision(tx, { id, attachments }, note);
    }
    return version;
  }
}

function assertOpen(
  announcement: AttachableAnnouncement | null,
): asserts announcement is AttachableAnnouncement {
  if (!announcement) throw new DomainError('not-found');
  if (announcement.state === 'archived') throw new DomainError('announcement-ended');
}

function assertRoom(names: readonly string[], { maxCount }: AttachmentLimits): void {
  if (names.length >= maxCount) throw new DomainError('too-many-attachments', { extensions: { maxCount } });
}

const tooLarge = (maxBytes: number): DomainError =>
  new DomainError('attachment-too-large', { extensions: { maxBytes } });

/** @throws DomainError `forbidden` for the portal itself, which attaches nothing */
function staffOf({ actor }: Tx): StaffActor {
  if (actor.kind !== 'staff') throw new DomainError('forbidden');
  return actor;
}
