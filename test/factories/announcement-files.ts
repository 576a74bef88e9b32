import { createHash } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { withConnection } from '../../src/platform/database/database-roles.js';
import type { TestPortal } from '../setup/test-portal.js';

export interface TestFile {
  readonly name: string;
  readonly mediaType: string;
  readonly content: string;
}

export const PDF: TestFile = {
  name: '開催要項（令和8年度）.pdf',
  mediaType: 'application/pdf',
  content: `%PDF-1.7\n${'要項'.repeat(30_000)}`,
};

export const EXCEL: TestFile = {
  name: '参加申込書.xlsx',
  mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  content: 'x'.repeat(1_258_291),
};

/** As it stands when it has come in full; for whoever reads, how it came is all one. @returns its id */
export async function addFile(
  portal: TestPortal,
  announcementId: string,
  { name, mediaType, content }: TestFile,
): Promise<string> {
  const id = uuidv7();
  const bytes = Buffer.from(content);
  await withConnection(portal.database.adminUrl, async (admin) => {
    await admin.query(
      `INSERT INTO announcement_attachment (id, announcement_id, name, media_type, bytes, sha256, added_at)
       VALUES ($1, $2, $3, $4, $5, $6, now())`,
      [id, announcementId, name, mediaType, bytes.length, createHash('sha256').update(bytes).digest()],
    );
    await admin.query(
      'INSERT INTO announcement_attachment_chunk (attachment_id, position, content) VALUES ($1, 0, $2)',
      [id, bytes],
    );
  });
  return id;
}
