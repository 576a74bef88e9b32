import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { CampaignResponse } from '../../api/schema';
import { percentText } from './words';

/** Four numbers, each within the one before. */
export function Numbers({
  campaign: { id, state, progress },
}: {
  readonly campaign: CampaignResponse;
}): ReactNode {
  if (!progress) return null;
  const { targets, reached, answered, checking, unchanged, changed, phone, before, left, askedAlready } =
    progress;
  const parts = [
    [unchanged, '変更なし'],
    [changed, '変更を反映'],
    [phone, '電話・郵送'],
    [before, '始める前に確認済み'],
  ] as const;
  const given = parts.filter(([count]) => count > 0).map(([count, name]) => `${name} ${count}件`);
  const list = `/staff/campaigns/${id}/targets`;
  return (
    <>
      <ol className="funnel mt-8">
        <Big name="対象" count={targets} whole={targets}>
          %は、この{targets}件に対する割合です。
        </Big>
        <Big name="メールが届いた" count={reached} whole={targets} share>
          送って、戻ってきていないもの
        </Big>
        <Big name="回答があった" count={answered + checking} whole={targets} share>
          確認済み {answered}件、変更の届出 {checking}件
        </Big>
        <Big name="確認済み" count={answered} whole={targets} share>
          {given.join('、') || 'まだありません'}
          {checking > 0 && (
            <>
              <br />
              ほかに<Link to={`${list}?status=checking`}>変更届の内容確認中 {checking}件</Link>
            </>
          )}
        </Big>
      </ol>
      {(left > 0 || askedAlready > 0) && (
        <p className="small quiet mt-4">
          {left > 0 && (
            <>
              対象のうち
              <Link to={`${list}?status=left`}>{left}件</Link>
              は、{state === 'closed' ? '回答のないまま終わったか、' : ''}退会や合併などで対象外になりました。
            </>
          )}
          {askedAlready > 0 &&
            `条件に当てはまった自治体のうち${askedAlready}件は、ほかの確認でお願い中だったので、はじめから除きました。`}
        </p>
      )}
    </>
  );
}

function Big({
  name,
  count,
  whole,
  share = false,
  children,
}: {
  readonly name: string;
  readonly count: number;
  readonly whole: number;
  readonly share?: boolean;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <li>
      <h2>{name}</h2>
      <p className="big num">
        {count}
        <small>件{share && `　${percentText(count, whole)}`}</small>
      </p>
      <svg
        className="bar"
        viewBox="0 0 100 4"
        preserveAspectRatio="none"
        aria-hidden="true"
        focusable="false"
      >
        <rect width={100} height={4} className="rest" />
        <rect width={whole === 0 ? 0 : (count / whole) * 100} height={4} className="part" />
      </svg>
      <p className="small quiet">{children}</p>
    </li>
  );
}
