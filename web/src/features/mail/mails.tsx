import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useSearchParams } from 'react-router';
import { api, ok } from '../../api/client';
import { paged } from '../../api/paged';
import type { MailPage } from '../../api/schema';
import { useAnnouncedTotal } from '../../ui/announce';
import { Loaded } from '../../ui/loaded';
import { More } from '../../ui/more';
import { Page } from '../../ui/page';
import { Mailbox, Tag, When } from '../../ui/text';
import { useSearchForm } from '../../ui/use-search-form';
import { MAIL_STATUSES, statusText, statusTone } from './mail-words';
import { SearchChoice, SearchForm, SearchPeriod, SearchWords } from '../../ui/search-form';
import { StackedTable } from '../../ui/table';

const PAGE = 50;

/** 送信メール: what was mailed, newest first, and what became of it. */
export default function Mails(): ReactNode {
  const [params, setParams] = useSearchParams();
  const at = (name: string): string | undefined => params.get(name) ?? undefined;
  const filter = {
    registrationId: at('registrationId'),
    status: MAIL_STATUSES.find(([value]) => value === params.get('status'))?.[0],
    q: at('q'),
    from: at('from'),
    to: at('to'),
  };
  const query = useInfiniteQuery(
    paged(['mails', filter], (from) =>
      ok(
        api.GET('/api/v1/mail/messages', {
          params: { query: { ...filter, limit: PAGE, ...from } },
        }),
      ),
    ),
  );
  const pages = query.data?.pages;
  useAnnouncedTotal(JSON.stringify(filter), pages?.[0]?.total);
  const about = pages?.[0]?.items[0]?.about.find(
    ({ registrationId }) => registrationId === filter.registrationId,
  );
  return (
    <Page heading="送信メール" title="送信メール" width="full">
      {filter.registrationId && (
        <p className="mt-2">
          <Link to={`/staff/registrations/${filter.registrationId}`}>
            {about?.municipality ?? 'この自治体'}
          </Link>
          に関するメールだけを表示しています。
          <Link to="/staff/mail">すべてのメールを見る</Link>
        </p>
      )}
      <Search params={params} onSearch={(next) => setParams(next)} />
      <Loaded query={query}>{(data) => <Found pages={data.pages} />}</Loaded>
      <More query={query} count={PAGE} />
    </Page>
  );
}

function Search({
  params,
  onSearch,
}: {
  readonly params: URLSearchParams;
  readonly onSearch: (next: URLSearchParams) => void;
}): ReactNode {
  const search = useSearchForm(['q', 'status', 'from', 'to'], params);
  return (
    <SearchForm
      search={search}
      onSearch={onSearch}
      columns="desktop:grid-cols-2 wide:grid-cols-[2fr_1fr_1fr_1fr_auto]"
    >
      <SearchWords search={search} name="q" label="宛先または件名" />
      <SearchChoice search={search} name="status" label="状態" options={MAIL_STATUSES} />
      <SearchPeriod search={search} />
    </SearchForm>
  );
}

function Found({ pages }: { readonly pages: readonly MailPage[] }): ReactNode {
  const items = pages.flatMap((page) => page.items);
  const total = pages[0]?.total ?? 0;
  if (items.length === 0) {
    return <p className="mt-8">当てはまるメールはありません。しぼり込みを減らしてお試しください。</p>;
  }
  return (
    <>
      <p className="mt-8">
        <b>{total}件</b>
        {items.length < total && `（新しい${items.length}件を表示しています）`}
      </p>
      <StackedTable caption="送信メール" heads={['日時', '件名', '宛先', '状態']}>
        {items.map((item) => (
          <tr key={item.id} role="row">
            <td role="cell">
              <When at={item.queuedAt} as="time" />
            </td>
            <th scope="row" role="rowheader" className="!font-normal">
              <Link to={`/staff/mail/${item.id}`}>{item.subject}</Link>
            </th>
            <td role="cell">
              <Mailbox>{item.recipient}</Mailbox>
            </td>
            <td role="cell">
              <Tag tone={statusTone(item.status)}>{statusText(item.status)}</Tag>
            </td>
          </tr>
        ))}
      </StackedTable>
    </>
  );
}
