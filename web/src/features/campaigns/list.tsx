import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { api, ok } from '../../api/client';
import { useIsReviewer } from '../../api/hooks';
import { paged } from '../../api/paged';
import type { CampaignPage, CampaignSummaryResponse } from '../../api/schema';
import { ButtonLink } from '../../ui/controls';
import { Loaded } from '../../ui/loaded';
import { More } from '../../ui/more';
import { Page } from '../../ui/page';
import { StackedTable } from '../../ui/table';
import { Tag, When } from '../../ui/text';
import { CAMPAIGNS } from './queries';
import { StandingRule } from './standing-rule';
import { percentText, STATE_TONES, STATES } from './words';

const PAGE = 20;

/** 年度確認: all campaigns, newest first, and whether the portal asks by itself. */
export default function List(): ReactNode {
  const reviewer = useIsReviewer();
  const query = useInfiniteQuery(
    paged([...CAMPAIGNS, 'list'], (from) =>
      ok(
        api.GET('/api/v1/campaigns', {
          params: { query: { limit: PAGE, ...from } },
        }),
      ),
    ),
  );
  return (
    <Page
      heading="年度確認"
      title="年度確認"
      width="full"
      lead="登録の内容がいまも正しいかを、自治体にたずねます。"
    >
      {reviewer && (
        <p className="mt-4">
          <ButtonLink size="m" main to="/staff/campaigns/new">
            年度確認を作る
          </ButtonLink>
        </p>
      )}
      <Loaded query={query}>{({ pages }) => <Found pages={pages} reviewer={reviewer} />}</Loaded>
      <More query={query} count={PAGE} />
      <StandingRule />
    </Page>
  );
}

function Found({
  pages,
  reviewer,
}: {
  readonly pages: readonly CampaignPage[];
  readonly reviewer: boolean;
}): ReactNode {
  const items = pages.flatMap((page) => page.items);
  if (items.length === 0) {
    return (
      <p className="mt-8">
        年度確認はまだありません。
        {reviewer
          ? '「年度確認を作る」を押すと、来年度の案ができています。始めるまで、だれにも送られません。'
          : '内容確認の担当者が作ると、ここに出ます。'}
      </p>
    );
  }
  return (
    <StackedTable
      caption="年度確認"
      heads={['名前', '状態', '期限', '始めた日', { figures: '確認済み／対象' }]}
      className="mt-8"
    >
      {items.map((item) => (
        <Row key={item.id} item={item} />
      ))}
    </StackedTable>
  );
}

function Row({ item }: { readonly item: CampaignSummaryResponse }): ReactNode {
  const { id, kind, title, state, deadline, startedAt, closedAt, targets, answered } = item;
  return (
    <tr role="row">
      <th scope="row" role="rowheader">
        <Link to={`/staff/campaigns/${id}`}>{title}</Link>
        {kind === 'standing' && <span className="small quiet block">自動のお願い</span>}
      </th>
      <td role="cell">
        <Tag tone={STATE_TONES[state]}>{STATES[state]}</Tag>
      </td>
      <td role="cell" data-l="期限">
        <When at={deadline} />
      </td>
      <td role="cell" data-l="始めた日">
        {startedAt ? <When at={startedAt} /> : 'まだ'}
        {closedAt && (
          <span className="small quiet block">
            <When at={closedAt} />
            に終了
          </span>
        )}
      </td>
      <td role="cell" className="n num" data-l="確認済み／対象">
        {state === 'draft' ? (
          '－'
        ) : (
          <>
            {answered}／{targets}
            <span className="small quiet">　{percentText(answered, targets)}</span>
          </>
        )}
      </td>
    </tr>
  );
}
