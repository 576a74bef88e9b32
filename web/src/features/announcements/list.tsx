import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useAccount } from '../../api/hooks';
import type { AnnouncementPage, AnnouncementSummaryResponse } from '../../api/schema';
import { useAnnouncedTotal } from '../../ui/announce';
import { Loaded } from '../../ui/loaded';
import { More } from '../../ui/more';
import { Page } from '../../ui/page';
import { Delivery } from './delivery';
import { Marks } from './list-marks';
import { ListSearch, toFilter } from './list-search';
import { announcementsQuery, type ListFilter, PAGE } from './reading-queries';

/** お知らせ: what is out and meant for whoever reads this, pinned ones first, then the newest. */
export default function Announcements(): ReactNode {
  const account = useAccount();
  const member = account.kind === 'member';
  const [params, setParams] = useSearchParams();
  const filter = toFilter(params, member);
  const query = useInfiniteQuery(announcementsQuery(filter));
  useAnnouncedTotal(JSON.stringify(filter), query.data?.pages[0]?.total);
  return (
    <Page heading="お知らせ" title="お知らせ" eyebrow={account.municipality}>
      {member && (
        <p className="mt-3 no-print">
          <a className="inline-block py-0.5" href="#delivery">
            メールでのお届けのしかたを選ぶ
          </a>
        </p>
      )}
      <ListSearch params={params} member={member} onSearch={(next) => setParams(next)} />
      <Loaded query={query}>{(data) => <Found pages={data.pages} filter={filter} />}</Loaded>
      <More query={query} count={PAGE} />
      {member && <Delivery registrationId={account.registrationId as string} />}
    </Page>
  );
}

function Found({
  pages,
  filter,
}: {
  readonly pages: readonly AnnouncementPage[];
  readonly filter: ListFilter;
}): ReactNode {
  const items = pages.flatMap((page) => page.items);
  const total = pages[0]?.total ?? 0;
  if (items.length === 0) return <Nothing filter={filter} />;
  return (
    <>
      <p className="mt-8">
        <b>{total}件</b>
        {items.length < total && `（はじめの${items.length}件を表示しています）`}
      </p>
      <ul className="list announcements mt-3 border-t-2">
        {items.map((item) => (
          <li key={item.id}>
            <Item item={item} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Item({ item }: { readonly item: AnnouncementSummaryResponse }): ReactNode {
  return (
    <>
      <p className="meta marks">
        <Marks item={item} />
      </p>
      <h2>
        <Link to={`/announcements/${item.id}`}>{item.title}</Link>
      </h2>
      <p className="small whitespace-pre-line">{item.summary}</p>
      {item.attachmentCount > 0 && <p className="small quiet">添付ファイル {item.attachmentCount}件</p>}
    </>
  );
}

/** Says what to do next: a list without a word looks broken. */
function Nothing({ filter }: { readonly filter: ListFilter }): ReactNode {
  const { q, categoryId, unread, acknowledged } = filter;
  const all = (
    <p className="mt-4">
      <Link to="/announcements">すべてのお知らせを見る</Link>
    </p>
  );
  if (q === undefined && categoryId === undefined) {
    if (unread)
      return (
        <div className="mt-8">
          <p>未読のお知らせはありません。</p>
          {all}
        </div>
      );
    if (acknowledged === false) {
      return (
        <div className="mt-8">
          <p>すべてのお知らせが確認済みです。</p>
          {all}
        </div>
      );
    }
    return (
      <p className="mt-8">
        いま掲載しているお知らせはありません。新しいお知らせは、ここに載るほか、登録されているアドレスにメールでお届けします。
      </p>
    );
  }
  return (
    <div className="mt-8">
      <p>当てはまるお知らせはありません。言葉を短くするか、しぼり込みを減らしてお試しください。</p>
      {all}
    </div>
  );
}
