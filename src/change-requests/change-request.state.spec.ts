import {
  CHANGE_REQUEST_STATUSES,
  type ChangeRequestEvent,
  type ChangeRequestStatus,
  nextStatus,
  OPEN_STATUSES,
  STATUS_LABELS,
  TRANSITIONS,
} from './change-request.state.js';

const EVENTS: readonly ChangeRequestEvent[] = [
  'verified',
  'approve',
  'approve-partly',
  'schedule',
  'apply',
  'apply-partly',
  'return',
  'edit',
  'rebase-verified',
  'rebase-unverified',
  'resubmit-verified',
  'resubmit-unverified',
  'withdraw',
  'expire',
];

/** The whole life as it was agreed on; every pair that isn't here must be impossible. */
const AGREED = new Map<string, ChangeRequestStatus>([
  ['awaiting_verification verified', 'under_review'],
  ['awaiting_verification rebase-verified', 'under_review'],
  ['awaiting_verification rebase-unverified', 'awaiting_verification'],
  ['awaiting_verification withdraw', 'withdrawn'],
  ['awaiting_verification expire', 'expired'],
  ['under_review approve', 'approved'],
  ['under_review approve-partly', 'partly_approved'],
  ['under_review schedule', 'scheduled'],
  ['under_review return', 'returned'],
  ['under_review rebase-verified', 'under_review'],
  ['under_review rebase-unverified', 'awaiting_verification'],
  ['under_review withdraw', 'withdrawn'],
  ['scheduled apply', 'approved'],
  ['scheduled apply-partly', 'partly_approved'],
  ['scheduled verified', 'scheduled'],
  ['scheduled rebase-verified', 'scheduled'],
  ['scheduled rebase-unverified', 'scheduled'],
  ['scheduled withdraw', 'withdrawn'],
  ['returned edit', 'returned'],
  ['returned rebase-verified', 'returned'],
  ['returned rebase-unverified', 'returned'],
  ['returned resubmit-verified', 'under_review'],
  ['returned resubmit-unverified', 'awaiting_verification'],
  ['returned withdraw', 'withdrawn'],
  ['returned expire', 'expired'],
]);

const CLOSED = ['approved', 'partly_approved', 'withdrawn', 'expired'];

describe.each(CHANGE_REQUEST_STATUSES)('%s', (status) => {
  it.each(EVENTS)('when %s', (event) => {
    expect(nextStatus(status, event)).toBe(AGREED.get(`${status} ${event}`) ?? null);
  });
});

it('nothing happens any more to what was decided, withdrawn or has expired', () => {
  const closed = CHANGE_REQUEST_STATUSES.filter((status) => Object.keys(TRANSITIONS[status]).length === 0);
  expect(closed).toEqual(CLOSED);
  for (const status of closed) {
    expect(EVENTS.map((event) => nextStatus(status, event))).toEqual(EVENTS.map(() => null));
  }
});

it('the open ones are all the others, but for a handover that is decided and waits for its date', () => {
  const rest = CHANGE_REQUEST_STATUSES.filter((status) => !CLOSED.includes(status));
  expect(OPEN_STATUSES).toEqual(rest.filter((status) => status !== 'scheduled'));
});

it('every status can be reached from sending', () => {
  const reached = new Set<ChangeRequestStatus>(['awaiting_verification', 'under_review']);
  for (const status of reached) {
    for (const event of EVENTS) {
      const next = nextStatus(status, event);
      if (next) reached.add(next);
    }
  }
  expect([...reached].toSorted()).toEqual([...CHANGE_REQUEST_STATUSES].toSorted());
});

it('labels speak of a notice between equals', () => {
  expect(new Set(Object.values(STATUS_LABELS)).size).toBe(CHANGE_REQUEST_STATUSES.length);
  for (const label of Object.values(STATUS_LABELS)) expect(label).not.toMatch(/審査|承認|申請|却下|否認/u);
});
