import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { Searchable } from './announcement-search.js';
import type { AnnouncementState } from './announcement.state.js';

export interface AttachmentLimits {
  readonly maxBytes: number;
  /** For each announcement. */
  readonly maxCount: number;
}

/** What attaching and taking off needs of an announcement. */
export interface AttachableAnnouncement extends Omit<Searchable, 'attachments'> {
  readonly id: string;
  readonly state: AnnouncementState;
  readonly revision: number;
}

/** A file that has come in full. */
export interface StoredAttachment {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
}

const HERE = 'added_at IS NOT NULL AND removed_at IS NULL';

/** Row-level security keeps every statement here within the announcements that the viewer may see or write. */
@Injectable()
export class AttachmentsRepository {
  async limits(tx: Tx): Promise<AttachmentLimits> {
    const [row] = await tx.query<AttachmentLimits>(
      `SELECT attachment_max_bytes AS "maxBytes", attachment_max_count AS "maxCount" FROM announcement_settings`,
    );
    if (!row) throw new Error('announcements have no settings');
    return row;
  }

  /** Until the transaction ends, it isn't deleted: what is put in next refers to it. */
  async keepAnnouncement(tx: Tx, id: string): Promise<AttachableAnnouncement | null> {
    const [row] = await tx.query<AttachableAnnouncement>(
      `SELECT ${ANNOUNCEMENT} FROM announcement WHERE id = $1 FOR KEY SHARE`,
      [id],
    );
    return row ?? null;
  }

  /** Whoever comes next waits, so that two can't both be the last that is allowed. */
  async lockAnnouncement(tx: Tx, id: string): Promise<AttachableAnnouncement | null> {
    const [row] = await tx.query<AttachableAnnouncement>(
      `SELECT ${ANNOUNCEMENT} FROM announcement WHERE id = $1 FOR UPDATE`,
      [id],
    );
    return row ?? null;
  }

  /** @returns names of the files that go with it now, in the order in which they came */
  async namesOf(tx: Tx, announcementId: string): Promise<string[]> {
    const rows = await tx.query<{ name: string }>(
      `SELECT name FROM announcement_attachment WHERE announcement_id = $1 AND ${HERE} ORDER BY id`,
      [announcementId],
    );
    return rows.map(({ name }) => name);
  }

  async begin(tx: Tx, id: string, announcementId: string, name: string): Promise<void> {
    await tx.execute('INSERT INTO announcement_attachment (id, announcement_id, name) VALUES ($1, $2, $3)', [
      id,
      announcementId,
      name,
    ]);
  }

  /** @returns false when it isn't being attached any more, as when its draft was deleted meanwhile */
  async addPiece(tx: Tx, id: string, position: number, content: Buffer): Promise<boolean> {
    const added = await tx.execute(
      `INSERT INTO announcement_attachment_chunk (attachment_id, position, content)
       SELECT id, $2::integer, $3::bytea FROM announcement_attachment WHERE id = $1 AND added_at IS NULL FOR KEY SHARE`,
      [id, position, content],
    );
    return added > 0;
  }

  /** @returns false when it isn't being attached any more */
  async finish(
    tx: Tx,
    id: string,
    { mediaType, bytes }: Omit<StoredAttachment, 'name'>,
    sha256: Buffer,
    accountId: string,
  ): Promise<boolean> {
    const finished = await tx.execute(
      `UPDATE announcement_attachment
          SET media_type = $2, bytes = $3, sha256 = $4, added_at = now(), added_by_account_id = $5
        WHERE id = $1 AND added_at IS NULL`,
      [id, mediaType, bytes, sha256, accountId],
    );
    return finished > 0;
  }

  /** With its pieces, by their foreign key. */
  async forgetBegun(tx: Tx, id: string): Promise<void> {
    await tx.execute('DELETE FROM announcement_attachment WHERE id = $1 AND added_at IS NULL', [id]);
  }

  /** What a process that ended has left behind. */
  async forgetBroken(tx: Tx, hours: number): Promise<void> {
    await tx.execute(
      `DELETE FROM announcement_attachment
        WHERE added_at IS NULL AND begun_at < now() - make_interval(hours => $1)`,
      [hours],
    );
  }

  async find(tx: Tx, announcementId: string, id: string): Promise<StoredAttachment | null> {
    const [row] = await tx.query<StoredAttachment>(
      `SELECT name, media_type AS "mediaType", bytes FROM announcement_attachment
        WHERE id = $1 AND announcement_id = $2 AND ${HERE}`,
      [id, announcementId],
    );
    return row ?? null;
  }

  /** @returns null beyond the last one, and once it was taken off */
  async piece(tx: Tx, id: string, position: number): Promise<Buffer | null> {
    const [row] = await tx.query<{ content: Buffer }>(
      `SELECT c.content FROM announcement_attachment_chunk c
         JOIN announcement_attachment a ON a.id = c.attachment_id AND ${HERE}
        WHERE c.attachment_id = $1 AND c.position = $2`,
      [id, position],
    );
    return row?.content ?? null;
  }

  async remove(tx: Tx, id: string): Promise<void> {
    await tx.execute('DELETE FROM announcement_attachment WHERE id = $1', [id]);
  }

  async hide(tx: Tx, id: string): Promise<void> {
    await tx.execute('UPDATE announcement_attachment SET removed_at = now() WHERE id = $1', [id]);
  }

  /** @returns the announcement's version from now on */
  async touchAnnouncement(tx: Tx, id: string, searchText: string, accountId: string): Promise<number> {
    const [row] = await tx.query<{ version: number }>(
      `UPDATE announcement
          SET version = version + 1, changed_at = now(), changed_by_account_id = $2, search_text = $3
        WHERE id = $1 RETURNING version`,
      [id, accountId, searchText],
    );
    if (!row) throw new Error('an announcement that was locked is gone');
    return row.version;
  }
}

const ANNOUNCEMENT = 'id, state, revision, title, summary, body';
