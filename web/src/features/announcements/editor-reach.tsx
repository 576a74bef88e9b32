import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { api, ok } from '../../api/client';
import { paged } from '../../api/paged';
import type { AnnouncementResponse, ReachPage, RecipientResponse } from '../../api/schema';
import { useAnnouncedTotal } from '../../ui/announce';
import { Loaded } from '../../ui/loaded';
import { LoadedPage } from '../../ui/loaded-page';
import { More } from '../../ui/more';
import { Page } from '../../ui/page';
import { SearchChoice, SearchForm, SearchWords } from '../../ui/search-form';
import { StackedTable } from '../../ui/table';
import { When } from '../../ui/text';
import { useSearchForm } from '../../ui/use-search-form';
import { FollowUp } from './editor-follow-up';
import { ANNOUNCEMENTS, editorOneQuery } from './editor-queries';
import { ReachBar } from './editor-reach-bar';

const PAGE = 100;
const STATUSES = [
  ['waiting', '未確認'],
  ['acknowledged', '確認済み'],
] as const;

/** 確認の状況: who has acknowledged it, who hasn't, and asking those once more. */
export default function Reach(): ReactNode {
  const { id = '' } = useParams();
  const query = useQuery(editorOneQuery(id));
  return (
    <LoadedPage query={query}>
      {(announcement) => (
        <Page
          heading="確認の状況"
          title={`${announcement.title} 確認の状況`}
          eyebrow={announcement.title}
          width="full"
          above={
            <p className="back">
              <Link className="inline-block py-0.5" to={`/staff/announcements/${id}`}>
                このお知らせへ
              </Link>
            </p>
          }
        >
          {announcement.revision === 0 ? (
            <p className="mt-6">まだ公開していません。公開すると、ここに確認の状況が出ます。</p>
          ) : (
            <Content announcement={announcement} />
          )}
        </Page>
      )}
    </LoadedPage>
  );
}

function Content({ announcement }: { readonly announcement: AnnouncementResponse }): ReactNode {
  const { id } = announcement;
  const [params, setParams] = useSearchParams();
  const filter = {
    q: params.get('q') ?? undefined,
    status: STATUSES.find(([value]) => value === params.get('status'))?.[0],
  };
  const query = useInfiniteQuery({
    ...paged([...ANNOUNCEMENTS, 'reach', id, filter], (from) =>
      ok(
        api.GET('/api/v1/announcements/{id}/reach', {
          params: {
            path: { id },
            query: { ...filter, limit: PAGE, ...from },
          },
        }),
      ),
    ),
    // The counts above it stay while another part of the list is on its way.
    placeholderData: (before) => before,
  });
  useAnnouncedTotal(
    JSON.stringify(filter),
    query.isPlaceholderData ? undefined : query.data?.pages[0]?.total,
  );
  return (
    <Loaded query={query}>
      {({ pages: [first, ...others] }) =>
        first && (
          <>
            <ReachBar reach={first} />
            <FollowUp announcement={announcement} reach={first} />
            <section className="mt-10" aria-labelledby="recipients">
              <h2 id="recipients">自治体ごとの状況</h2>
              <Search params={params} onSearch={(next) => setParams(next)} />
              <Recipients pages={[first, ...others]} />
              <More query={query} count={PAGE} />
            </section>
          </>
        )
      }
    </Loaded>
  );
}

function Search({
  params,
  onSearch,
}: {
  readonly params: URLSearchParams;
  readonly onSearch: (next: URLSearchParams) => void;
}): ReactNode {
  const search = useSearchForm(['q', 'status'], params);
  return (
    <SearchForm search={search} onSearch={onSearch} columns="desktop:grid-cols-[2fr_1fr_auto]">
      <SearchWords search={search} name="q" label="自治体の名前、ふりがな、都道府県、団体コード" />
      <SearchChoice search={search} name="status" label="確認" options={STATUSES} />
    </SearchForm>
  );
}

function Recipients({ pages }: { readonly pages: readonly ReachPage[] }): ReactNode {
  const items = pages.flatMap((page) => page.items);
  const total = pages[0]?.total ?? 0;
  if (items.length === 0) return <p className="mt-8">当てはまる自治体はありません。</p>;
  return (
    <>
      <p className="mt-6">
        <b>{total}自治体</b>
        {items.length < total && `（${items.length}自治体を表示しています）`}
      </p>
      <StackedTable caption="自治体ごとの確認の状況" heads={['自治体', '確認', '知らせ方', '再度のお願い']}>
        {items.map((item) => (
          <Recipient key={item.registrationId} item={item} />
        ))}
      </StackedTable>
    </>
  );
}

const DELIVERIES = { 'at-once': 'そのつど', digest: 'まとめて' } as const;

function Recipient({ item }: { readonly item: RecipientResponse }): ReactNode {
  const { registrationId, municipality, acknowledgement, delivery, mailedAt, followedUpAt } = item;
  return (
    <tr role="row">
      <th scope="row" role="rowheader">
        <Link to={`/staff/registrations/${registrationId}`}>{municipality}</Link>
      </th>
      <td role="cell">
        {acknowledgement === null ? (
          '未確認'
        ) : (
          <>
            {acknowledgement.counts ? '確認済み' : '未確認（訂正の前に確認）'}
            <span className="small quiet block">
              <When at={acknowledgement.at} as="time" />　{acknowledgement.byName}
            </span>
          </>
        )}
      </td>
      <td role="cell" data-l="知らせ方">
        {delivery === null ? '—' : DELIVERIES[delivery]}
        {delivery !== null && mailedAt === null && <span className="small quiet">（これから送ります）</span>}
      </td>
      <td role="cell" data-l="再度のお願い">
        {followedUpAt === null ? '—' : <When at={followedUpAt} as="time" />}
      </td>
    </tr>
  );
}
