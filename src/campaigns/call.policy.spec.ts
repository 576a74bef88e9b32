import { judgeCall } from './call.policy.js';
import { CALL_OUTCOMES } from './target.entity.js';

const TODAY = '2027-04-26';
const wrong = (call: Partial<Parameters<typeof judgeCall>[0]>): string[] =>
  judgeCall({ way: 'phone', outcome: 'absent', note: null, nextOn: null, ...call }, TODAY).map(
    ({ pointer, code }) => `${pointer} ${code}`,
  );

describe('what may come of it', () => {
  const possible = (way: 'phone' | 'letter'): string[] =>
    CALL_OUTCOMES.filter((outcome) => wrong({ way, outcome, pointers: ['/mainPhone'] }).length === 0);

  it('by telephone is anything but that something was sent', () => {
    expect(possible('phone')).toEqual(CALL_OUTCOMES.filter((outcome) => outcome !== 'sent'));
  });

  it('by letter is that it was sent, or an answer to all of it', () => {
    expect(possible('letter')).toEqual(['confirmed', 'has-changes', 'wrong-number', 'sent']);
  });
});

it('is tried again today or later, on a date that exists', () => {
  expect(wrong({ nextOn: TODAY })).toEqual([]);
  expect(wrong({ nextOn: '2028-02-29' })).toEqual([]);
  expect(wrong({ nextOn: '2027-04-25' })).toEqual(['/nextOn date']);
  expect(wrong({ nextOn: '2027-06-31' })).toEqual(['/nextOn date']);
});

it('names the fields where only some are right', () => {
  expect(wrong({ outcome: 'partly-confirmed' })).toEqual(['/pointers required']);
  expect(wrong({ outcome: 'partly-confirmed', pointers: ['/mainPhone'] })).toEqual([]);
});

it('tells everything that is wrong at a time', () => {
  expect(wrong({ way: 'letter', outcome: 'partly-confirmed', nextOn: '2027-02-30' })).toEqual([
    '/outcome not-allowed',
    '/nextOn date',
    '/pointers required',
  ]);
});
