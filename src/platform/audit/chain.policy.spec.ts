import { GENESIS, linkHash } from './chain.js';
import { inWords, faultOf, headFaultOf, type Link } from './chain.policy.js';

const bytes = (n: number): Buffer => Buffer.alloc(32, n);
const ID = '019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d80';

const EVENT = {
  occurredAt: '2026-11-22T01:58:00.123456Z',
  type: 'registration.confirmed',
  text: '["…"]',
  personalDigest: bytes(7),
};

const link = (change: Partial<Link> = {}): Link => ({
  seq: 1,
  eventId: ID,
  previousHash: GENESIS.hash,
  hash: linkHash(GENESIS.hash, EVENT.text),
  event: EVENT,
  personal: { digest: bytes(7), erasureIsOnRecord: false },
  ...change,
});

describe('faultOf', () => {
  it.each([
    ['with its personal values', link()],
    ['without any', link({ event: { ...EVENT, personalDigest: null }, personal: null })],
    ['whose personal values were erased', link({ personal: { digest: null, erasureIsOnRecord: true } })],
  ])('finds nothing wrong with an event %s', (_, whole) => {
    expect(faultOf(GENESIS, whole)).toBeNull();
  });

  it.each([
    ['a seal that has gone', link({ seq: 2 }), 'the seal 1 is missing before it'],
    ['several that have gone', link({ seq: 9 }), 'the seal 1 and others up to 8 are missing before it'],
    ['another predecessor', link({ previousHash: bytes(1) }), /predecessor is not the seal before it/],
    ['an event that has gone', link({ event: null }), 'the event is missing'],
    [
      'an event that was edited',
      link({ event: { ...EVENT, text: '["!"]' } }),
      /event or its seal was altered/,
    ],
    ['a seal that was edited', link({ hash: bytes(1) }), /event or its seal was altered/],
    ['personal values that have gone', link({ personal: null }), /missing without having been erased/],
    [
      'personal values that were edited',
      link({ personal: { digest: bytes(8), erasureIsOnRecord: false } }),
      /personal values were altered/,
    ],
    [
      'personal values that were erased in silence',
      link({ personal: { digest: null, erasureIsOnRecord: false } }),
      /the trail does not say by whom/,
    ],
    [
      'personal values that nobody sealed',
      link({ event: { ...EVENT, personalDigest: null } }),
      'personal values were added to it',
    ],
  ])('names %s', (_, broken, words) => {
    expect(faultOf(GENESIS, broken)).toMatch(words);
  });
});

describe('headFaultOf', () => {
  it('is content with a chain that holds the head', () => {
    expect(headFaultOf({ seq: 1, hash: link().hash }, link(), 'the head of 2026-11-22')).toBeNull();
  });

  it('tells a chain that was cut off from one that was written anew', () => {
    const told = { seq: 1, hash: bytes(1) };
    expect(headFaultOf(told, null, 'the head of 2026-11-22')).toMatch(/ends before it.*2026-11-22.*removed/);
    expect(headFaultOf(told, link(), 'the head of 2026-11-22')).toMatch(/2026-11-22 has another hash.*anew/);
  });
});

it('a broken link is one sentence with number, event, time and what is wrong', () => {
  const { occurredAt, type } = EVENT;
  expect(inWords({ seq: 12, eventId: ID, occurredAt, type, fault: 'the event is missing' })).toBe(
    `The chain is broken at seal 12, event ${ID}, registration.confirmed, 2026-11-22T01:58:00.123456Z: the event is missing.`,
  );
  expect(inWords({ seq: 13, eventId: null, occurredAt: null, type: null, fault: 'x' })).toBe(
    'The chain is broken at seal 13: x.',
  );
});
