import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { api, ok } from '../../api/client';
import { Loaded } from '../../ui/loaded';
import { Tag, When } from '../../ui/text';

const MOST = 10;

/** The registration's change requests, newest first. */
export function Requests({ registrationId }: { readonly registrationId: string }): ReactNode {
  const query = useQuery({
    queryKey: ['registrations', registrationId, 'change-requests'],
    queryFn: () =>
      ok(
        api.GET('/api/v1/change-requests', {
          params: { query: { registrationId, sort: '-submittedAt', limit: MOST } },
        }),
      ),
  });
  return (
    <section aria-labelledby="requests">
      <h2 id="requests">変更届{query.data && `（${query.data.total}件）`}</h2>
      <Loaded query={query}>
        {({ items, total }) =>
          items.length === 0 ? (
            <p className="mt-3">変更届はまだありません。</p>
          ) : (
            <>
              <ul className="list">
                {items.map((item) => (
                  <li key={item.id}>
                    <p className="meta">
                      <When at={item.submittedAt} />
                      <Tag tone={item.status === 'under_review' ? 'key' : 'plain'}>{item.statusLabel}</Tag>
                    </p>
                    <Link to={`/staff/review/${item.id}`}>
                      {item.kind === 'handover' ? '引継ぎ' : '変更届'} {item.number}
                    </Link>
                    <p className="small quiet">{item.labels.slice(0, 3).join('、')}</p>
                  </li>
                ))}
              </ul>
              {total > items.length && <p className="small quiet mt-2">新しい{MOST}件を表示しています。</p>}
            </>
          )
        }
      </Loaded>
    </section>
  );
}
