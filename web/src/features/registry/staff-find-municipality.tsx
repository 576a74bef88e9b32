import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useDeferredValue, useState } from 'react';
import { api, ok } from '../../api/client';
import type { MunicipalityResponse } from '../../api/schema';
import { Button, TextField } from '../../ui/controls';
import { Hidden } from '../../ui/text';

const MOST = 8;

/** Finds a municipality in the master by its name, kana or code. */
export function FindMunicipality({
  chosen,
  error,
  onChoose,
}: {
  readonly chosen: MunicipalityResponse | null;
  readonly error?: string | undefined;
  readonly onChoose: (municipality: MunicipalityResponse | null) => void;
}): ReactNode {
  const [typed, setTyped] = useState('');
  const q = useDeferredValue(typed.trim());
  const found = useQuery({
    queryKey: ['municipalities', q],
    queryFn: () => ok(api.GET('/api/v1/municipalities', { params: { query: { q, limit: MOST } } })),
    enabled: q !== '' && chosen === null,
    placeholderData: (before) => before,
  });
  if (chosen) {
    return (
      <p className="mt-6 flex flex-wrap items-center gap-4" role="status">
        <span>
          登録する自治体{'　'}
          <b>
            {chosen.prefecture} {chosen.name}
          </b>
          （{chosen.code}）
        </span>
        <Button size="s" onClick={() => onChoose(null)}>
          選び直す
        </Button>
      </p>
    );
  }
  const items = q === '' ? [] : (found.data?.items ?? []);
  return (
    <>
      <TextField
        id="municipality"
        label="自治体"
        hint="名前、ふりがな、団体コードのどれかを入力すると、候補が出ます。"
        need="required"
        autoComplete="off"
        value={typed}
        error={error}
        onChange={(event) => setTyped(event.target.value)}
      />
      <p className="small quiet mt-2" role="status">
        {q !== '' &&
          found.data &&
          (items.length === 0 ? '当てはまる自治体はありません。' : `候補　${found.data.total}件`)}
      </p>
      <ul className="mt-2 grid gap-2">
        {items.map((item) => (
          <li key={item.code} className="flex flex-wrap items-center gap-3">
            {item.registered ? (
              <span className="quiet">
                {item.prefecture} {item.name}（登録済み）
              </span>
            ) : (
              <Button size="s" onClick={() => onChoose(item)}>
                {item.prefecture} {item.name}
                <Hidden>を選ぶ</Hidden>
              </Button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
