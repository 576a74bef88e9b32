import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useSearchParams } from 'react-router';
import { api, ok } from '../../api/client';
import { paged } from '../../api/paged';
import type { AnnouncementPage, AnnouncementSummaryResponse } from '../../api/schema';
import { useAnnouncedTotal } from '../../ui/announce';
import { ButtonLink } from '../../ui/controls';
import { Loaded } from '../../ui/loaded';
import { More } from '../../ui/more';
import { Page } from '../../ui/page';
import { SearchChoice, SearchForm, SearchWords } from '../../ui/search-form';
import { StackedTable } from '../../ui/table';
import { Tag, When } from '../../ui/text';
import { useSearchForm } from '../../ui/use-search-form';
import { ANNOUNCEMENTS, announcementSettingsQuery } from './editor-queries';
import { STATE_TONES, STATES } from './editor-words';
import { categoryChoices } from './list-categories';

const PAGE = 50;

/** All announcements, drafts and ended ones as well, for those who write them. */
export default function List(): ReactNode {
  const [params, setParams] = useSearchParams();
  const filter = {
    q: params.get('q') ?? undefined,
    categoryId: params.get('categoryId') ?? undefined,
    state: STATES.find(([value]) => value === params.get('state'))?.[0],
  };
  const query = useInfiniteQuery(
    paged([...ANNOUNCEMENTS, 'editor-list', filter], (from) =>
      ok(
        api.GET('/api/v1/announcements', {
          params: { query: { ...filter, limit: PAGE, ...from } },
        }),
      ),
    ),
  );
  useAnnouncedTotal(JSON.stringify(filter), query.data?.pages[0]?.total);
  return (
    <Page heading="お知らせの編集" title="お知らせの編集" width="full">
      <p className="mt-4 flex flex-wrap items-center gap-x-6 gap-y-3">
        <ButtonLink size="m" main to="/staff/announcements/new">
          新しいお知らせを書く
        </ButtonLink>
        <Link className="inline-block py-0.5" to="/staff/announcements/settings">
          分類と添付ファイルの設定
        </Link>
      </p>
      <Search params={params} onSearch={(next) => setParams(next)} />
      <Loaded query={query}>
        {({ pages }) => <Found pages={pages} filtered={Object.values(filter).some(Boolean)} />}
      </Loaded>
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
  const search = useSearchForm(['q', 'state', 'categoryId'], params);
  const settings = useQuery(announcementSettingsQuery()).data;
  const categories = settings ? categoryChoices(settings) : [];
  return (
    <SearchForm
      search={search}
      onSearch={onSearch}
      columns="desktop:grid-cols-2 wide:grid-cols-[2fr_1fr_1fr_auto]"
    >
      <SearchWords search={search} name="q" label="言葉" />
      <SearchChoice search={search} name="state" label="状態" options={STATES} />
      <SearchChoice
        search={search}
        name="categoryId"
        label="分類"
        options={categories.map(({ id, name }) => [id, name])}
      />
    </SearchForm>
  );
}

function Found({
  pages,
  filtered,
}: {
  readonly pages: readonly AnnouncementPage[];
  readonly filtered: boolean;
}): ReactNode {
  const items = pages.flatMap((page) => page.items);
  const total = pages[0]?.total ?? 0;
  if (items.length === 0) {
    return (
      <p className="mt-8">
        {filtered
          ? '当てはまるお知らせはありません。言葉を短くするか、しぼり込みを減らしてお試しください。'
          : 'お知らせはまだありません。「新しいお知らせを書く」から始められます。'}
      </p>
    );
  }
  return (
    <>
      <p className="mt-8">
        <b>{total}件</b>
        {items.length < total && `（${items.length}件を表示しています）`}
      </p>
      <StackedTable caption="お知らせ" heads={['表題', '状態', '分類', '日付', '確認済み／対象']}>
        {items.map((item) => (
          <Row key={item.id} item={item} />
        ))}
      </StackedTable>
    </>
  );
}

function Row({ item }: { readonly item: AnnouncementSummaryResponse }): ReactNode {
  const { id, title, state, stateLabel, category, pinned, attachmentCount, correctedAt, reach, revision } =
    item;
  return (
    <tr role="row">
      <th scope="row" role="rowheader">
        <Link to={`/staff/announcements/${id}`}>{title}</Link>
        {(pinned || attachmentCount > 0) && (
          <span className="small quiet block">
            {[pinned && '先頭に固定', attachmentCount > 0 && `添付 ${attachmentCount}件`]
              .filter(Boolean)
              .join('　')}
          </span>
        )}
      </th>
      <td role="cell">
        <Tag tone={STATE_TONES[state]}>{stateLabel}</Tag>
        {correctedAt !== null && <span className="small quiet block">訂正あり</span>}
      </td>
      <td role="cell" data-l="分類">
        {category.name}
      </td>
      <td role="cell">
        <Dates item={item} />
      </td>
      <td role="cell" className="num">
        {reach !== null && revision > 0 && (
          <Link to={`/staff/announcements/${id}/reach`}>
            確認済み {reach.acknowledged}／{reach.recipients}
          </Link>
        )}
      </td>
    </tr>
  );
}

/** The one that matters in its state, and when it was touched last. */
function Dates({ item }: { readonly item: AnnouncementSummaryResponse }): ReactNode {
  const { state, publishAt, publishedAt, expiresAt, changedAt } = item;
  return (
    <>
      {state === 'scheduled' && publishAt !== null && (
        <span className="block">
          公開予定{'　'}
          <When at={publishAt} as="time" />
        </span>
      )}
      {publishedAt !== null && (
        <span className="block">
          掲載日{'　'}
          <When at={publishedAt} />
        </span>
      )}
      {expiresAt !== null && (
        <span className="block">
          掲載の終わり{'　'}
          <When at={expiresAt} as="until" />
        </span>
      )}
      <span className="small quiet block">
        最終更新{'　'}
        <When at={changedAt} as="time" />
      </span>
    </>
  );
}
