import { type InfiniteData, type QueryClient, queryOptions } from '@tanstack/react-query';
import { api, ok } from '../../api/client';
import { paged } from '../../api/paged';
import type { AnnouncementPage, AnnouncementSummaryResponse } from '../../api/schema';
import { categoryChoices } from './list-categories';

/** Queries of the pages on which announcements are read. All keys begin alike: one room, one cache. */
const LISTS = ['announcements', 'list'] as const;
const ATTENTION = ['announcements', 'attention'] as const;

export const PAGE = 50;

/** As the address has it. */
export interface ListFilter {
  readonly q?: string | undefined;
  readonly categoryId?: string | undefined;
  readonly unread?: true | undefined;
  readonly acknowledged?: false | undefined;
}

export const announcementsQuery = (filter: ListFilter) =>
  paged([...LISTS, filter], (from) => listPublished({ ...filter, limit: PAGE, ...from }));

export const announcementQuery = (id: string) =>
  queryOptions({
    queryKey: ['announcements', 'one', id],
    queryFn: () => ok(api.GET('/api/v1/announcements/{id}', { params: { path: { id } } })),
  });

export const categoriesQuery = () =>
  queryOptions({
    queryKey: ['announcements', 'categories'],
    queryFn: async () => categoryChoices(await ok(api.GET('/api/v1/announcement-settings'))),
    staleTime: 60_000,
  });

/** What there is to see to, as the menu and ホーム tell it. */
export interface Attention {
  /** Nobody who reads this mailbox has opened them. */
  readonly unread: number;
  /** The municipality hasn't acknowledged them as they stand. */
  readonly waiting: number;
  /** Of those, the ones that it had acknowledged before a correction asked anew. */
  readonly again: number;
}

export const attentionQuery = () =>
  queryOptions({
    queryKey: ATTENTION,
    queryFn: async (): Promise<Attention> => {
      const [unread, waiting] = await Promise.all([listPublished({ unread: true, limit: 1 }), listWaiting()]);
      return { unread: unread.total, waiting: waiting.total, again: waiting.items.filter(asksAgain).length };
    },
    staleTime: 60_000,
  });

/** Acknowledged once, and then corrected so that it has to be looked at again. */
export const asksAgain = ({ acknowledgement }: AnnouncementSummaryResponse): boolean =>
  acknowledgement?.counts === false;

const ON_HOME = 5;
/** However many stand first, there is room for what is new. */
const PINNED_ON_HOME = 3;

/** Those that stand first, then those that wait for an acknowledgement: asked again before the newest. */
export const homeQuery = () =>
  queryOptions({
    queryKey: ['announcements', 'home'],
    queryFn: async () => {
      const [pinned, { items: waiting }] = await Promise.all([
        listPublished({ pinned: true, limit: PINNED_ON_HOME }),
        listWaiting(),
      ]);
      // An old one that was corrected stands far down by its day.
      const first = [...pinned.items, ...waiting.filter(asksAgain), ...waiting];
      const all = new Map(first.map((item) => [item.id, item]));
      return { items: [...all.values()].slice(0, ON_HOME) };
    },
  });

/** As many as a page of the list: whoever left more than that undone finds a corrected one there, by its mark. */
const listWaiting = (): Promise<AnnouncementPage> => listPublished({ acknowledged: false, limit: PAGE });

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
  // A list of unread ones may hold one fewer, and one fewer may wait. Home keeps what was acknowledged there, for as long as one looks at it.
  void client.invalidateQueries({ queryKey: LISTS });
  void client.invalidateQueries({ queryKey: ATTENTION });
}
