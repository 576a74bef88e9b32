import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useRef } from 'react';
import { Link } from 'react-router';
import type { AnnouncementSummaryResponse } from '../../api/schema';
import { Button } from '../../ui/controls';
import { Loaded } from '../../ui/loaded';
import { Failed } from '../../ui/notice';
import { Hidden } from '../../ui/text';
import { ONE_IS_ENOUGH, useAcknowledge } from './acknowledge';
import { Marks } from './list-marks';
import { homeQuery } from './reading-queries';

/** Beside the question of ホーム: what is new, each to be acknowledged in one click. */
export function HomeAnnouncements(): ReactNode {
  // What was acknowledged here stays until one comes back to the page.
  const query = useQuery({ ...homeQuery(), refetchOnWindowFocus: false });
  return (
    <section aria-labelledby="announcements">
      <h2 id="announcements">お知らせ</h2>
      <Loaded query={query}>
        {({ items }) => (
          <>
            <ul className="list">
              {items.map((item) => (
                <Item key={item.id} item={item} />
              ))}
              {items.length === 0 && <li className="quiet">確認をお待ちしているお知らせはありません。</li>}
            </ul>
            {items.some(isWaiting) && <p className="small quiet mt-2">「確認しました」は、{ONE_IS_ENOUGH}</p>}
          </>
        )}
      </Loaded>
      <p className="more">
        <Link to="/announcements">すべてのお知らせを見る</Link>
      </p>
    </section>
  );
}

const isWaiting = ({ acknowledgement }: AnnouncementSummaryResponse): boolean =>
  acknowledgement?.counts !== true;

function Item({ item }: { readonly item: AnnouncementSummaryResponse }): ReactNode {
  const { acknowledge, pending, problem } = useAcknowledge(item);
  const link = useRef<HTMLAnchorElement>(null);
  const press = async (): Promise<void> => {
    // The button goes; its neighbour is what it was about.
    if (await acknowledge()) link.current?.focus();
  };
  return (
    <li>
      <p className="meta marks">
        <Marks item={item} />
      </p>
      <p>
        <Link to={`/announcements/${item.id}`} ref={link}>
          {item.title}
        </Link>
      </p>
      {isWaiting(item) && (
        <p className="mt-1">
          <Button size="s" pending={pending} onClick={() => void press()}>
            確認しました<Hidden>（{item.title}）</Hidden>
          </Button>
        </p>
      )}
      <Failed problem={problem} />
    </li>
  );
}
