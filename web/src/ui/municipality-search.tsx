import { useQuery } from '@tanstack/react-query';
import { type ComponentProps, type ReactNode, useDeferredValue, useState } from 'react';
import { api, ok } from '../api/client';
import type { MunicipalityResponse } from '../api/schema';
import { TextField } from './controls';

const MOST = 8;

type Field = Omit<ComponentProps<typeof TextField>, 'value' | 'onChange' | 'autoComplete' | 'children'>;

/** Municipalities of the master as one types their name, kana or code. */
export function MunicipalitySearch({
  listClass,
  children,
  ...field
}: Field & {
  readonly listClass: string;
  /** A candidate, within a list item. */
  readonly children: (item: MunicipalityResponse) => ReactNode;
}): ReactNode {
  const [typed, setTyped] = useState('');
  const q = useDeferredValue(typed.trim());
  const found = useQuery({
    queryKey: ['municipalities', q],
    queryFn: () => ok(api.GET('/api/v1/municipalities', { params: { query: { q, limit: MOST } } })),
    enabled: q !== '',
    placeholderData: (before) => before,
  });
  const items = q === '' ? [] : (found.data?.items ?? []);
  return (
    <>
      <TextField
        {...field}
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <p className="small quiet mt-2" role="status">
        {q !== '' && found.data && foundText(items.length, found.data.total)}
      </p>
      <ul className={`mt-2 ${listClass}`}>
        {items.map((item) => (
          <li key={item.code}>{children(item)}</li>
        ))}
      </ul>
    </>
  );
}

function foundText(shown: number, total: number): string {
  if (total === 0) return '当てはまる自治体はありません。';
  return shown < total ? `候補　${total}件のうち、はじめの${shown}件` : `候補　${total}件`;
}
