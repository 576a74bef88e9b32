import { useQuery } from '@tanstack/react-query';
import { memo, type ReactNode, useMemo } from 'react';
import { api, ok } from '../../api/client';
import { Select, TextField } from '../../ui/controls';
import { monthsText } from '../../ui/months';
import { TYPES } from './staff-words';
import type { Filter, RegistrationList, RegistrationStatus } from './staff-search';

interface FiltersProps {
  readonly q: string;
  readonly onType: (q: string) => void;
  readonly filter: Filter;
  readonly status: RegistrationStatus;
  readonly set: (name: string, value: string) => void;
  readonly registered: RegistrationList;
}

type Options = readonly (readonly [string, string])[];

/** Until the list is there, nobody knows within how many months. */
const freshnessOptions = (months: number): Options => [
  ['fresh', months === 0 ? '新しい' : `${monthsText(months)}以内に確認`],
  ['stale', months === 0 ? '古い' : `${monthsText(months)}以上前`],
  ['unknown', '確認の記録なし'],
];

const TYPE_OPTIONS: Options = Object.entries(TYPES);
const WITHDRAWN: Options = [['withdrawn', '退会']];
const OLDEST_FIRST: Options = [['confirmed', '確認が古い順']];

/** All of them stand in the address, so that a search can be kept and passed on. */
export function Filters({ q, onType, filter, status, set, registered }: FiltersProps): ReactNode {
  const { lines, freshMonths } = registered;
  const associations = useQuery({
    queryKey: ['associations'],
    queryFn: () => ok(api.GET('/api/v1/associations')),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const prefectures = useMemo(
    () =>
      [...new Map(lines.map(({ row }) => [row.prefectureCode, row.prefecture]))].toSorted(([a], [b]) =>
        a.localeCompare(b),
      ),
    [lines],
  );
  const freshness = useMemo(() => freshnessOptions(freshMonths), [freshMonths]);
  const unions = useMemo<Options>(
    () => (associations.data?.items ?? []).map(({ id, name }) => [id, name]),
    [associations.data],
  );
  return (
    <search>
      <TextField
        id="q"
        label="さがす"
        hint="名前、ふりがな、都道府県、団体コード。言葉を空白で区切ると、しぼり込めます。"
        type="search"
        width="full"
        autoComplete="off"
        className="max-w-xl"
        value={q}
        onChange={(event) => onType(event.target.value)}
      />
      <div className="grid grid-cols-2 gap-x-4 desktop:grid-cols-3 wide:grid-cols-6">
        <One name="prefecture" label="都道府県" value={filter.prefecture} options={prefectures} set={set} />
        <One name="type" label="種別" value={filter.type} options={TYPE_OPTIONS} set={set} />
        <One
          name="association"
          label="市長会・町村会"
          value={filter.association}
          options={unions}
          set={set}
        />
        <One name="freshness" label="最後の確認" value={filter.freshness} options={freshness} set={set} />
        <One
          name="status"
          label="登録の状態"
          value={status === 'active' ? '' : status}
          options={WITHDRAWN}
          all="登録中"
          set={set}
        />
        <One
          name="sort"
          label="並び順"
          value={filter.sort}
          options={OLDEST_FIRST}
          all="団体コード順"
          set={set}
        />
      </div>
    </search>
  );
}

/** Not drawn anew for each letter of the search. */
const One = memo(function One({
  name,
  label,
  value,
  options,
  all = 'すべて',
  set,
}: {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly options: Options;
  readonly all?: string;
  readonly set: (name: string, value: string) => void;
}): ReactNode {
  // An address may name what the list doesn't hold (yet).
  const known = value === '' || options.some(([option]) => option === value);
  return (
    <Select id={name} label={label} value={value} onChange={(event) => set(name, event.target.value)}>
      <option value="">{all}</option>
      {!known && <option value={value}>（{value}）</option>}
      {options.map(([option, text]) => (
        <option key={option} value={option}>
          {text}
        </option>
      ))}
    </Select>
  );
});
