import { queryOptions } from '@tanstack/react-query';
import { api, ok } from './client';

/** What the office has set: several rooms begin their reasons from its templates. */
export const settingsQuery = () =>
  queryOptions({
    queryKey: ['settings'],
    queryFn: () => ok(api.GET('/api/v1/settings')),
    staleTime: 60_000,
  });
