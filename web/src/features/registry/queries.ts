import { queryOptions } from '@tanstack/react-query';
import { api, ok } from '../../api/client';

export const registrationQuery = (id: string) =>
  queryOptions({
    queryKey: ['registrations', id],
    queryFn: () => ok(api.GET('/api/v1/registrations/{id}', { params: { path: { id } } })),
  });

export const historyQuery = (id: string, asOf?: string) =>
  queryOptions({
    queryKey: ['registrations', id, 'history', asOf ?? 'all'],
    queryFn: () =>
      ok(
        api.GET('/api/v1/registrations/{id}/history', {
          params: { path: { id }, query: asOf ? { asOf } : { limit: 100 } },
        }),
      ),
  });
