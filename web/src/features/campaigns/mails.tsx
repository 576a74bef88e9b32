import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import type { CampaignResponse } from '../../api/schema';
import { Loaded } from '../../ui/loaded';
import { LoadedPage } from '../../ui/loaded-page';
import { Page } from '../../ui/page';
import { Preview } from './preview';
import { campaignQuery, previewQuery } from './queries';

/** Of one that runs: what is still to come, for those who are still asked. */
export default function Mails(): ReactNode {
  const { id = '' } = useParams();
  const query = useQuery({ ...campaignQuery(id), refetchOnWindowFocus: false });
  return <LoadedPage query={query}>{(campaign) => <Found campaign={campaign} />}</LoadedPage>;
}

function Found({ campaign }: { readonly campaign: CampaignResponse }): ReactNode {
  const { id, title, version } = campaign;
  const query = useQuery(previewQuery(id, version));
  return (
    <Page
      heading="これから送る件数と文面"
      title={`${title} これから送る文面`}
      width="full"
      lead="このページを見ても、何も送られません。"
      above={
        <p className="back">
          <Link className="inline-block py-0.5" to={`/staff/campaigns/${id}`}>
            {title}
          </Link>
        </p>
      }
    >
      <Loaded query={query}>{(preview) => <Preview campaign={campaign} preview={preview} />}</Loaded>
    </Page>
  );
}
