import * as fc from 'fast-check';
import { decodeCursor, encodeCursor, toPage } from './page.js';

/** Sort keys as rows have them: whole numbers, dates as texts, names. */
const keys = fc.array(
  fc.oneof(
    fc.maxSafeInteger(),
    fc.constantFrom('2026-04-01T00:00:00.000Z', '016314', '髙﨑', '檮原町', '𠮷野'),
    fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0')),
  ),
  { minLength: 1, maxLength: 4 },
);

const refusal = expect.objectContaining({
  code: 'invalid',
  details: { errors: [expect.objectContaining({ pointer: '/cursor', code: 'cursor' })] },
}) as Error;
const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const outcomeOf = (cursor: string): unknown => {
  try {
    return decodeCursor(cursor, 2);
  } catch (error) {
    return error;
  }
};

describe('a cursor', () => {
  it('gives back the keys that it was made from, as texts', () => {
    fc.assert(
      fc.property(keys, (it) => {
        expect(decodeCursor(encodeCursor(it), it.length)).toEqual(it.map(String));
      }),
    );
  });

  it('can stand in an address as it is', () => {
    fc.assert(
      fc.property(keys, (it) => {
        expect(encodeCursor(it)).toMatch(/^[\w-]+$/);
      }),
    );
  });

  it('that is left out begins the list', () => {
    expect(decodeCursor(undefined, 2)).toBeNull();
  });

  it('of another list is refused', () => {
    expect(() => decodeCursor(encodeCursor(['016314']), 2)).toThrow(refusal);
  });

  it.each([
    ['nothing', ''],
    ['no JSON', 'abc'],
    ['no list', encoded({ 0: 'a', 1: 'b', length: 2 })],
    ['null', encoded(null)],
    ['a NUL, which the database refuses', encoded(['a\0', 'b'])],
    ['half a character, which the database refuses', encoded(['a', '\ud842'])],
    ['something that cannot be a text', encoded(['a', { toString: 1, valueOf: 1 }])],
    ['an endless nesting', Buffer.from('['.repeat(200_000)).toString('base64url')],
  ])('with %s is refused', (_, cursor) => {
    expect(() => decodeCursor(cursor, 2)).toThrow(refusal);
  });

  it('of any kind is read or refused in the same words, never anything else', () => {
    const junk = fc.oneof(fc.string(), fc.jsonValue().map(encoded), fc.array(fc.jsonValue()).map(encoded));
    fc.assert(
      fc.property(junk, (cursor) => {
        expect([expect.any(Array), refusal]).toContainEqual(outcomeOf(cursor));
      }),
    );
  });
});

const cut = (rows: number[]) =>
  toPage(
    rows,
    2,
    9,
    (row) => [row],
    (row) => `第${row}`,
  );

describe('toPage', () => {
  it('drops the row too many and goes on after the last one shown', () => {
    expect(cut([1, 2, 3])).toEqual({ items: ['第1', '第2'], nextCursor: encodeCursor([2]), total: 9 });
  });

  it.each([[[1, 2]], [[1]], [[]]])('of %j is the last', (rows) => {
    expect(cut(rows).nextCursor).toBeNull();
  });
});
