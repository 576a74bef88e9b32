import {
  CALL_OUTCOMES,
  isClosed,
  nextStatus,
  OUTCOME_LABELS,
  RECOVERY_STATUSES,
  type RecoveryEvent,
  type RecoveryStatus,
  STATUS_LABELS,
} from './recovery.state.js';

const EVENTS: readonly RecoveryEvent[] = ['verified', ...CALL_OUTCOMES, 'agree', 'decline', 'expire'];

/** The whole life as it was agreed on; every pair that isn't here must be impossible. */
const AGREED = new Map<string, RecoveryStatus>([
  ['awaiting_verification verified', 'awaiting_call'],
  ['awaiting_verification expire', 'expired'],
  ['awaiting_call confirmed', 'awaiting_agreement'],
  ['awaiting_call denied', 'declined'],
  ['awaiting_call no-answer', 'awaiting_call'],
  ['awaiting_call decline', 'declined'],
  ['awaiting_agreement agree', 'done'],
  ['awaiting_agreement decline', 'declined'],
]);

describe.each(RECOVERY_STATUSES)('%s', (status) => {
  it.each(EVENTS)('when %s', (event) => {
    expect(nextStatus(status, event)).toBe(AGREED.get(`${status} ${event}`) ?? null);
  });
});

it('nothing happens any more to what was carried out or declined or has expired', () => {
  expect(RECOVERY_STATUSES.filter(isClosed)).toEqual(['done', 'declined', 'expired']);
});

it('only an unverified claim lapses by itself', () => {
  expect(RECOVERY_STATUSES.filter((status) => nextStatus(status, 'expire') !== null)).toEqual([
    'awaiting_verification',
  ]);
});

it('nothing is carried out but from a call that confirmed it', () => {
  expect(RECOVERY_STATUSES.filter((status) => nextStatus(status, 'agree') === 'done')).toEqual([
    'awaiting_agreement',
  ]);
  const ways = RECOVERY_STATUSES.flatMap((status) =>
    EVENTS.filter((event) => nextStatus(status, event) === 'awaiting_agreement').map((event) => [
      status,
      event,
    ]),
  );
  expect(ways).toEqual([['awaiting_call', 'confirmed']]);
});

it('labels speak of a notice between equals', () => {
  const labels = [...Object.values(STATUS_LABELS), ...Object.values(OUTCOME_LABELS)];
  expect(new Set(labels).size).toBe(RECOVERY_STATUSES.length + CALL_OUTCOMES.length);
  for (const label of labels) expect(label).not.toMatch(/審査|承認|申請|却下|否認/u);
});
