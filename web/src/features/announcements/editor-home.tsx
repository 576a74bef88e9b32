import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { api, ok } from '../../api/client';
import type { AnnouncementSummaryResponse } from '../../api/schema';
import { When } from '../../ui/text';
import { ANNOUNCEMENTS } from './editor-queries';
import type { State } from './editor-words';

const useSome = (state: State, limit: number): readonly AnnouncementSummaryResponse[] =>
  useQuery({
    queryKey: [...ANNOUNCEMENTS, 'editor-list', 'home', state],
    queryFn: () => ok(api.GET('/api/v1/announcements', { params: { query: { state, limit } } })),
  }).data?.items ?? [];

/** What an editor has begun, what is about to go out, and how far the newest have got. */
export function EditorHome(): ReactNode {
  const items = [...useSome('scheduled', 3), ...useSome('draft', 3), ...useSome('published', 3)];
  return (
    <section aria-labelledby="announcements">
      <h2 id="announcements">お知らせ</h2>
      <ul className="list">
        {items.map((item) => (
          <li key={item.id}>
            <Link to={`/staff/announcements/${item.id}`}>{item.title}</Link>
            <p className="meta">
              <Standing item={item} />
            </p>
          </li>
        ))}
      </ul>
      <p className="more">
        <Link className="inline-block py-0.5" to="/staff/announcements/new">
          新しいお知らせを書く
        </Link>
      </p>
    </section>
  );
}

function Standing({ item }: { readonly item: AnnouncementSummaryResponse }): ReactNode {
  if (item.state === 'scheduled' && item.publishAt !== null) {
    return (
      <span>
        <When at={item.publishAt} as="time" />
        に公開
      </span>
    );
  }
  if (item.state === 'draft') {
    return (
      <span>
        下書き{'　'}
        <When at={item.changedAt} as="time" />
      </span>
    );
  }
  return (
    <span>
      確認済み {item.reach?.acknowledged ?? 0}／{item.reach?.recipients ?? 0}
    </span>
  );
}
