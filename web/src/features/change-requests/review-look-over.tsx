import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { api, ok } from '../../api/client';
import type { ChangeRequestSummaryResponse } from '../../api/schema';
import { announce } from '../../ui/announce';
import { Button } from '../../ui/controls';
import { Loaded } from '../../ui/loaded';
import { Failed } from '../../ui/notice';
import { Hidden, When } from '../../ui/text';
import { useSend } from '../../ui/use-send';
import { toLookOverQuery } from './review-queries';
import { Undo } from './review-undo';

/** What the rules let pass at once, for somebody to look over afterwards. */
export function LookOver(): ReactNode {
  const query = useQuery(toLookOverQuery());
  return (
    <section className="mt-12" aria-labelledby="look-over">
      <h2 id="look-over" tabIndex={-1}>
        事後確認待ちの変更{query.data && `（${query.data.total}件）`}
      </h2>
      <p className="small quiet">
        規則により、内容確認の前に反映された変更です。メールでのお知らせは済んでいます。
      </p>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="mt-4">
              事後確認待ちの変更はありません。どの項目がすぐに反映されるかは、
              <Link to="/staff/settings">設定</Link>で確かめられます。
            </p>
          ) : (
            <ul className="list mt-3 border-t-2">
              {items.map((item) => (
                <Item key={item.id} item={item} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  );
}

function Item({ item }: { readonly item: ChangeRequestSummaryResponse }): ReactNode {
  const [undoing, setUndoing] = useState(false);
  return (
    <li>
      <p className="meta">
        <When at={item.submittedAt} as="time" />
        <span>{item.proposedByName}</span>
        <span>{item.number}</span>
      </p>
      <Link to={`/staff/review/${item.id}`} className="font-bold">
        {item.municipality}
      </Link>
      <p className="small">{item.labels.join('、')}</p>
      <div className="mt-2 flex flex-wrap items-center gap-3">
        <LookedOver id={item.id} about={item.municipality} />
        <Button size="s" aria-expanded={undoing} onClick={() => setUndoing(!undoing)}>
          取り消す届出<Hidden>（{item.municipality}）</Hidden>
        </Button>
      </div>
      {undoing && <Undo id={item.id} onClose={() => setUndoing(false)} />}
    </li>
  );
}

/** One click: nothing is changed by it. */
export function LookedOver({ id, about }: { readonly id: string; readonly about: string }): ReactNode {
  const client = useQueryClient();
  const { send, pending, problem } = useSend(() =>
    ok(api.POST('/api/v1/change-requests/{id}/look-over', { params: { path: { id } } })),
  );
  const look = async (): Promise<void> => {
    if (!(await send())) return;
    announce(`${about}の変更を事後確認済みにしました。`);
    // The button goes with its line: whoever pressed it goes on at the list's heading.
    document.getElementById('look-over')?.focus();
    void client.invalidateQueries({ queryKey: ['review'] });
    void client.invalidateQueries({ queryKey: ['tasks'] });
  };
  return (
    <>
      <Button size="s" main pending={pending} onClick={() => void look()}>
        確認しました<Hidden>（{about}）</Hidden>
      </Button>
      <Failed problem={problem} />
    </>
  );
}
