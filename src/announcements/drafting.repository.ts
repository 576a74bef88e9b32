import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { ChosenMunicipalities } from '../registry/municipality-choice.js';
import type { AnnouncementState } from './announcement.state.js';
import type { Audience } from './audience.js';

/** What an editor writes. */
export interface AnnouncementContent {
  readonly title: string;
  readonly summary: string;
  readonly body: string;
  readonly categoryId: string;
  readonly audience: Audience;
  readonly pinned: boolean;
  readonly expiresAt: Date | null;
}

/** One that is being worked on: locked until the transaction ends. */
export interface LockedAnnouncement extends AnnouncementContent {
  readonly id: string;
  readonly version: number;
  readonly state: AnnouncementState;
  readonly publishAt: Date | null;
  readonly publishedAt: Date | null;
  readonly revision: number;
  readonly acknowledgeFrom: number;
  /** Names of the files that go with it. */
  readonly attachments: string[];
}

export interface UnknownPart {
  readonly list: 'prefectures' | 'associations' | 'municipalities';
  readonly value: string;
}

/** Writes. Only editors and the portal itself get through the walls. */
@Injectable()
export class DraftingRepository {
  async insert(tx: Tx, id: string, content: AnnouncementContent, searchText: string): Promise<void> {
    const accountId = tx.actor.kind === 'staff' ? tx.actor.accountId : null;
    await tx.execute(
      `INSERT INTO announcement (id, title, summary, body, category_id, audience, pinned, expires_at, search_text,
                                 created_by_account_id, changed_by_account_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)`,
      [id, ...valuesOf(content), searchText, accountId],
    );
  }

  /** Whoever comes next waits, and then sees what was done. null for what there isn't, or the viewer may not change. */
  async lock(tx: Tx, id: string): Promise<LockedAnnouncement | null> {
    const [row] = await tx.query<LockedAnnouncement>(LOCK, [id]);
    return row ?? null;
  }

  async write(tx: Tx, id: string, content: AnnouncementContent, searchText: string): Promise<void> {
    await tx.execute(
      `UPDATE announcement
          SET title = $2, summary = $3, body = $4, category_id = $5, audience = $6, pinned = $7, expires_at = $8,
              search_text = $9, ${CHANGED}
        WHERE id = $1`,
      [id, ...valuesOf(content), searchText, editorOf(tx)],
    );
  }

  async setPublishAt(tx: Tx, id: string, state: AnnouncementState, publishAt: Date | null): Promise<void> {
    await tx.execute(`UPDATE announcement SET state = $2, publish_at = $3, ${changedBy(4)} WHERE id = $1`, [
      id,
      state,
      publishAt,
      editorOf(tx),
    ]);
  }

  async setPublished(tx: Tx, id: string): Promise<void> {
    await tx.execute(
      `UPDATE announcement
          SET state = 'published', publish_at = NULL, published_at = now(), revision = 1, ${changedBy(2)}
        WHERE id = $1`,
      [id, editorOf(tx)],
    );
  }

  async setArchived(tx: Tx, id: string): Promise<void> {
    await tx.execute(
      `UPDATE announcement SET state = 'archived', archived_at = now(), ${changedBy(2)} WHERE id = $1`,
      [id, editorOf(tx)],
    );
  }

  /** The next revision; where it asks anew, what was acknowledged before counts no longer. */
  async advanceRevision(tx: Tx, id: string, askAgain: boolean): Promise<void> {
    await tx.execute(
      `UPDATE announcement
          SET revision = revision + 1, acknowledge_from = CASE WHEN $2 THEN revision + 1 ELSE acknowledge_from END
        WHERE id = $1`,
      [id, askAgain],
    );
  }

  /** Keeps what it says now as its revision. */
  async insertRevision(
    tx: Tx,
    announcement: Pick<LockedAnnouncement, 'id' | 'attachments'>,
    note: string | null,
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO announcement_revision (announcement_id, revision, title, summary, body, category, audience,
                                          attachments, note, account_id)
       SELECT a.id, a.revision, a.title, a.summary, a.body, c.name, a.audience, $2, $3, $4
         FROM announcement a JOIN announcement_category c ON c.id = a.category_id WHERE a.id = $1`,
      [announcement.id, JSON.stringify(announcement.attachments), note, editorOf(tx)],
    );
  }

  /** With its files. */
  async removeDraft(tx: Tx, id: string): Promise<void> {
    await tx.execute('DELETE FROM announcement_attachment WHERE announcement_id = $1', [id]);
    await tx.execute('DELETE FROM announcement WHERE id = $1', [id]);
  }

  /** Ids of scheduled ones whose time has come, first the one that has waited longest. */
  async listDue(tx: Tx): Promise<string[]> {
    return idsOf(
      await tx.query(
        `SELECT id FROM announcement WHERE state = 'scheduled' AND publish_at <= now() ORDER BY publish_at, id`,
      ),
    );
  }

  async listEnded(tx: Tx): Promise<string[]> {
    return idsOf(
      await tx.query(
        `SELECT id FROM announcement WHERE state = 'published' AND expires_at <= now() ORDER BY id`,
      ),
    );
  }

  /** What an audience names and nothing is. */
  findUnknown(tx: Tx, audience: ChosenMunicipalities): Promise<UnknownPart[]> {
    return tx.query<UnknownPart>(
      `SELECT 'prefectures' AS list, code AS value FROM unnest($1::text[]) AS code
        WHERE NOT EXISTS (SELECT FROM prefecture p WHERE p.code = code.code)
       UNION ALL
       SELECT 'associations', id FROM unnest($2::text[]) AS id
        WHERE NOT EXISTS (SELECT FROM association s WHERE s.id = id.id)
       UNION ALL
       SELECT 'municipalities', code FROM unnest($3::text[]) AS code
        WHERE NOT EXISTS (SELECT FROM municipality m WHERE m.code = code.code)`,
      [audience.prefectures, audience.associations, audience.municipalities],
    );
  }

  /** @returns the name of a category that is in use, or null */
  async findCategory(tx: Tx, id: string): Promise<string | null> {
    const [row] = await tx.query<{ name: string }>(
      'SELECT name FROM announcement_category WHERE id = $1 AND retired_at IS NULL',
      [id],
    );
    return row?.name ?? null;
  }

  /** Also of one that was retired since. */
  async findCategoryName(tx: Tx, id: string): Promise<string | null> {
    const [row] = await tx.query<{ name: string }>('SELECT name FROM announcement_category WHERE id = $1', [
      id,
    ]);
    return row?.name ?? null;
  }
}

const idsOf = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id);

/** null where the calendar did it. */
const editorOf = ({ actor }: Tx): string | null => (actor.kind === 'staff' ? actor.accountId : null);

const changedBy = (parameter: number): string =>
  `version = version + 1, changed_at = now(),
   changed_by_account_id = coalesce($${parameter}::uuid, changed_by_account_id)`;
const CHANGED = changedBy(10);

const valuesOf = (content: AnnouncementContent): unknown[] => [
  content.title,
  content.summary,
  content.body,
  content.categoryId,
  JSON.stringify(content.audience),
  content.pinned,
  content.expiresAt,
];

const LOCK = `
  SELECT a.id, a.version, a.state, a.title, a.summary, a.body, a.category_id AS "categoryId", a.audience, a.pinned,
         a.publish_at AS "publishAt", a.published_at AS "publishedAt", a.expires_at AS "expiresAt", a.revision,
         a.acknowledge_from AS "acknowledgeFrom",
         ARRAY(SELECT f.name FROM announcement_attachment f
                WHERE f.announcement_id = a.id AND f.added_at IS NOT NULL AND f.removed_at IS NULL ORDER BY f.id)
           AS attachments
    FROM announcement a WHERE a.id = $1 FOR UPDATE OF a`;
