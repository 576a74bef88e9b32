import { infiniteQueryOptions, type QueryKey } from '@tanstack/react-query';

/** Where to read on: nothing at first. */
type From = { readonly cursor?: string };

/** A list that is read on by pages. @param read one page of it */
export const paged = <Page extends { readonly nextCursor: string | null }>(
  queryKey: QueryKey,
  read: (from: From) => Promise<Page>,
) =>
  infiniteQueryOptions({
    queryKey,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) => read(pageParam === null ? {} : { cursor: pageParam }),
    getNextPageParam: (last) => last.nextCursor,
  });
