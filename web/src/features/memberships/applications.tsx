import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useSearchParams } from 'react-router';
import { api, ok } from '../../api/client';
import type { ApplicationSummaryResponse } from '../../api/schema';
import { Select } from '../../ui/controls';
import { Loaded } from '../../ui/loaded';
import { Page } from '../../ui/page';
import { When } from '../../ui/text';

const STATUSES: readonly (readonly [ApplicationSummaryResponse['status'], string])[] = [
  ['under_review', '内容確認中'],
  ['awaiting_verification', 'アドレスの確認待ち'],
  ['accepted', '登録済み'],
  ['declined', '登録見送り'],
  ['expired', '期限切れ'],
];

/** 登録の申込み: municipalities that ask to join. */
export default function Applications(): ReactNode {
  const [search, setSearch] = useSearchParams();
  const status = STATUSES.find(([value]) => value === search.get('status'))?.[0] ?? 'under_review';
  const query = useQuery({
    queryKey: ['applications', status],
    queryFn: () => ok(api.GET('/api/v1/applications', { params: { query: { status, limit: 200 } } })),
  });
  return (
    <Page
      heading="登録の申込みの一覧"
      title="登録の申込みの一覧"
      above={
        <p className="back">
          <Link className="inline-block py-0.5" to="/staff">
            今日の仕事へ
          </Link>
        </p>
      }
    >
      <Select
        id="status"
        label="状態"
        className="short"
        value={status}
        onChange={(event) => setSearch({ status: event.target.value }, { replace: true })}
      >
        {STATUSES.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </Select>
      <Loaded query={query}>
        {({ items, total }) => (
          <>
            <p className="mt-6" role="status">
              {total === 0 ? '当てはまる申込みはありません。' : `${total}件`}
            </p>
            {items.length > 0 && (
              <ul className="list mt-2 border-t-2">
                {items.map((item) => (
                  <li key={item.id}>
                    <Link to={`/staff/applications/${item.id}`}>{item.municipality}</Link>
                    <p className="meta">
                      <When at={item.submittedAt} as="time" />
                      <span>{item.ageDays === 0 ? '今日' : `${item.ageDays}日前`}</span>
                      <span>{item.applicantName}</span>
                      <span>{item.number}</span>
                    </p>
                  </li>
                ))}
              </ul>
            )}
          </>
        )}
      </Loaded>
    </Page>
  );
}
