import { queryOptions } from '@tanstack/react-query';
import { api, ok } from '../../api/client';
import type { AudienceDto } from '../../api/schema';

/** All that is read of announcements begins with this, so that one step makes all of it stale. */
export const ANNOUNCEMENTS = ['announcements'] as const;

export const editorOneQuery = (id: string) =>
  queryOptions({
    queryKey: [...ANNOUNCEMENTS, 'editor', id],
    queryFn: () => ok(api.GET('/api/v1/announcements/{id}', { params: { path: { id } } })),
  });

export const announcementSettingsQuery = () =>
  queryOptions({
    queryKey: ['announcement-settings'],
    queryFn: () => ok(api.GET('/api/v1/announcement-settings')),
  });

export const revisionsQuery = (id: string) =>
  queryOptions({
    queryKey: [...ANNOUNCEMENTS, 'revisions', id],
    queryFn: () => ok(api.GET('/api/v1/announcements/{id}/revisions', { params: { path: { id } } })),
  });

/** How many of those whom it is for hear of it, and how. */
export interface ToldCounts {
  readonly recipients: number;
  readonly acknowledged: number;
  /** They had its mail, or have found it: a correction is mailed to them. */
  readonly told: number;
  /** Their daily mail is still to come, and will say what is right by then. */
  readonly waiting: number;
}

export const toldCountsQuery = (id: string) =>
  queryOptions({
    queryKey: [...ANNOUNCEMENTS, 'told', id],
    queryFn: async (): Promise<ToldCounts> => {
      // The numbers alone: whoever is shown a name is noted as having read it.
      const { recipients, acknowledged, told, waitingForDigest } = await ok(
        api.GET('/api/v1/announcements/{id}/reach', {
          params: { path: { id }, query: { status: 'waiting', limit: 1 } },
        }),
      );
      return { recipients, acknowledged, told, waiting: waitingForDigest };
    },
    staleTime: 0,
  });

/** @param version the mail is of: another one is another mail */
export const mailPreviewQuery = (id: string, version: number) =>
  queryOptions({
    queryKey: [...ANNOUNCEMENTS, 'mail', id, version],
    queryFn: () => ok(api.GET('/api/v1/announcements/{id}/mail-preview', { params: { path: { id } } })),
  });

export const audienceCountQuery = (audience: AudienceDto) =>
  queryOptions({
    queryKey: ['audience-count', audience],
    queryFn: () => ok(api.POST('/api/v1/announcements/audience-counts', { body: audience })),
  });
