import {
  type InfiniteData,
  infiniteQueryOptions,
  type QueryClient,
  queryOptions,
} from '@tanstack/react-query';
import { api, ok } from '../../api/client';
import type { AnnouncementPage, AnnouncementSummaryResponse } from '../../api/schema';

/** Queries of the pages on which announcements are read. All keys begin alike: one room, one cache. */
const LISTS = ['announcements', 'list'] as const;
const UNREAD = ['announcements', 'unread'] as const;

export const PAGE = 50;

/** As the address has it. */
export interface ListFilter {
  readonly q?: string | undefined;
  readonly categoryId?: string | undefined;
  readonly unread?: true | undefined;
  readonly acknowledged?: false | undefined;
}

export const announcementsQuery = (filter: ListFilter) =>
  infiniteQueryOptions({
    queryKey: [...LISTS, filter],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }): Promise<AnnouncementPage> =>
      listPublished({ ...filter, limit: PAGE, ...(pageParam !== null && { cursor: pageParam }) }),
    getNextPageParam: (last) => last.nextCursor,
  });

export const announcementQuery = (id: string) =>
  queryOptions({
    queryKey: ['announcements', 'one', id],
    queryFn: () => ok(api.GET('/api/v1/announcements/{id}', { params: { path: { id } } })),
  });

export const categoriesQuery = () =>
  queryOptions({
    queryKey: ['announcements', 'categories'],
    queryFn: async () => (await ok(api.GET('/api/v1/announcement-settings'))).categories,
    staleTime: 60_000,
  });

/** For the menu: how many nobody who reads this mailbox has opened. */
export const unreadCountQuery = () =>
  queryOptions({
    queryKey: UNREAD,
    queryFn: async () => (await listPublished({ unread: true, limit: 1 })).total,
    staleTime: 60_000,
  });

const ON_HOME = 5;
/** However many stand first, there is room for what is new. */
const PINNED_ON_HOME = 3;

/** Those that stand first, then the newest that wait for an acknowledgement. */
export const homeQuery = () =>
  queryOptions({
    queryKey: ['announcements', 'home'],
    queryFn: async () => {
      const [pinned, waiting] = await Promise.all([
        listPublished({ pinned: true, limit: PINNED_ON_HOME }),
        listPublished({ acknowledged: false, limit: ON_HOME }),
      ]);
      const all = new Map([...pinned.items, ...waiting.items].map((item) => [item.id, item]));
      return { items: [...all.values()].slice(0, ON_HOME) };
    },
  });

type Query = ListFilter & { readonly pinned?: true; readonly limit: number; readonly cursor?: string };

const listPublished = (query: Query): Promise<AnnouncementPage> =>
  ok(api.GET('/api/v1/announcements', { params: { query: { state: 'published', ...definedOf(query) } } }));

const definedOf = (query: Query): Record<string, unknown> =>
  Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));

/** Something about it that the server knows by now, wherever the page has it. */
export function noteChange(
  client: QueryClient,
  id: string,
  change: Partial<Pick<AnnouncementSummaryResponse, 'unread' | 'acknowledgement'>>,
): void {
  const changed = <T extends AnnouncementSummaryResponse>(item: T): T =>
    item.id === id ? { ...item, ...change } : item;
  client.setQueriesData<InfiniteData<AnnouncementPage>>(
    { queryKey: LISTS },
    (data) =>
      data && { ...data, pages: data.pages.map((page) => ({ ...page, items: page.items.map(changed) })) },
  );
  client.setQueryData(homeQuery().queryKey, (data) => data && { items: data.items.map(changed) });
  client.setQueryData(announcementQuery(id).queryKey, (data) => data && changed(data));
  // A list of unread ones may hold one fewer. Home keeps what was acknowledged there, for as long as one looks at it.
  void client.invalidateQueries({ queryKey: LISTS });
  void client.invalidateQueries({ queryKey: UNREAD });
}
