import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { SearchChoice, SearchForm, SearchWords } from '../../ui/search-form';
import { useSearchForm } from '../../ui/use-search-form';
import { categoriesQuery, type ListFilter } from './reading-queries';

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

const SHOWN = [
  ['unread', '未読だけ'],
  ['unacknowledged', '未確認だけ'],
] as const;

/** @returns what the address asks for; what it can't mean is left out */
export function toFilter(params: URLSearchParams, member: boolean): ListFilter {
  const category = params.get('category') ?? '';
  const show = member ? params.get('show') : null;
  return {
    q: params.get('q')?.slice(0, 100) || undefined,
    categoryId: UUID.test(category) ? category : undefined,
    unread: show === 'unread' || undefined,
    acknowledged: show === 'unacknowledged' ? false : undefined,
  };
}

/** Everything of it stands in the address, so that it can be kept, and the way back leads to it. */
export function ListSearch({
  params,
  member,
  onSearch,
}: {
  readonly params: URLSearchParams;
  readonly member: boolean;
  readonly onSearch: (next: URLSearchParams) => void;
}): ReactNode {
  const search = useSearchForm(['q', 'category', 'show'], params);
  const categories = useQuery(categoriesQuery()).data ?? [];
  const { category = '' } = search.values;
  const unknown = category !== '' && !categories.some(({ id }) => id === category);
  return (
    <SearchForm
      search={search}
      onSearch={onSearch}
      columns={`grid-cols-2 ${member ? 'desktop:grid-cols-[2fr_1fr_1fr_auto]' : 'desktop:grid-cols-[2fr_1fr_auto]'}`}
      pressClass={member ? 'col-span-2 desktop:col-span-1' : ''}
    >
      <div className="col-span-2 desktop:col-span-1">
        <SearchWords search={search} name="q" label="さがす言葉" maxLength={100} />
      </div>
      <SearchChoice
        search={search}
        name="category"
        label="分類"
        options={[
          ...(unknown ? [[category, '（使われていない分類）'] as const] : []),
          ...categories.map(({ id, name }) => [id, name] as const),
        ]}
      />
      {member && <SearchChoice search={search} name="show" label="表示" options={SHOWN} />}
    </SearchForm>
  );
}
