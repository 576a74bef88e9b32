import { queryOptions } from '@tanstack/react-query';
import { api, ok } from '../../api/client';

/** What one's own municipality is asked, if anything. */
export const ownQuestionQuery = () =>
  queryOptions({
    queryKey: ['own-question'],
    queryFn: () => ok(api.GET('/api/v1/me/question')),
  });
