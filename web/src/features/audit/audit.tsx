import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { api, ok } from '../../api/client';
import { paged } from '../../api/paged';
import type { AuditEventPage as AuditPage, paths } from '../../api/schema';
import { useAnnouncedTotal } from '../../ui/announce';
import { Loaded } from '../../ui/loaded';
import { More } from '../../ui/more';
import { Page } from '../../ui/page';
import { AuditFilter } from './audit-filter';
import { Event } from './event';

type Query = NonNullable<paths['/api/v1/audit-events']['get']['parameters']['query']>;

const PAGE = 50;
const NAMES = ['type', 'subjectId', 'registrationId', 'accountId', 'from', 'to'] as const;

/** 監査ログ: what happened, newest first. */
export default function Audit(): ReactNode {
  const [params, setParams] = useSearchParams();
  const filter = Object.fromEntries(
    NAMES.flatMap((name) => {
      const value = params.get(name);
      return value ? [[name, value]] : [];
    }),
  ) as Query;
  const query = useInfiniteQuery(
    paged(['audit', filter], (from) =>
      ok(
        api.GET('/api/v1/audit-events', {
          params: { query: { ...filter, limit: PAGE, ...from } },
        }),
      ),
    ),
  );
  useAnnouncedTotal(JSON.stringify(filter), query.data?.pages[0]?.total);
  return (
    <Page
      heading="監査ログ"
      title="監査ログ"
      width="full"
      lead="だれが、いつ、何をしたかの記録です。書き換えられたときに分かるよう、つなげて封をしてあります。"
    >
      <AuditFilter params={params} onSearch={setParams} />
      <Loaded query={query}>{({ pages }) => <Found pages={pages} />}</Loaded>
      <More query={query} count={PAGE} />
    </Page>
  );
}

function Found({ pages }: { readonly pages: readonly AuditPage[] }): ReactNode {
  const events = pages.flatMap((page) => page.items);
  const total = pages[0]?.total ?? 0;
  return (
    <>
      <p className="mt-8">
        {total === 0 ? (
          '当てはまる記録はありません。しぼり込みを減らしてお試しください。'
        ) : (
          <>
            <b>{total}件</b>
            {events.length < total && `（新しい${events.length}件を表示しています）`}
          </>
        )}
      </p>
      <ol className="list mt-3 border-t-2">
        {events.map((event) => (
          <Event key={event.id} event={event} />
        ))}
      </ol>
    </>
  );
}
