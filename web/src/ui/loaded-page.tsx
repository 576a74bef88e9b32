import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { asProblem } from '../api/problem';
import { Loaded } from './loaded';
import { Page } from './page';

const nothing = (): ReactNode => null;

/** A page about one thing: its heading comes with the thing, or says that there is none to show. */
export function LoadedPage<T>({
  query,
  children,
}: {
  readonly query: UseQueryResult<T>;
  readonly children: (data: T) => ReactNode;
}): ReactNode {
  if (query.data !== undefined) return children(query.data);
  if (query.isError && asProblem(query.error).code === 'malformed') {
    return (
      <Page heading="見つかりませんでした" title="見つかりませんでした" width="narrow">
        <p className="lead">
          アドレスの一部が欠けているようです。もとのメールや一覧から、もう一度お開きください。
        </p>
      </Page>
    );
  }
  if (query.isError) {
    return (
      <Page heading="このページは表示できません" title="表示できません" width="narrow">
        <Loaded query={query}>{nothing}</Loaded>
      </Page>
    );
  }
  return (
    <div className="wrap">
      <Loaded query={query}>{nothing}</Loaded>
    </div>
  );
}
