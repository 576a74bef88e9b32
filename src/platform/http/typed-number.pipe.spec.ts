import { parseTypedNumber, TypedNumberPipe } from './typed-number.pipe.js';

it.each([
  ['100001', '100001'],
  ['100 001', '100001'],
  ['100-001', '100001'],
  [' １００　００１ ', '100001'],
  ['１００－００１', '100001'],
  ['100‐001', '100001'],
  ['100−001', '100001'],
  ['100ー001', '100001'],
  ['100ｰ001', '100001'],
  ['100–001', '100001'],
  ['100―001', '100001'],
  ['000 001', '1'],
])('%j is read as %s', (typed, number) => {
  expect(parseTypedNumber(typed)).toBe(number);
});

it.each(['', ' ', '-', '１００a', '100.001', '+100001', '1e5', '百', '1'.repeat(16), '1\0', "1'"])(
  '%j is no number',
  (typed) => {
    expect(parseTypedNumber(typed)).toBeNull();
  },
);

it('what is no number is answered like one that is not known', () => {
  expect(() => new TypedNumberPipe().transform('abc')).toThrow(
    expect.objectContaining({ code: 'wrong-code', status: 422 }),
  );
  expect(new TypedNumberPipe().transform('100 001')).toBe('100001');
});
