import { useQuery } from '@tanstack/react-query';
import type { FormEvent, ReactNode } from 'react';
import { Button, Select, TextField } from '../../ui/controls';
import { useSearchForm } from '../../ui/use-search-form';
import { categoriesQuery, type ListFilter } from './reading-queries';

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

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
  const { values, set, next } = useSearchForm(['q', 'category', 'show'], params);
  const categories = useQuery(categoriesQuery()).data ?? [];
  const { category = '' } = values;
  const unknown = category !== '' && !categories.some(({ id }) => id === category);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSearch(next());
  };
  return (
    <search>
      <form
        onSubmit={submit}
        className={`grid grid-cols-2 items-end gap-x-4 ${member ? 'desktop:grid-cols-[2fr_1fr_1fr_auto]' : 'desktop:grid-cols-[2fr_1fr_auto]'}`}
      >
        <div className="col-span-2 desktop:col-span-1">
          <TextField
            id="q"
            label="さがす言葉"
            className="m"
            type="search"
            maxLength={100}
            autoComplete="off"
            value={values['q']}
            onChange={(event) => set('q', event.target.value)}
          />
        </div>
        <Select
          id="category"
          label="分類"
          value={category}
          onChange={(event) => set('category', event.target.value)}
        >
          <option value="">すべて</option>
          {unknown && <option value={category}>（使われていない分類）</option>}
          {categories.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
        {member && (
          <Select
            id="show"
            label="表示"
            value={values['show']}
            onChange={(event) => set('show', event.target.value)}
          >
            <option value="">すべて</option>
            <option value="unread">未読だけ</option>
            <option value="unacknowledged">未確認だけ</option>
          </Select>
        )}
        <Button size="m" type="submit" className={`mt-6 ${member ? 'col-span-2 desktop:col-span-1' : ''}`}>
          さがす
        </Button>
      </form>
    </search>
  );
}
