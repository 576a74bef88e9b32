import { Injectable } from '@nestjs/common';
import { counted } from '../platform/database/counted.js';
import type { Tx } from '../platform/database/tx.js';
import type { AnnouncementsQuery } from './announcement.dto.js';
import type { AnnouncementState } from './announcement.state.js';
import { likePatterns } from '../platform/text/search-text.js';
import type { Audience } from './audience.js';

/** Who looks: a member's own marks are read with each announcement. */
export interface Reader {
  /** null for staff. */
  readonly registrationId: string | null;
  /** In lower case; null for staff. */
  readonly mailboxKey: string | null;
}

/** What a list shows of one. */
export interface AnnouncementRow {
  readonly id: string;
  readonly state: AnnouncementState;
  readonly title: string;
  readonly summary: string;
  readonly categoryId: string;
  readonly category: string;
  readonly pinned: boolean;
  readonly publishedAt: Date | null;
  readonly publishAt: Date | null;
  readonly expiresAt: Date | null;
  readonly correctedAt: Date | null;
  readonly revision: number;
  readonly acknowledgeFrom: number;
  readonly attachmentCount: number;
  readonly unread: boolean;
  readonly acknowledgedAt: Date | null;
  readonly acknowledgedBy: string | null;
  readonly acknowledgedRevision: number | null;
  readonly recipients: number | null;
  readonly acknowledged: number | null;
  readonly followedUp: number | null;
  readonly changedAt: Date;
}

export interface AnnouncementDetailRow extends AnnouncementRow {
  readonly version: number;
  readonly body: string;
  readonly audience: Audience;
  readonly changedByName: string | null;
  readonly corrections: { revision: number; at: string; note: string }[];
  readonly attachments: { id: string; name: string; mediaType: string; bytes: number }[];
}

export interface RevisionRow {
  readonly revision: number;
  readonly title: string;
  readonly summary: string;
  readonly body: string;
  readonly category: string;
  readonly audience: Audience;
  readonly attachments: string[];
  readonly note: string | null;
  readonly recordedAt: Date;
  readonly byName: string | null;
}

/** A row with what the list is sorted by. */
export type ListedRow = AnnouncementRow & { readonly pin: number; readonly at: string };

/** Reads. Row-level security decides whose they are: no statement here says who may see what. */
@Injectable()
export class AnnouncementsRepository {
  /**
   * Pinned ones that are out first, then by publication, newest first; what isn't out yet by its time to come or its
   * last change.
   *
   * @param after sort keys of the last one seen
   */
  async list(
    tx: Tx,
    reader: Reader,
    query: AnnouncementsQuery & { after: readonly string[] | null },
  ): Promise<{ rows: ListedRow[]; total: number }> {
    const [pin = null, at = null, id = null] = query.after ?? [];
    const rows = await tx.query<ListedRow & { total: number }>(
      listStatement({ ...query, member: reader.registrationId !== null }),
      [
        reader.registrationId,
        reader.mailboxKey,
        likePatterns(query.q),
        query.state ?? null,
        query.categoryId ?? null,
        query.pinned ?? null,
        pin,
        at,
        id,
        query.limit + 1,
      ],
    );
    return counted(rows, (row) => (row.id as string | null) !== null);
  }

  /** null for what the viewer may not see. */
  async find(tx: Tx, reader: Reader, id: string): Promise<AnnouncementDetailRow | null> {
    const [row] = await tx.query<AnnouncementDetailRow>(FIND, [reader.registrationId, reader.mailboxKey, id]);
    return row ?? null;
  }

  /** Newest first. */
  async listRevisions(tx: Tx, id: string): Promise<RevisionRow[]> {
    return tx.query<RevisionRow>(
      `SELECT r.revision, r.title, r.summary, r.body, r.category, r.audience, r.attachments, r.note,
              r.recorded_at AS "recordedAt", a.name AS "byName"
         FROM announcement_revision r LEFT JOIN account a ON a.id = r.account_id
        WHERE r.announcement_id = $1 ORDER BY r.revision DESC`,
      [id],
    );
  }
}

/** Meant for a municipality that is registered today, and not acknowledged as it is to be. */
const COUNTS = `
  SELECT count(*)::int AS recipients,
         (count(*) FILTER (WHERE n.acknowledged_revision >= a.acknowledge_from))::int AS acknowledged,
         (count(*) FILTER (WHERE n.followed_up_revision >= a.acknowledge_from
                             AND (n.acknowledged_revision >= a.acknowledge_from) IS NOT TRUE))::int AS "followedUp"
    FROM announcement_recipient n JOIN registration g ON g.id = n.registration_id AND g.status = 'active'
   WHERE n.announcement_id = a.id AND n.removed_at IS NULL`;

/** $1 and $2 are the member's registration and mailbox. */
const ROW = `
  a.id, a.state, a.title, a.summary, a.category_id AS "categoryId", c.name AS category, a.pinned,
  a.published_at AS "publishedAt", a.publish_at AS "publishAt", a.expires_at AS "expiresAt", a.revision,
  a.acknowledge_from AS "acknowledgeFrom", a.changed_at AS "changedAt",
  (SELECT max(v.recorded_at) FROM announcement_revision v WHERE v.announcement_id = a.id AND v.revision > 1)
    AS "correctedAt",
  (SELECT count(*)::int FROM announcement_attachment f
    WHERE f.announcement_id = a.id AND f.added_at IS NOT NULL AND f.removed_at IS NULL) AS "attachmentCount",
  NOT EXISTS (SELECT FROM announcement_reading d
               WHERE d.registration_id = $1::uuid AND d.mailbox_key = $2 AND d.announcement_id = a.id) AS unread,
  r.acknowledged_at AS "acknowledgedAt", r.acknowledged_by AS "acknowledgedBy",
  r.acknowledged_revision AS "acknowledgedRevision",
  counts.recipients, counts.acknowledged, counts."followedUp"`;

const JOINS = `
  JOIN announcement_category c ON c.id = a.category_id
  LEFT JOIN announcement_recipient r
    ON r.registration_id = $1::uuid AND r.announcement_id = a.id AND r.removed_at IS NULL
  LEFT JOIN LATERAL (${COUNTS}) counts ON $1::uuid IS NULL AND a.revision > 0`;

const FIND = `
  SELECT ${ROW}, a.version, a.body, a.audience, w.name AS "changedByName",
         (SELECT coalesce(json_agg(json_build_object('revision', v.revision,
                   'at', to_char(v.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                   'note', v.note) ORDER BY v.revision DESC), '[]')
            FROM announcement_revision v WHERE v.announcement_id = a.id AND v.revision > 1) AS corrections,
         (SELECT coalesce(json_agg(json_build_object('id', f.id, 'name', f.name, 'mediaType', f.media_type,
                   'bytes', f.bytes) ORDER BY f.id), '[]')
            FROM announcement_attachment f
           WHERE f.announcement_id = a.id AND f.added_at IS NOT NULL AND f.removed_at IS NULL) AS attachments
    FROM announcement a ${JOINS}
    LEFT JOIN account w ON w.id = a.changed_by_account_id
   WHERE a.id = $3`;

interface ListOptions {
  readonly member: boolean;
  readonly unread?: boolean;
  readonly acknowledged?: boolean;
}

/** Conditions that cost a look at another table are left out of the statement where they don't apply. */
function listStatement({ member, unread, acknowledged }: ListOptions): string {
  const own = member && acknowledged !== undefined;
  const conditions = [
    '($4::text IS NULL OR a.state = $4)',
    '($5::uuid IS NULL OR a.category_id = $5)',
    '($6::boolean IS NULL OR a.pinned = $6)',
    'a.search_text LIKE ALL ($3::text[])',
    ...(own
      ? [`coalesce(m.acknowledged_revision >= a.acknowledge_from, false) = ${String(acknowledged)}`]
      : []),
    ...(member && unread !== undefined
      ? [
          `NOT EXISTS (SELECT FROM announcement_reading d WHERE d.registration_id = $1::uuid
             AND d.mailbox_key = $2 AND d.announcement_id = a.id) = ${String(unread)}`,
        ]
      : []),
  ];
  return `
  WITH matched AS (
    SELECT a.id, (a.pinned AND a.state = 'published')::int AS pin,
           coalesce(a.published_at, a.publish_at, a.changed_at) AS sorted_at
      FROM announcement a
      ${own ? 'LEFT JOIN announcement_recipient m ON m.registration_id = $1::uuid AND m.announcement_id = a.id' : ''}
     WHERE ${conditions.join(' AND ')})
  SELECT counted.total, page.*
    FROM (SELECT count(*)::int AS total FROM matched) counted
    LEFT JOIN LATERAL (
      SELECT shown.pin, to_char(shown.sorted_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at, ${ROW}
        FROM (SELECT * FROM matched
               WHERE $7::int IS NULL OR (pin, sorted_at, id) < ($7::int, $8::timestamptz, $9::uuid)
               ORDER BY pin DESC, sorted_at DESC, id DESC LIMIT $10) shown
        JOIN announcement a ON a.id = shown.id ${JOINS}
       ORDER BY shown.pin DESC, shown.sorted_at DESC, shown.id DESC) page ON true`;
}
