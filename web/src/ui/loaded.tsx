import { type UseQueryResult, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { asProblem } from '../api/problem';
import { Button } from './controls';
import { Notice } from './notice';

/** Nothing is said before this; most answers are there by then. Milliseconds. */
const QUIET_MS = 300;
/** After this a person may want to ask again. Milliseconds. */
const SLOW_MS = 10_000;

function useElapsed(ms: number): boolean {
  const [elapsed, setElapsed] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setElapsed(true), ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return elapsed;
}

export function Loading({ retry }: { readonly retry?: () => void }): ReactNode {
  const late = useElapsed(QUIET_MS);
  const slow = useElapsed(SLOW_MS);
  return (
    <div role="status" className="min-h-40 py-8 quiet">
      {late && <p>{slow ? '時間がかかっています。' : '読み込んでいます。'}</p>}
      {slow && retry && (
        <p className="mt-4">
          <Button size="s" onClick={retry}>
            もう一度読み込む
          </Button>
        </p>
      )}
    </div>
  );
}

/** What was asked for, once it is there; until then that it is on its way, or why it isn't. */
export function Loaded<T>({
  query,
  children,
}: {
  readonly query: UseQueryResult<T>;
  readonly children: (data: T) => ReactNode;
}): ReactNode {
  const queries = useQueryClient();
  const retry = async (): Promise<void> => {
    // One that is still on its way would only be waited for again.
    await queries.cancelQueries({ fetchStatus: 'fetching' });
    await query.refetch();
  };
  if (query.data !== undefined) return children(query.data);
  if (query.isPending) return <Loading retry={() => void retry()} />;
  const problem = asProblem(query.error);
  return (
    <Notice tone="bad" title="表示できませんでした" className="mt-6" live>
      <p>{problem.code === 'unreachable' ? '通信の状態をお確かめください。' : problem.message}</p>
      {problem.status !== 404 && problem.status !== 403 && (
        <p className="mt-4">
          <Button size="s" onClick={() => void retry()}>
            もう一度読み込む
          </Button>
        </p>
      )}
    </Notice>
  );
}
