import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { api, ok } from '../../api/client';
import { paged } from '../../api/paged';
import type { CampaignResponse, TargetPage, TargetResponse } from '../../api/schema';
import { useAnnouncedTotal } from '../../ui/announce';
import { Loaded } from '../../ui/loaded';
import { LoadedPage } from '../../ui/loaded-page';
import { More } from '../../ui/more';
import { Page } from '../../ui/page';
import { PREFECTURES } from '../../ui/prefectures';
import { SearchChoice, SearchForm, SearchWords } from '../../ui/search-form';
import { StackedTable } from '../../ui/table';
import { Tag, When } from '../../ui/text';
import { useSearchForm } from '../../ui/use-search-form';
import { CAMPAIGNS, campaignQuery } from './queries';
import { ANSWERS, groupedNumber, LEFT, STATUSES } from './words';

const PAGE = 50;
const TONES = { open: 'plain', checking: 'key', answered: 'ok', left: 'plain' } as const;

/** 対象の自治体: whom a campaign asks, and what became of it. */
export default function Targets(): ReactNode {
  const { id = '' } = useParams();
  const query = useQuery({ ...campaignQuery(id), refetchOnWindowFocus: false });
  return <LoadedPage query={query}>{(campaign) => <Found campaign={campaign} />}</LoadedPage>;
}

function Found({ campaign: { id, title } }: { readonly campaign: CampaignResponse }): ReactNode {
  const [params, setParams] = useSearchParams();
  const filter = {
    q: params.get('q') ?? undefined,
    prefecture: params.get('prefecture') ?? undefined,
    status: STATUSES.find(([value]) => value === params.get('status'))?.[0],
  };
  const query = useInfiniteQuery(
    paged([...CAMPAIGNS, 'targets', id, filter], (from) =>
      ok(
        api.GET('/api/v1/campaigns/{id}/targets', {
          params: {
            path: { id },
            query: { ...filter, limit: PAGE, ...from },
          },
        }),
      ),
    ),
  );
  useAnnouncedTotal(JSON.stringify(filter), query.data?.pages[0]?.total);
  return (
    <Page
      heading="対象の自治体"
      title={`${title} 対象の自治体`}
      width="full"
      eyebrow={title}
      above={
        <p className="back">
          <Link className="inline-block py-0.5" to={`/staff/campaigns/${id}`}>
            {title}
          </Link>
        </p>
      }
    >
      <Search params={params} onSearch={(next) => setParams(next)} />
      <Loaded query={query}>{({ pages }) => <Table pages={pages} />}</Loaded>
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
  const search = useSearchForm(['q', 'status', 'prefecture'], params);
  return (
    <SearchForm
      search={search}
      onSearch={onSearch}
      columns="desktop:grid-cols-2 wide:grid-cols-[2fr_1fr_1fr_auto]"
    >
      <SearchWords search={search} name="q" label="名前、ふりがな、団体コード、番号" />
      <SearchChoice search={search} name="status" label="状態" options={STATUSES} />
      <SearchChoice search={search} name="prefecture" label="都道府県" options={[...PREFECTURES]} />
    </SearchForm>
  );
}

function Table({ pages }: { readonly pages: readonly TargetPage[] }): ReactNode {
  const items = pages.flatMap((page) => page.items);
  const total = pages[0]?.total ?? 0;
  if (items.length === 0) {
    return <p className="mt-8">当てはまる自治体はありません。しぼり込みを減らしてお試しください。</p>;
  }
  return (
    <>
      <p className="mt-8">
        <b>{total}件</b>
        {items.length < total && `（${items.length}件を表示しています）`}
      </p>
      <StackedTable caption="対象の自治体" heads={['自治体', '番号', '状態', 'メール']}>
        {items.map((item) => (
          <Row key={item.registrationId} item={item} />
        ))}
      </StackedTable>
    </>
  );
}

function Row({ item }: { readonly item: TargetResponse }): ReactNode {
  const { registrationId, municipality, number, status, toCall } = item;
  return (
    <tr role="row">
      <th scope="row" role="rowheader">
        <Link to={`/staff/registrations/${registrationId}`}>{municipality}</Link>
      </th>
      <td role="cell" className="num nb" data-l="番号">
        {groupedNumber(number)}
      </td>
      <td role="cell">
        <Tag tone={TONES[status]}>{STATUSES.find(([value]) => value === status)?.[1]}</Tag>
        {toCall && status === 'open' && (
          <>
            {' '}
            <Tag tone="warn">電話リスト</Tag>
          </>
        )}
        <What item={item} />
      </td>
      <td role="cell" data-l="メール">
        <MailsSoFar item={item} />
      </td>
    </tr>
  );
}

function What({ item: { answer, answeredAt, leftBecause } }: { readonly item: TargetResponse }): ReactNode {
  if (answer !== null) {
    return (
      <span className="small quiet block">
        {answeredAt && <When at={answeredAt} as="time" />}　{ANSWERS[answer]}
      </span>
    );
  }
  return leftBecause !== null && <span className="small quiet block">{LEFT[leftBecause]}</span>;
}

function MailsSoFar({ item: { mails, lastMailAt, reached } }: { readonly item: TargetResponse }): ReactNode {
  if (mails === 0) return 'まだ';
  return (
    <>
      {mails}通{reached === false && '　届いていません'}
      {lastMailAt && (
        <span className="small quiet block">
          最後は
          <When at={lastMailAt} as="time" />
        </span>
      )}
    </>
  );
}
