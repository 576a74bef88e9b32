import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, ok } from '../../api/client';
import type { SessionResponse } from '../../api/schema';
import { announce } from '../../ui/announce';
import { Button } from '../../ui/controls';
import { Loaded } from '../../ui/loaded';
import { Failed } from '../../ui/notice';
import { Hidden, shortDateTime, Tag, When } from '../../ui/text';
import { useSend } from '../../ui/use-send';

/** Where somebody is signed in; any of it can be ended. */
export function Sessions({ accountId }: { readonly accountId: string }): ReactNode {
  const query = useQuery({
    queryKey: ['sessions', accountId],
    queryFn: () => ok(api.GET('/api/v1/sessions', { params: { query: { accountId } } })),
  });
  return (
    <section className="mt-12" aria-labelledby="sessions">
      <h2 id="sessions" tabIndex={-1}>
        いまのログイン
      </h2>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="mt-2">ログインしていません。</p>
          ) : (
            <ul className="list mt-2 border-t-2">
              {items.map((item) => (
                <Session key={item.id} session={item} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  );
}

function Session({ session }: { readonly session: SessionResponse }): ReactNode {
  const client = useQueryClient();
  const { send, pending, problem } = useSend(async () => {
    await ok(api.DELETE('/api/v1/sessions/{id}', { params: { path: { id: session.id } } }));
    return true;
  });
  const end = async (): Promise<void> => {
    if (!(await send())) return;
    announce('ログインを終わらせました。');
    document.getElementById('sessions')?.focus();
    void client.invalidateQueries({ queryKey: ['sessions'] });
  };
  return (
    <li className="flex flex-wrap items-center justify-between gap-3">
      <p>
        <When at={session.startedAt} as="time" />
        から {session.current && <Tag tone="key">このログイン</Tag>}
        <br />
        <span className="small quiet">
          最後の操作{'　'}
          <When at={session.lastSeenAt} as="time" />
        </span>
      </p>
      {!session.current && (
        <Button size="s" pending={pending} onClick={() => void end()}>
          終わらせる<Hidden>（{shortDateTime(session.startedAt)}からのログイン）</Hidden>
        </Button>
      )}
      <Failed problem={problem} />
    </li>
  );
}
