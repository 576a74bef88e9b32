import type { Actor } from '../platform/access/viewer.js';
import type {
  AcknowledgementResponse,
  AnnouncementResponse,
  AnnouncementSummaryResponse,
  ReachCountsResponse,
  RevisionResponse,
} from './announcement.dto.js';
import { isAcknowledged } from './announcement.policy.js';
import { STATE_LABELS } from './announcement.state.js';
import type {
  AnnouncementDetailRow,
  AnnouncementRow,
  Reader,
  RevisionRow,
} from './announcements.repository.js';
import { toAudienceDto } from './audience.dto.js';

/** Staff read for nobody: what is unread or acknowledged is a municipality's. */
export const readerOf = (actor: Actor): Reader =>
  actor.kind === 'member'
    ? { registrationId: actor.registrationId, mailboxKey: actor.mailbox.toLowerCase() }
    : { registrationId: null, mailboxKey: null };

export function toSummary(row: AnnouncementRow, reader: Reader): AnnouncementSummaryResponse {
  const member = reader.registrationId !== null;
  return {
    id: row.id,
    state: row.state,
    stateLabel: STATE_LABELS[row.state],
    title: row.title,
    summary: row.summary,
    category: { id: row.categoryId, name: row.category },
    pinned: row.pinned,
    publishedAt: row.publishedAt,
    publishAt: row.publishAt,
    expiresAt: row.expiresAt,
    correctedAt: row.correctedAt,
    revision: row.revision,
    attachmentCount: row.attachmentCount,
    unread: member ? row.unread : null,
    acknowledgement: member ? acknowledgementOf(row, row) : null,
    reach: row.recipients === null ? null : reachOf(row),
    changedAt: row.changedAt,
  };
}

/** Of one that nobody was told of yet, nothing. */
export const reachOf = ({ recipients, acknowledged, followedUp }: AnnouncementRow): ReachCountsResponse => ({
  recipients: recipients ?? 0,
  acknowledged: acknowledged ?? 0,
  followedUp: followedUp ?? 0,
});

export function toResponse(row: AnnouncementDetailRow, reader: Reader): AnnouncementResponse {
  const staff = reader.registrationId === null;
  return {
    ...toSummary(row, reader),
    version: row.version,
    body: row.body,
    corrections: row.corrections.map(({ revision, at, note }) => ({ revision, at: new Date(at), note })),
    attachments: row.attachments,
    audience: staff ? toAudienceDto(row.audience) : null,
    changedByName: staff ? row.changedByName : null,
  };
}

export const toRevision = ({ audience, ...row }: RevisionRow): RevisionResponse => ({
  ...row,
  audience: toAudienceDto(audience),
});

interface Acknowledged {
  readonly acknowledgedAt: Date | null;
  readonly acknowledgedBy: string | null;
  readonly acknowledgedRevision: number | null;
}

/** @returns what a municipality has acknowledged, and whether it still counts */
export function acknowledgementOf(
  { acknowledgedAt, acknowledgedBy, acknowledgedRevision }: Acknowledged,
  announcement: { readonly acknowledgeFrom: number },
): AcknowledgementResponse | null {
  if (acknowledgedAt === null || acknowledgedBy === null || acknowledgedRevision === null) return null;
  return {
    at: acknowledgedAt,
    byName: acknowledgedBy,
    revision: acknowledgedRevision,
    counts: isAcknowledged(acknowledgedRevision, announcement),
  };
}
