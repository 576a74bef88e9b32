import { createHash } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import type { AttachedResponse } from '../../src/announcements/attachment.dto.js';
import { searchTextOf } from '../../src/announcements/announcement-search.js';
import { Database } from '../../src/platform/database/database.service.js';
import type { Answer, CallOptions } from '../setup/client.js';
import type { TestPortal } from '../setup/test-portal.js';
import type { SignedIn } from './people.js';

/** Writes an announcement as it stands after publication, or as a draft or an ended one. @returns its id */
export async function insertAnnouncement(
  { app }: TestPortal,
  {
    state = 'published',
    recipients = [],
    title = '全国連携講演会のご案内',
  }: {
    state?: 'draft' | 'published' | 'archived';
    /** Registrations. */
    recipients?: readonly string[];
    title?: string;
  } = {},
): Promise<string> {
  const id = uuidv7();
  const summary = '講演会を開きます。';
  const body = '## 日時\n\n8月28日';
  const searchText = searchTextOf({ title, summary, body, attachments: [] });
  const out = state !== 'draft';
  await app.get(Database).asSystem('test', async (tx) => {
    await tx.execute(
      `INSERT INTO announcement (id, state, title, summary, body, category_id, audience, published_at, archived_at,
                                 revision, search_text)
       SELECT $1, $2, $3, $4, $5, (SELECT id FROM announcement_category ORDER BY position LIMIT 1), '{"kind": "all"}',
              CASE WHEN $6 THEN now() END, CASE WHEN $2 = 'archived' THEN now() END, $6::boolean::int, $7`,
      [id, state, title, summary, body, out, searchText],
    );
    for (const registrationId of recipients)
      await tx.execute(
        'INSERT INTO announcement_recipient (registration_id, announcement_id) VALUES ($1, $2)',
        [registrationId, id],
      );
  });
  return id;
}

/** The least that passes for a PDF. */
export const SMALL_PDF = Buffer.from('%PDF-1.7\n%%EOF\n');

/** Writes a file as it stands after it came in full. @returns its id */
export async function insertAttachment(
  { app }: TestPortal,
  announcementId: string,
  name: string,
  content = SMALL_PDF,
): Promise<string> {
  const id = uuidv7();
  await app.get(Database).asSystem('test', async (tx) => {
    await tx.execute(
      `INSERT INTO announcement_attachment (id, announcement_id, name, media_type, bytes, sha256, added_at)
       VALUES ($1, $2, $3, 'application/pdf', $4, $5, now())`,
      [id, announcementId, name, content.length, createHash('sha256').update(content).digest()],
    );
    await tx.execute(
      'INSERT INTO announcement_attachment_chunk (attachment_id, position, content) VALUES ($1, 0, $2)',
      [id, content],
    );
  });
  return id;
}

export const FILE_HEADERS = { 'content-type': 'application/octet-stream' };

export const attachmentsPath = (announcementId: string, name?: string): string =>
  `/announcements/${announcementId}/attachments${name === undefined ? '' : `?name=${encodeURIComponent(name)}`}`;

/** Attaches a file as the page does. */
export const attach = <T = AttachedResponse>(
  { client }: SignedIn,
  announcementId: string,
  name: string,
  content: string | Uint8Array<ArrayBuffer> = SMALL_PDF,
  options: CallOptions = {},
): Promise<Answer<T>> =>
  client.post<T>(attachmentsPath(announcementId, name), { raw: content, headers: FILE_HEADERS, ...options });

export interface Download {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
}

export async function download(
  { origin }: TestPortal,
  { client }: SignedIn,
  announcementId: string,
  attachmentId: string,
): Promise<Download> {
  const response = await fetch(`${origin}/api/v1${attachmentsPath(announcementId)}/${attachmentId}`, {
    headers: { authorization: `Bearer ${client.token}` },
  });
  return {
    status: response.status,
    headers: response.headers,
    bytes: Buffer.from(await response.arrayBuffer()),
  };
}

/** So many bytes that begin and end as a PDF does. */
export function pdfOf(bytes: number, filling: Buffer): Buffer<ArrayBuffer> {
  const file = Buffer.alloc(bytes, filling);
  file.write('%PDF-1.7\n', 0);
  file.write('\n%%EOF\n', bytes - 7);
  return file;
}
