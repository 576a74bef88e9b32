import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { usersQuery } from '../../api/users';
import { SearchChoice, SearchForm, SearchPeriod } from '../../ui/search-form';
import { useSearchForm } from '../../ui/use-search-form';
import { EVENTS } from './event-words';

const TYPED = ['type', 'accountId', 'from', 'to'] as const;

/** What stands in the address besides: links lead here from a registration or an event. */
const LINKED = ['subjectId', 'registrationId'] as const;

export function AuditFilter({
  params,
  onSearch,
}: {
  readonly params: URLSearchParams;
  readonly onSearch: (next: URLSearchParams) => void;
}): ReactNode {
  const users = useQuery(usersQuery());
  const search = useSearchForm(TYPED, params);
  const linked = LINKED.filter((name) => params.has(name));
  return (
    <>
      {linked.length > 0 && (
        <p className="mt-4">
          {linked.includes('registrationId') ? '1つの自治体に関する' : '1つの対象に関する'}
          記録だけを表示しています。<Link to="/staff/audit">すべての記録を見る</Link>
        </p>
      )}
      <SearchForm
        search={search}
        onSearch={onSearch}
        columns="desktop:grid-cols-2 wide:grid-cols-[1.5fr_1fr_1fr_1fr_auto]"
        press="しぼり込む"
      >
        <SearchChoice search={search} name="type" label="できごと" options={Object.entries(EVENTS)} />
        <SearchChoice
          search={search}
          name="accountId"
          label="職員"
          options={(users.data?.items ?? []).map(({ id, name }) => [id, name])}
        />
        <SearchPeriod search={search} />
      </SearchForm>
    </>
  );
}
