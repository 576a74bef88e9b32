import type { ReactNode } from 'react';
import type { CampaignResponse } from '../../api/schema';
import { FactSheet } from '../../ui/table';
import { dateWithEra, When } from '../../ui/text';
import { AudienceWords } from './audience-words';

/** What was planned. */
export function Facts({ campaign }: { readonly campaign: CampaignResponse }): ReactNode {
  const { audience, kind, countsFrom, deadline, createdAt, createdByName, startedAt, closedAt } = campaign;
  const rows: readonly (readonly [string, ReactNode])[] = [
    ['対象', kind === 'standing' ? '確認が古くなった登録自治体' : <AudienceWords audience={audience} />],
    ['回答とみなす最初の日', dateWithEra(countsFrom)],
    ['期限', dateWithEra(deadline)],
    [
      '作った日時',
      <>
        <When at={createdAt} as="time" />
        {'　'}
        {createdByName ? `${createdByName}さん` : 'ポータル（自動のお願い）'}
      </>,
    ],
    ['始めた日時', startedAt && <When key="started" at={startedAt} as="time" />],
    ['終えた日時', closedAt && <When key="closed" at={closedAt} as="time" />],
  ];
  return <FactSheet facts={rows} className="text-col mt-6" />;
}
