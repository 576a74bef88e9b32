import { queryOptions } from '@tanstack/react-query';
import { api, ok } from '../../api/client';

/** All that is read of campaigns begins with this, so that one step makes all of it stale. */
export const CAMPAIGNS = ['campaigns'] as const;

export const campaignQuery = (id: string) =>
  queryOptions({
    queryKey: [...CAMPAIGNS, 'one', id],
    queryFn: () => ok(api.GET('/api/v1/campaigns/{id}', { params: { path: { id } } })),
  });

export const progressQuery = (id: string) =>
  queryOptions({
    queryKey: [...CAMPAIGNS, 'progress', id],
    queryFn: () => ok(api.GET('/api/v1/campaigns/{id}/progress', { params: { path: { id } } })),
  });

/** @param version the preview is of: another plan is another preview */
export const previewQuery = (id: string, version: number, step?: string) =>
  queryOptions({
    queryKey: [...CAMPAIGNS, 'preview', id, version, step ?? null],
    queryFn: () =>
      ok(
        api.GET('/api/v1/campaigns/{id}/preview', { params: { path: { id }, query: step ? { step } : {} } }),
      ),
    // Real mails are shown: whoever looks at them is noted, and so they aren't read anew behind anybody's back.
    refetchOnWindowFocus: false,
  });

/** What a new plan begins from. */
export const proposalQuery = () =>
  queryOptions({
    queryKey: [...CAMPAIGNS, 'proposal'],
    queryFn: () => ok(api.GET('/api/v1/campaigns/proposal')),
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  });

export const campaignSettingsQuery = () =>
  queryOptions({
    queryKey: ['campaign-settings'],
    queryFn: () => ok(api.GET('/api/v1/campaign-settings')),
  });
