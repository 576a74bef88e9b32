import { type ReactNode, useRef } from 'react';
import { Link } from 'react-router';
import type { ChangeRequestPage, ChangeRequestSummaryResponse } from '../../api/schema';
import { When, Tag } from '../../ui/text';
import { useAccount } from '../../api/hooks';
import { partsOf } from './review-bundles';
import { QUEUES, type Status } from './review-queries';

export const ageText = (days: number): string => (days === 0 ? '今日' : `${days}日前`);

/** `企画課　所属アドレス` three times over is hard to read: the items alone, and how many more. */
function touched(labels: readonly string[]): string {
  const items = [...new Set(labels.map((label) => partsOf(label).item))];
  const [first = '', second, ...more] = items;
  if (second === undefined) return first;
  return more.length === 0 ? `${first}、${second}` : `${first}ほか${items.length - 1}か所`;
}

/** What waits, oldest first. */
export function Queue({
  page,
  status,
  current,
}: {
  readonly page: ChangeRequestPage;
  readonly status: Status;
  readonly current: string | null;
}): ReactNode {
  const list = useRef<HTMLOListElement>(null);
  const search = status === 'under_review' ? '' : `?status=${status}`;
  return (
    <>
      <ol className="queue" ref={list}>
        {page.items.map((item) => (
          <li key={item.id}>
            <Link
              to={`/staff/review/${item.id}${search}`}
              aria-current={item.id === current ? 'true' : undefined}
              data-request={item.id}
            >
              <QueueItem item={item} />
            </Link>
          </li>
        ))}
      </ol>
      {page.total > page.items.length && (
        <p className="small quiet mt-2">
          {page.total}件のうち{page.items.length}件を表示しています。
        </p>
      )}
    </>
  );
}

function QueueItem({ item }: { readonly item: ChangeRequestSummaryResponse }): ReactNode {
  return (
    <>
      <b>{item.municipality}</b>
      <span className="small">
        {item.kind === 'handover' && '引継ぎ　'}
        {touched(item.labels)}
      </span>
      <span className="row">
        <When at={item.submittedAt} />
        <span>{ageText(item.ageDays)}</span>
      </span>
      <QueueTags item={item} />
    </>
  );
}

function QueueTags({ item }: { readonly item: ChangeRequestSummaryResponse }): ReactNode {
  const { name } = useAccount();
  const own = item.status === 'under_review' && item.proposedByStaff && item.proposedByName === name;
  return (
    <>
      {item.status === 'under_review' && item.unverified && <Tag tone="warn">コード確認なし</Tag>}
      {own && !item.mayDecide && <Tag>あなたの変更届・決められません</Tag>}
      {item.registrationMoved && <Tag tone="warn">登録が変わりました</Tag>}
      {item.effectiveOn && (
        <Tag>
          <When at={item.effectiveOn} />
          から
        </Tag>
      )}
    </>
  );
}

export const queueName = (status: Status): string =>
  QUEUES.find(([value]) => value === status)?.[1] ?? '確認待ち';
