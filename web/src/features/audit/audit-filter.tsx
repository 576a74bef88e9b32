import { useQuery } from '@tanstack/react-query';
import type { FormEvent, ReactNode } from 'react';
import { Link } from 'react-router';
import { usersQuery } from '../../api/users';
import { Button, Select } from '../../ui/controls';
import { useSearchForm } from '../../ui/use-search-form';
import { EVENTS } from './event-words';
import { PeriodFields } from '../../ui/period-fields';

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
  const { values, set, next } = useSearchForm(TYPED, params);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSearch(next());
  };
  const linked = LINKED.filter((name) => params.has(name));
  return (
    <search>
      {linked.length > 0 && (
        <p className="mt-4">
          {linked.includes('registrationId') ? '1つの自治体に関する' : '1つの対象に関する'}
          記録だけを表示しています。<Link to="/staff/audit">すべての記録を見る</Link>
        </p>
      )}
      <form
        onSubmit={submit}
        className="grid items-end gap-x-4 desktop:grid-cols-2 wide:grid-cols-[1.5fr_1fr_1fr_1fr_auto]"
      >
        <Select
          id="type"
          label="できごと"
          value={values['type']}
          onChange={(event) => set('type', event.target.value)}
        >
          <option value="">すべて</option>
          {Object.entries(EVENTS).map(([type, name]) => (
            <option key={type} value={type}>
              {name}
            </option>
          ))}
        </Select>
        <Select
          id="accountId"
          label="職員"
          value={values['accountId']}
          onChange={(event) => set('accountId', event.target.value)}
        >
          <option value="">すべて</option>
          {(users.data?.items ?? []).map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
        <PeriodFields values={values} set={set} />
        <Button size="m" type="submit" className="mt-6">
          しぼり込む
        </Button>
      </form>
    </search>
  );
}
