import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import type { ChangeRequestPage } from '../../api/schema';
import { Select } from '../../ui/controls';
import { Loaded } from '../../ui/loaded';
import { Page } from '../../ui/page';
import { Detail } from './review-detail';
import { useReviewKeys } from './review-keys';
import { Queue, queueName } from './review-queue';
import { QUEUES, queueQuery, requestQuery, type Status } from './review-queries';

/** The list has nothing to mark. */
const nothing = (): void => {};

/** 内容確認: what waits on the left, one of them on the right; on narrow screens each is a page. */
export default function Review(): ReactNode {
  const { id = null } = useParams();
  const [search] = useSearchParams();
  const status = QUEUES.find(([value]) => value === search.get('status'))?.[0] ?? 'under_review';
  return id === null ? <List status={status} /> : <Split id={id} status={status} />;
}

function List({ status }: { readonly status: Status }): ReactNode {
  const query = useQuery(queueQuery(status));
  const [, setSearch] = useSearchParams();
  const onStep = useStep(query.data, null, status);
  const keys = useReviewKeys('list', { step: onStep, toggle: nothing });
  return (
    <Page heading="内容確認" title={`${queueName(status)}の変更届 内容確認`} width="narrow">
      <p className="lead">届いた変更届を、いまの登録と見比べて、反映するか差し戻します。</p>
      <Select
        id="status"
        label="状態"
        className="short"
        value={status}
        onChange={(event) =>
          setSearch(event.target.value === 'under_review' ? {} : { status: event.target.value })
        }
      >
        {QUEUES.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </Select>
      <Loaded query={query}>
        {(page) => (
          <section className="mt-8" aria-labelledby="queue" ref={keys.ref}>
            <h2 id="queue" aria-live="polite">
              {queueName(status)}（{page.total}件）
            </h2>
            {page.items.length === 0 ? (
              <Empty status={status} />
            ) : (
              <Queue page={page} status={status} current={null} />
            )}
          </section>
        )}
      </Loaded>
    </Page>
  );
}

function Empty({ status }: { readonly status: Status }): ReactNode {
  return (
    <p className="mt-3">
      {status === 'under_review' ? '確認待ちの変更届はありません。' : '当てはまる変更届はありません。'}
      <br />
      <Link className="inline-block py-0.5" to="/staff">
        今日の仕事を見る
      </Link>
    </p>
  );
}

function Split({ id, status }: { readonly id: string; readonly status: Status }): ReactNode {
  const queue = useQuery(queueQuery(status));
  const request = useQuery(requestQuery(id));
  const step = useStep(queue.data, id, status);
  const keys = useReviewKeys('list', { step, toggle: nothing });
  const search = status === 'under_review' ? '' : `?status=${status}`;
  return (
    <div className="wrap review">
      <nav
        aria-labelledby="queue"
        className="max-wide:hidden sticky top-0 -mx-2 -mt-4 max-h-dvh overflow-y-auto px-2 py-4"
        ref={keys.ref}
      >
        <h2 id="queue" className="text-lg">
          {queueName(status)}
          {queue.data && `（${queue.data.total}件）`}
        </h2>
        <p className="small">
          <Link className="inline-block py-0.5" to={`/staff/review${search}`}>
            一覧としぼり込み
          </Link>
        </p>
        <Loaded query={queue}>
          {(page) =>
            page.items.length === 0 ? (
              <Empty status={status} />
            ) : (
              <Queue page={page} status={status} current={id} />
            )
          }
        </Loaded>
      </nav>
      <div className="max-wide:!mt-0 min-w-0">
        <p className="back wide:hidden">
          <Link className="inline-block py-0.5" to={`/staff/review${search}`}>
            {queueName(status)}の一覧へ
          </Link>
        </p>
        {request.isError && !request.data && <h1>この変更届は表示できません</h1>}
        <Loaded query={request} key={id}>
          {(found) => <Detail request={found} next={nextOf(queue.data, id)} step={step} key={found.id} />}
        </Loaded>
      </div>
    </div>
  );
}

function nextOf(page: ChangeRequestPage | undefined, id: string): ChangeRequestPage['items'][number] | null {
  if (!page) return null;
  const at = page.items.findIndex((item) => item.id === id);
  return page.items[at + 1] ?? page.items.find((item) => item.id !== id) ?? null;
}

/** One further in the queue. From the list the focus stays there; from the detail it goes to the next heading. */
function useStep(
  page: ChangeRequestPage | undefined,
  id: string | null,
  status: Status,
): (by: 1 | -1, from: 'list' | 'detail') => void {
  const navigate = useNavigate();
  return (by, from) => {
    const items = page?.items ?? [];
    const focused = (document.activeElement as HTMLElement | null)?.dataset['request'];
    const at = items.findIndex((item) => item.id === (from === 'list' ? (focused ?? id) : id));
    const target = items[at + by];
    if (!target) return;
    if (from === 'list') document.querySelector<HTMLElement>(`[data-request="${target.id}"]`)?.focus();
    // On the list's own page one looks for one first and opens it with Enter.
    if (id === null) return;
    const search = status === 'under_review' ? '' : `?status=${status}`;
    void navigate(`/staff/review/${target.id}${search}`, { state: { stay: from === 'list' } });
  };
}
