import type { ReactNode } from 'react';
import { Button } from './controls';

interface MoreProps {
  readonly query: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly isFetchNextPageError: boolean;
    readonly fetchNextPage: () => Promise<unknown>;
  };
  readonly count: number;
}

/** Below a list that is read on by pages. Where that fails, what is there stays, and the button asks again. */
export function More({ query, count }: MoreProps): ReactNode {
  if (!query.hasNextPage) return null;
  return (
    <>
      <Button
        size="m"
        className="mt-6"
        pending={query.isFetchingNextPage}
        pendingText="読み込んでいます"
        onClick={() => void query.fetchNextPage()}
      >
        さらに{count}件を表示
      </Button>
      {query.isFetchNextPageError && (
        <p className="err" role="alert">
          続きを表示できませんでした。通信の状態をお確かめのうえ、もう一度押してください。
        </p>
      )}
    </>
  );
}
