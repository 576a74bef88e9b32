import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { CampaignResponse, PreviewResponse } from '../../api/schema';
import { Notice } from '../../ui/notice';
import { fieldsFor, valuesOf } from './plan-values';

/** Why it can't start as it stands, each with the way to its field. */
export function Problems({
  campaign,
  preview: { problems },
}: {
  readonly campaign: CampaignResponse;
  readonly preview: PreviewResponse;
}): ReactNode {
  if (problems.length === 0) return null;
  const { steps } = valuesOf(campaign);
  const fields = fieldsFor(steps);
  return (
    <Notice tone="warn" className="mt-8" title={`始める前に直すところ（${problems.length}か所）`}>
      <ul className="bullets">
        {problems.map(({ pointer, message }) => {
          const at = /^\/steps\/(\d+)/.exec(pointer)?.[1];
          return (
            <li key={pointer + message}>
              <Link
                className="inline-block py-0.5"
                to={`/staff/campaigns/${campaign.id}/edit#${fields[pointer] ?? 'title'}`}
              >
                {at !== undefined && `${Number(at) + 1}段階目　`}
                {message}
              </Link>
            </li>
          );
        })}
      </ul>
    </Notice>
  );
}
