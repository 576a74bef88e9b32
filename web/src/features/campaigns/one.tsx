import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link, useParams } from 'react-router';
import { useIsReviewer } from '../../api/hooks';
import type { CampaignResponse } from '../../api/schema';
import { LoadedPage } from '../../ui/loaded-page';
import { Page } from '../../ui/page';
import { Tag } from '../../ui/text';
import { Draft } from './draft';
import { Facts } from './facts';
import { campaignQuery } from './queries';
import { Started } from './started';
import { StepsTable } from './steps-table';
import { STATE_TONES, STATES } from './words';

/** How often the numbers of one that runs are read anew. Milliseconds. */
const MINUTE_MS = 60_000;

/** One campaign: before it starts what it would do, afterwards how it goes. */
export default function One(): ReactNode {
  const { id = '' } = useParams();
  const [live, setLive] = useState(true);
  const query = useQuery({
    ...campaignQuery(id),
    refetchInterval: ({ state: { data } }) =>
      live && (data?.state === 'running' || data?.state === 'paused') ? MINUTE_MS : false,
  });
  return (
    <LoadedPage query={query}>
      {(campaign) =>
        campaign.state === 'draft' ? (
          <DraftPage campaign={campaign} />
        ) : (
          <Started
            key={id}
            campaign={campaign}
            readAt={query.dataUpdatedAt}
            live={live}
            onLive={setLive}
            onRead={() => void query.refetch()}
          />
        )
      }
    </LoadedPage>
  );
}

function DraftPage({ campaign }: { readonly campaign: CampaignResponse }): ReactNode {
  const reviewer = useIsReviewer();
  return (
    <Page
      heading={campaign.title}
      title={`${campaign.title} 送る前の確認`}
      width="full"
      eyebrow={<Tag tone={STATE_TONES.draft}>{STATES.draft}</Tag>}
      lead="まだ何も送られていません。"
      above={
        <p className="back">
          <Link className="inline-block py-0.5" to="/staff/campaigns">
            年度確認の一覧へ
          </Link>
        </p>
      }
    >
      {reviewer ? (
        <Draft campaign={campaign} />
      ) : (
        <>
          <Facts campaign={campaign} />
          <StepsTable campaign={campaign} reviewer={false} />
        </>
      )}
    </Page>
  );
}
