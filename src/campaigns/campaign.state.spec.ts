import { DomainError } from '../platform/http/domain-error.js';
import { nextOrRefuse } from './campaign.policy.js';
import { CAMPAIGN_STATES, type CampaignEvent, type CampaignState, nextState } from './campaign.state.js';

const EVENTS: readonly CampaignEvent[] = ['start', 'pause', 'resume', 'close'];

/** What each event leads to, or why it can't be. */
const LIFE: Readonly<Record<CampaignState, Readonly<Record<CampaignEvent, string>>>> = {
  draft: {
    start: 'running',
    pause: 'campaign-not-running',
    resume: 'campaign-not-paused',
    close: 'campaign-not-running',
  },
  running: { start: 'campaign-running', pause: 'paused', resume: 'campaign-not-paused', close: 'closed' },
  paused: { start: 'campaign-running', pause: 'campaign-not-running', resume: 'running', close: 'closed' },
  closed: {
    start: 'campaign-closed',
    pause: 'campaign-closed',
    resume: 'campaign-closed',
    close: 'campaign-closed',
  },
};

const outcome = (state: CampaignState, event: CampaignEvent): string => {
  try {
    return nextOrRefuse(state, event);
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
};

describe.each(CAMPAIGN_STATES)('a campaign that is %s', (state) => {
  it.each(EVENTS)('takes %s as its life has it', (event) => {
    expect(outcome(state, event)).toBe(LIFE[state][event]);
    expect(nextState(state, event)).toBe(
      (CAMPAIGN_STATES as readonly string[]).includes(LIFE[state][event]) ? LIFE[state][event] : null,
    );
  });
});

it('never comes back to a draft, and never from its end', () => {
  expect(CAMPAIGN_STATES.flatMap((state) => EVENTS.map((event) => nextState(state, event)))).not.toContain(
    'draft',
  );
});
