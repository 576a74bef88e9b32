import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useSearchParams } from 'react-router';
import { api, ok } from '../../api/client';
import type { RecoverySummaryResponse } from '../../api/schema';
import { Select } from '../../ui/controls';
import { Loaded } from '../../ui/loaded';
import { Page } from '../../ui/page';
import { Tag, When } from '../../ui/text';

const STATUSES: readonly (readonly [RecoverySummaryResponse['status'], string])[] = [
  ['awaiting_call', 'お電話での確認待ち'],
  ['awaiting_agreement', 'もう1人の職員の確認待ち'],
  ['awaiting_verification', '申し出たアドレスの確認待ち'],
  ['done', '反映済み'],
  ['declined', '反映せずに終了'],
  ['expired', '期限切れ'],
];

const placeOf = ({ status }: RecoverySummaryResponse): number =>
  STATUSES.findIndex(([value]) => value === status);

/** What waits for the office stands before what has ended, as the states do above. */
const pressingFirst = (a: RecoverySummaryResponse, b: RecoverySummaryResponse): number =>
  placeOf(a) - placeOf(b) || a.claimedAt.localeCompare(b.claimedAt);

export const KINDS: Readonly<Record<RecoverySummaryResponse['kind'], string>> = {
  'lost-address': '登録したアドレスが使えない',
  'everyone-left': '登録した方が全員いなくなった',
};

/** 連絡先の回復: claims by those whom no registered mailbox reaches any more. */
export default function Recoveries(): ReactNode {
  const [search, setSearch] = useSearchParams();
  const status = STATUSES.find(([value]) => value === search.get('status'))?.[0];
  const query = useQuery({
    queryKey: ['recoveries', status ?? 'all'],
    queryFn: () =>
      ok(api.GET('/api/v1/recoveries', { params: { query: { ...(status && { status }), limit: 200 } } })),
  });
  return (
    <Page
      heading="連絡先の回復"
      title="連絡先の回復"
      lead="登録したアドレスがどれも使えなくなった自治体からの申出です。公式サイトの番号に電話をかけて確かめ、2人目の職員が反映します。"
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
        value={status ?? ''}
        onChange={(event) =>
          setSearch(event.target.value ? { status: event.target.value } : {}, { replace: true })
        }
      >
        <option value="">すべて</option>
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
              {total === 0 ? '当てはまる申出はありません。' : `${total}件`}
            </p>
            {items.length > 0 && (
              <ul className="list mt-2 border-t-2">
                {items.toSorted(pressingFirst).map((item) => (
                  <li key={item.id}>
                    <Link to={`/staff/recoveries/${item.id}`}>{item.municipality}</Link>
                    <p className="meta">
                      <Tag tone={item.status.startsWith('awaiting') ? 'key' : 'plain'}>
                        {item.statusLabel}
                      </Tag>
                      <When at={item.claimedAt} as="time" />
                      <span>{item.contactName}</span>
                      <span>{item.number}</span>
                    </p>
                    <p className="small">{KINDS[item.kind]}</p>
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
