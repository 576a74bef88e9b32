import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { CampaignProgressResponse, CampaignResponse } from '../../api/schema';
import { shortDate, today } from '../../ui/text';

/** How it stands and what is to be done today, in a sentence or two. */
export function Standing({ campaign }: { readonly campaign: CampaignResponse }): ReactNode {
  const { id, state, closedAt, progress } = campaign;
  if (!progress) return null;
  if (state === 'closed') {
    return (
      <>
        {closedAt && shortDate(closedAt)}に終わりました。{progress.targets}件のうち、{progress.answered}
        件を確認しました。
      </>
    );
  }
  if (state === 'paused') {
    return '一時停止中です。再開するまで、何も送りません。回答は受け付けています。';
  }
  return (
    <>
      {remains(campaign, progress)}
      <WhatNext id={id} campaign={campaign} progress={progress} />
    </>
  );
}

function remains(
  { deadline, steps }: CampaignResponse,
  { targets, open, checking }: CampaignProgressResponse,
): string {
  if (steps.every(({ status }) => status === 'planned')) {
    return `${targets}件の自治体で始まりました。まだ何も送られていません。`;
  }
  if (open === 0 && checking === 0) return 'すべての自治体の確認が済みました。';
  if (open === 0) return `未回答の自治体はありません。変更届${checking}件の内容確認が残っています。`;
  return `${today() > deadline ? '期限を過ぎた' : '未回答の'}${open}件が残っています。`;
}

function WhatNext({
  id,
  campaign: { steps },
  progress: { open, toCall, toCallToday },
}: {
  readonly id: string;
  readonly campaign: CampaignResponse;
  readonly progress: CampaignProgressResponse;
}): ReactNode {
  if (open > 0 && toCallToday > 0) {
    return (
      <>
        きょうは電話で<Link to={`/staff/campaigns/${id}/calls`}>{toCallToday}件</Link>を確かめます。
      </>
    );
  }
  const next = steps.find(({ status }) => status === 'planned');
  const step = next && `次は、${shortDate(next.date)}${next.hour}時の「${next.label}」です。`;
  if (open === 0) return null;
  return (
    <>
      {toCall > 0 && 'きょう電話するところはありません。'}
      {step}
    </>
  );
}
