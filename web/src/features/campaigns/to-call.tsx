import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { CampaignResponse } from '../../api/schema';
import { ButtonLink } from '../../ui/controls';

/** Those whom mail doesn't do for: two lists for people. */
export function ToCall({
  campaign: { id, state, steps, progress },
  reviewer,
}: {
  readonly campaign: CampaignResponse;
  readonly reviewer: boolean;
}): ReactNode {
  const { toCall = 0, toCallToday = 0, toWrite = 0 } = progress ?? {};
  const planned = steps.some(({ template }) => template === 'phone');
  if (state === 'closed') return null;
  if (!planned && toCall === 0 && toWrite === 0) return null;
  return (
    <section className="mt-12" aria-labelledby="to-call">
      <h2 id="to-call">電話で確かめる（{toCall}件）</h2>
      <p className="mt-2">
        {toCall === 0
          ? '電話リストに載っている自治体はありません。メールが届かないところと、電話の段階まで回答のないところが載ります。'
          : `きょうまでにかけるところは${toCallToday}件です。メールが届かないところ、確認の記録がないところから並んでいます。`}
      </p>
      {reviewer ? (
        <p className="btns mt-4">
          <ButtonLink size="m" main={toCallToday > 0} to={`/staff/campaigns/${id}/calls`}>
            電話リストを開く
          </ButtonLink>
          <ButtonLink size="m" to={`/staff/campaigns/${id}/calls?way=letter`}>
            郵送リストを開く（{toWrite}件）
          </ButtonLink>
        </p>
      ) : (
        <p className="small quiet mt-2">
          電話と郵送は、内容確認の担当者が行います。
          <Link to={`/staff/campaigns/${id}/targets?status=open`}>未回答の自治体を見る</Link>
        </p>
      )}
    </section>
  );
}
