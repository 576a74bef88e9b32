import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, ok } from '../../api/client';
import { session } from '../../api/session';
import type { SessionResponse } from '../../api/schema';
import { announce } from '../../ui/announce';
import { Button } from '../../ui/controls';
import { Loaded } from '../../ui/loaded';
import { Failed } from '../../ui/notice';
import { backToHeading } from '../../ui/page';
import { Hidden, Mailbox, Tag, When } from '../../ui/text';
import { useSend } from '../../ui/use-send';

const KEY = ['sessions', 'own'];

/** Where one is signed in, and the way to end it: the same mailbox of the same municipality is seen by all who read it. */
export function Sessions(): ReactNode {
  const queries = useQueryClient();
  const query = useQuery({
    queryKey: KEY,
    queryFn: () => ok(api.GET('/api/v1/auth/sessions')),
    staleTime: 0,
  });
  const end = useSend(async (id: string) => {
    await ok(api.DELETE('/api/v1/auth/sessions/{id}', { params: { path: { id } } }));
    announce('ログインを終わらせました。');
    await queries.invalidateQueries({ queryKey: KEY });
    backToHeading();
  });
  const endOthers = useSend(async () => {
    await ok(api.DELETE('/api/v1/auth/sessions'));
    announce('ほかのログインをすべて終わらせました。');
    await queries.invalidateQueries({ queryKey: KEY });
    backToHeading();
  });
  const leave = useSend(() => session.leave());
  return (
    <Loaded query={query}>
      {({ items }) => (
        <>
          <ul className="list mt-6 border-t-2">
            {items.map((item) => (
              <li key={item.id} className="flex flex-wrap items-center gap-x-6 gap-y-2">
                <Session item={item} />
                {item.current ? (
                  <Button size="s" pending={leave.pending} onClick={() => void leave.send()}>
                    ログアウト
                  </Button>
                ) : (
                  <Button size="s" pending={end.pending} onClick={() => void end.send(item.id)}>
                    終わらせる<Hidden>（{item.name}さん）</Hidden>
                  </Button>
                )}
              </li>
            ))}
          </ul>
          <Failed problem={end.problem ?? endOthers.problem ?? leave.problem} />
          {items.length > 1 && (
            <p className="mt-6">
              <Button size="m" pending={endOthers.pending} onClick={() => void endOthers.send()}>
                この画面のほかは、すべて終わらせる
              </Button>
            </p>
          )}
        </>
      )}
    </Loaded>
  );
}

function Session({ item }: { readonly item: SessionResponse }): ReactNode {
  return (
    <div className="mr-auto">
      <p>
        {item.name}さん　{item.current && <Tag tone="key">この画面</Tag>}
      </p>
      <p className="meta">
        <span>
          <Mailbox>{item.mailbox}</Mailbox>
        </span>
        <span>
          <When at={item.startedAt} as="time" />
          にログイン
        </span>
        <span>
          最後の操作 <When at={item.lastSeenAt} as="time" />
        </span>
      </p>
    </div>
  );
}
