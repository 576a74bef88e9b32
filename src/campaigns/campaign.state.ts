/** Where a campaign stands. */
export const CAMPAIGN_STATES = ['draft', 'running', 'paused', 'closed'] as const;
export type CampaignState = (typeof CAMPAIGN_STATES)[number];

export type CampaignEvent = 'start' | 'pause' | 'resume' | 'close';

/** The whole life of a campaign. What isn't here can't happen. */
export const TRANSITIONS: Readonly<Record<CampaignState, Partial<Record<CampaignEvent, CampaignState>>>> = {
  draft: { start: 'running' },
  running: { pause: 'paused', close: 'closed' },
  paused: { resume: 'running', close: 'closed' },
  closed: {},
};

/** @returns the state after the event, or null where it can't happen */
export function nextState(state: CampaignState, event: CampaignEvent): CampaignState | null {
  return TRANSITIONS[state][event] ?? null;
}
