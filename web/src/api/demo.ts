import { Problem, type ProblemBody } from './problem';

/** What the demo's time machine did for a campaign. */
export interface CampaignDaysPassed {
  readonly days: number;
  /** How many of the invented municipalities have answered meanwhile. */
  readonly answers: number;
}

/**
 * Lets the days pass until a campaign's next step. Not of the typed client: only the demo has it, and no document tells
 * of it.
 */
export async function toNextStep(campaignId: string): Promise<CampaignDaysPassed> {
  const response = await fetch(`/dev/time/campaigns/${campaignId}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  }).catch(() => {
    throw Problem.unreachable();
  });
  if (!response.ok) throw new Problem((await response.json()) as ProblemBody, response.status);
  return (await response.json()) as CampaignDaysPassed;
}
