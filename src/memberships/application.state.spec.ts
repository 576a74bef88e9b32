import {
  APPLICATION_STATUSES,
  type ApplicationEvent,
  type ApplicationStatus,
  nextStatus,
  STATUS_LABELS,
  TRANSITIONS,
} from './application.state.js';

const EVENTS: readonly ApplicationEvent[] = ['verified', 'accept', 'decline', 'expire'];

/** The whole life as it was agreed on; every pair that isn't here must be impossible. */
const AGREED = new Map<string, ApplicationStatus>([
  ['awaiting_verification verified', 'under_review'],
  ['awaiting_verification expire', 'expired'],
  ['under_review accept', 'accepted'],
  ['under_review decline', 'declined'],
]);

describe.each(APPLICATION_STATUSES)('%s', (status) => {
  it.each(EVENTS)('when %s', (event) => {
    expect(nextStatus(status, event)).toBe(AGREED.get(`${status} ${event}`) ?? null);
  });
});

it('nothing happens any more to what was decided or has expired', () => {
  const closed = APPLICATION_STATUSES.filter((status) => Object.keys(TRANSITIONS[status]).length === 0);
  expect(closed).toEqual(['accepted', 'declined', 'expired']);
});

it('every status can be reached from sending', () => {
  const reached = new Set<ApplicationStatus>(['awaiting_verification']);
  for (const status of reached) {
    for (const event of EVENTS) {
      const next = nextStatus(status, event);
      if (next) reached.add(next);
    }
  }
  expect([...reached].toSorted()).toEqual([...APPLICATION_STATUSES].toSorted());
});

it('labels speak as between equals', () => {
  expect(new Set(Object.values(STATUS_LABELS)).size).toBe(APPLICATION_STATUSES.length);
  for (const label of Object.values(STATUS_LABELS)) expect(label).not.toMatch(/審査|承認|申請|却下|否認/u);
});
