import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useRef } from 'react';
import { Link } from 'react-router';
import type { AnnouncementSummaryResponse } from '../../api/schema';
import { Button, ButtonLink } from '../../ui/controls';
import { Loaded } from '../../ui/loaded';
import { Failed } from '../../ui/notice';
import { Hidden } from '../../ui/text';
import { ONE_IS_ENOUGH, useAcknowledge } from './acknowledge';
import { Marks } from './list-marks';
import { asksAgain, attentionQuery, homeQuery } from './reading-queries';

/** Beside the question of ホーム: what is new, each to be acknowledged in one click. */
export function HomeAnnouncements(): ReactNode {
  // What was acknowledged here stays until one comes back to the page.
  const query = useQuery({ ...homeQuery(), refetchOnWindowFocus: false });
  return (
    <section aria-labelledby="announcements">
      <h2 id="announcements" tabIndex={-1}>
        お知らせ
      </h2>
      <Loaded query={query}>
        {({ items }) => (
          <>
            <ul className="list">
              {items.map((item) => (
                <Item key={item.id} item={item} />
              ))}
              {items.length === 0 && <li className="quiet">確認をお待ちしているお知らせはありません。</li>}
            </ul>
            {items.some(isOneClick) && (
              <p className="small quiet mt-2">「確認しました」は、{ONE_IS_ENOUGH}</p>
            )}
          </>
        )}
      </Loaded>
      <p className="more">
        <Link to="/announcements">すべてのお知らせを見る</Link>
      </p>
    </section>
  );
}

/**
 * Near the top where the announcements stand far below, as on a phone: that there is something new, and the way there.
 */
export function NewsLine(): ReactNode {
  const { unread = 0, again = 0 } = useQuery(attentionQuery()).data ?? {};
  if (unread + again === 0) return null;
  return (
    <p className="news-line">
      {unread > 0 && <a href="#announcements">未読のお知らせ　{unread}件</a>}
      {again > 0 && <a href="#announcements">もう一度ご確認いただくお知らせ　{again}件</a>}
    </p>
  );
}

/** Among what a municipality is asked to do: one line, however many announcements wait. */
export function WaitingAnnouncements(): ReactNode {
  const { waiting = 0, again = 0 } = useQuery(attentionQuery()).data ?? {};
  if (waiting === 0) return null;
  return (
    <li>
      <Link to="/announcements?show=unacknowledged">お知らせの確認（{waiting}件）</Link>
      {again > 0 && (
        <p className="meta">
          <span>うち{again}件は、訂正がありましたので、もう一度ご確認ください</span>
        </p>
      )}
    </li>
  );
}

/** Nobody acknowledges a correction that they haven't seen: then its page comes first. */
const isOneClick = (item: AnnouncementSummaryResponse): boolean => item.acknowledgement === null;

function Item({ item }: { readonly item: AnnouncementSummaryResponse }): ReactNode {
  const { acknowledge, pending, problem } = useAcknowledge(item);
  const link = useRef<HTMLAnchorElement>(null);
  const corrected = asksAgain(item) || problem?.is('announcement-corrected') === true;
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
      {corrected && (
        <p className="mt-1">
          <ButtonLink size="s" to={`/announcements/${item.id}`}>
            訂正の内容を見て確認する<Hidden>（{item.title}）</Hidden>
          </ButtonLink>
        </p>
      )}
      {isOneClick(item) && !corrected && (
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
