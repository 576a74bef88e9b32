import { useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { Problem } from '../../api/problem';
import type { CampaignResponse } from '../../api/schema';
import { useSend } from '../../ui/use-send';
import { CAMPAIGNS, campaignQuery } from './queries';

interface Step {
  readonly run: () => Promise<void>;
  readonly pending: boolean;
  readonly problem: Problem | null;
}

/**
 * One step in a campaign's life, against the version that is shown. Where that isn't the newest, the newest is read and
 * shown, and nothing is done.
 */
export function useStep(
  id: string,
  request: () => Promise<CampaignResponse>,
  onDone: (answer: CampaignResponse) => void,
): Step {
  const client = useQueryClient();
  const { send, pending, problem } = useSend(request);
  const latest = useRef(onDone);
  latest.current = onDone;
  const run = async (): Promise<void> => {
    const answer = await send();
    const { queryKey } = campaignQuery(id);
    if (answer) client.setQueryData(queryKey, answer);
    else await client.invalidateQueries({ queryKey });
    void client.invalidateQueries({ queryKey: [...CAMPAIGNS, 'list'] });
    void client.invalidateQueries({ queryKey: [...CAMPAIGNS, 'progress', id] });
    void client.invalidateQueries({ queryKey: ['tasks'] });
    if (answer) latest.current(answer);
  };
  return { run, pending, problem };
}
