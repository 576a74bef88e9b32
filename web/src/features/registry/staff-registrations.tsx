import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useIsReviewer } from '../../api/hooks';
import { announce } from '../../ui/announce';
import { Button, ButtonLink } from '../../ui/controls';
import { Loaded } from '../../ui/loaded';
import { Page } from '../../ui/page';
import { Filters } from './staff-filters';
import { allRegistrationsQuery, type Filter, type RegistrationList, search } from './staff-search';
import { RegistrationsTable } from './staff-table';

/** Rows at a time: so many are drawn anew within a frame while somebody types; see bench/typing.mjs. */
const STEP = 30;
/** What is typed goes into the address a moment later: browsers take only so many changes of it. */
const PAUSE_MS = 300;

/** Until the list is there. */
const NOTHING: RegistrationList = { lines: [], freshMonths: 0 };

/** 登録自治体: the whole list is held by the page and searched as one types. */
export default function Registrations(): ReactNode {
  const [params, setParams] = useSearchParams();
  const reviewer = useIsReviewer();
  const status = params.get('status') === 'withdrawn' ? 'withdrawn' : 'active';
  const query = useQuery(allRegistrationsQuery(status));
  const [q, setQ] = useState(params.get('q') ?? '');
  useEffect(() => {
    const timer = setTimeout(
      () => setParams(withParam('q', q), { replace: true, preventScrollReset: true }),
      PAUSE_MS,
    );
    return () => clearTimeout(timer);
    // Only what is typed starts the clock.
  }, [q]);
  const set = useCallback(
    (name: string, value: string): void => setParams(withParam(name, value), { replace: true }),
    [setParams],
  );
  const filter: Filter = {
    q: useDeferredValue(q),
    prefecture: params.get('prefecture') ?? '',
    type: params.get('type') ?? '',
    association: params.get('association') ?? '',
    freshness: params.get('freshness') ?? '',
    sort: params.get('sort') ?? '',
  };
  return (
    <Page heading="登録自治体" title="登録自治体" width="full">
      {reviewer && (
        <p className="mt-4">
          <ButtonLink size="m" to="/staff/registrations/new">
            自治体を登録する
          </ButtonLink>
        </p>
      )}
      <Filters
        q={q}
        onType={setQ}
        filter={filter}
        status={status}
        set={set}
        registered={query.data ?? NOTHING}
      />
      <Loaded query={query}>
        {(registered) => (
          <Found
            registered={registered}
            filter={filter}
            withdrawn={status === 'withdrawn'}
            onClear={() => {
              setQ('');
              setParams({}, { replace: true });
            }}
          />
        )}
      </Loaded>
    </Page>
  );
}

/** From the address as it stands now: what a page remembers of it may be a moment old. */
function withParam(name: string, value: string): URLSearchParams {
  const next = new URLSearchParams(window.location.search);
  if (value === '') next.delete(name);
  else next.set(name, value);
  return next;
}

function Found({
  registered: { lines, freshMonths },
  filter,
  withdrawn,
  onClear,
}: {
  readonly registered: RegistrationList;
  readonly filter: Filter;
  readonly withdrawn: boolean;
  readonly onClear: () => void;
}): ReactNode {
  const key = Object.values(filter).join('\n');
  // The filter's parts are its only content.
  const found = useMemo(() => search(lines, filter), [lines, key]);
  const [shown, setShown] = useState({ key, count: STEP });
  const count = shown.key === key ? shown.count : STEP;
  useAnnounced(found.length);
  if (found.length === 0) {
    return (
      <div className="mt-8">
        <p>当てはまる自治体はありません。言葉を短くするか、しぼり込みを減らしてお試しください。</p>
        <p className="mt-4 flex flex-wrap items-center gap-4">
          <Button size="s" onClick={onClear}>
            しぼり込みをやめる
          </Button>
          {!withdrawn && <Link to="/staff/registrations?status=withdrawn">退会した自治体を見る</Link>}
        </p>
      </div>
    );
  }
  const more = found.length - count;
  return (
    <>
      <p className="mt-8">
        <b>{found.length}件</b>
        {found.length < lines.length && <span className="quiet">（{lines.length}件のうち）</span>}
      </p>
      <RegistrationsTable lines={found} count={count} freshMonths={freshMonths} withdrawn={withdrawn} />
      {more > 0 && (
        <div className="mt-6 flex flex-wrap items-center gap-4">
          <span className="quiet">
            {found.length}件のうち{count}件を表示しています。
          </span>
          {more > STEP && (
            <Button size="s" onClick={() => setShown({ key, count: count + STEP })}>
              さらに{STEP}件を表示
            </Button>
          )}
          <Button size="s" onClick={() => setShown({ key, count: found.length })}>
            すべて表示（残り{more}件）
          </Button>
        </div>
      )}
    </>
  );
}

/** Said once typing rests, and not for what was there when one came. */
function useAnnounced(count: number): void {
  const [first] = useState(count);
  const [said, setSaid] = useState(false);
  useEffect(() => {
    if (!said && count === first) return undefined;
    const timer = setTimeout(() => {
      setSaid(true);
      announce(`${count}件が当てはまります。`);
    }, 700);
    return () => clearTimeout(timer);
  }, [count, first, said]);
}
