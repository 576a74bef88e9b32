import { queryOptions } from '@tanstack/react-query';
import { api, ok } from './client';

/** Who works at the office: their list, and names for ids in the audit log. */
export const usersQuery = () =>
  queryOptions({
    queryKey: ['users'],
    queryFn: () => ok(api.GET('/api/v1/users')),
  });
