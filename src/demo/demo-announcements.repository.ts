import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { searchTextOf } from '../announcements/announcement-search.js';
import type { Tx } from '../platform/database/tx.js';
import type { DemoAnnouncement } from './demo-announcements.js';

/** Writes announcements as if they had gone out long ago; nobody is mailed. */
@Injectable()
export class DemoAnnouncementsRepository {
  /** @param editor address of who wrote it */
  async insert(tx: Tx, demo: DemoAnnouncement, editor: string): Promise<void> {
    const id = uuidv7();
    const { title, summary, body, attachment, daysAgo } = demo;
    const attachments = attachment ? [attachment.name] : [];
    const searchText = searchTextOf({ title, summary, body, attachments });
    const out = daysAgo !== null && daysAgo > 0;
    await tx.execute(INSERT, [
      id,
      daysAgo === null ? 'draft' : out ? 'published' : 'scheduled',
      title,
      summary,
      body,
      demo.category,
      JSON.stringify(demo.audience),
      demo.pinned ?? false,
      daysAgo,
      out ? (demo.correction ? 2 : 1) : 0,
      searchText,
      editor,
    ]);
    if (attachment) await this.attach(tx, id, attachment);
    if (!out) return;
    const revision = [id, JSON.stringify(attachments)];
    await tx.execute(INSERT_REVISION, [...revision, 1, null, demo.correction?.bodyBefore ?? null]);
    if (demo.correction) await tx.execute(INSERT_REVISION, [...revision, 2, demo.correction.note, null]);
    await tx.execute(INSERT_RECIPIENTS, [id, demo.acknowledged ?? 0]);
  }

  private async attach(tx: Tx, id: string, { name, text }: { name: string; text: string }): Promise<void> {
    const attachmentId = uuidv7();
    const content = Buffer.from(text);
    await tx.execute(
      `INSERT INTO announcement_attachment (id, announcement_id, name, media_type, bytes, sha256, added_at)
       VALUES ($1, $2, $3, 'text/csv; charset=utf-8', $4, $5, now())`,
      [attachmentId, id, name, content.length, createHash('sha256').update(content).digest()],
    );
    await tx.execute(
      'INSERT INTO announcement_attachment_chunk (attachment_id, position, content) VALUES ($1, 0, $2)',
      [attachmentId, content],
    );
  }
}

/** At ten in the morning in Tokyo, as is each correction, the last change; one that is to come, at nine. */
const INSERT = `
  INSERT INTO announcement (id, state, title, summary, body, category_id, audience, pinned, publish_at, published_at,
                            revision, search_text, created_by_account_id, changed_by_account_id,
                            changed_at)
  SELECT $1, $2, $3, $4, $5, c.id, $7, $8,
         CASE WHEN $2 = 'scheduled' THEN (today_in_tokyo() - $9::int + time '09:00') AT TIME ZONE 'Asia/Tokyo' END,
         CASE WHEN $2 = 'published' THEN (today_in_tokyo() - $9::int + time '10:00') AT TIME ZONE 'Asia/Tokyo' END,
         $10::int, $11, a.id, a.id,
         CASE WHEN $2 = 'published' THEN (today_in_tokyo() - $9::int + $10::int - 1 + time '10:00') AT TIME ZONE 'Asia/Tokyo'
              ELSE now() END
    FROM announcement_category c, account a
   WHERE c.name = $6 AND c.retired_at IS NULL AND a.email = $12`;

const INSERT_REVISION = `
  INSERT INTO announcement_revision (announcement_id, revision, title, summary, body, category, audience, attachments,
                                     note, recorded_at, account_id)
  SELECT a.id, $3::int, a.title, a.summary, coalesce($5, a.body), c.name, a.audience, $2, $4,
         a.published_at + make_interval(days => $3::int - 1), a.created_by_account_id
    FROM announcement a JOIN announcement_category c ON c.id = a.category_id WHERE a.id = $1`;

/**
 * Which have acknowledged it, and how soon, follows from their codes: the same in every demo. Those who did within a
 * day saw it uncorrected.
 */
const INSERT_RECIPIENTS = `
  INSERT INTO announcement_recipient (registration_id, announcement_id, added_at, delivery, mailed_at, acknowledged_at,
                                      acknowledged_by, acknowledged_mailbox, acknowledged_revision)
  SELECT r.id, a.id, a.published_at, 'at-once', a.published_at,
         CASE WHEN r.yes THEN least(a.published_at + make_interval(hours => 2 + r.chance), now()) END,
         CASE WHEN r.yes THEN r.person END, CASE WHEN r.yes THEN r.mailbox END, CASE WHEN r.yes THEN CASE WHEN r.early THEN 1 ELSE a.revision END END
    FROM announcement a
    JOIN LATERAL (
      SELECT g.id, d.email AS mailbox, k.chance, k.chance < 22 AS early, k.chance < $2::int AND m.code NOT IN ('016314', '294497') AS yes,
             coalesce((SELECT p.name FROM contact p WHERE p.department_id = d.id ORDER BY p.role DESC LIMIT 1),
                      d.name) AS person
        FROM registration g
        JOIN municipality m ON m.code = g.municipality_code
        JOIN department d ON d.id = g.primary_department_id
        LEFT JOIN association s ON s.prefecture_code = m.prefecture_code AND m.type = ANY (s.municipality_types)
        CROSS JOIN LATERAL (SELECT abs(hashtext(m.code || a.title)) % 100 AS chance) k
       WHERE g.status = 'active'
         AND announcement_is_meant_for(a.audience, m.prefecture_code, m.type, s.id, m.code)) r ON true
   WHERE a.id = $1`;
