import { ANNOUNCEMENT_STATES, nextState, STATE_LABELS, TRANSITIONS } from './announcement.state.js';

describe("an announcement's life", () => {
  it('goes from a draft to its end, by the calendar or by hand', () => {
    expect(nextState('draft', 'schedule')).toBe('scheduled');
    expect(nextState('scheduled', 'schedule')).toBe('scheduled');
    expect(nextState('scheduled', 'unschedule')).toBe('draft');
    expect(nextState('scheduled', 'publish')).toBe('published');
    expect(nextState('draft', 'publish')).toBe('published');
    expect(nextState('published', 'archive')).toBe('archived');
    expect(nextState('published', 'expire')).toBe('archived');
  });

  it('never comes back from its end, and is published once', () => {
    expect(TRANSITIONS.archived).toEqual({});
    expect(nextState('published', 'publish')).toBeNull();
    expect(nextState('published', 'unschedule')).toBeNull();
  });

  it('has a Japanese name for each state', () => {
    expect(Object.keys(STATE_LABELS)).toEqual([...ANNOUNCEMENT_STATES]);
  });
});
