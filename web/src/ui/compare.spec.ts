import { assert, property, string } from 'fast-check';
import { codePoints, compare } from './compare';

const joined = (before: string, after: string, without: 'gone' | 'new'): string =>
  compare(before, after)
    .filter(({ kind }) => kind !== without)
    .map(({ text }) => text)
    .join('');

it('marks what goes and what comes, by the characters that a reader sees', () => {
  expect(compare('企画調整係長', '企画調整係主査')).toEqual([
    { kind: 'same', text: '企画調整係' },
    { kind: 'gone', text: '長' },
    { kind: 'new', text: '主査' },
  ]);
  // One character with its variation selector is one.
  expect(compare('葛\u{E0100}飾区', '葛飾区')[0]).toEqual({ kind: 'gone', text: '葛\u{E0100}' });
});

it('takes another value for another, and marks nothing within', () => {
  expect(compare('佐藤 健一', '小野寺 真理')).toEqual([
    { kind: 'gone', text: '佐藤 健一' },
    { kind: 'new', text: '小野寺 真理' },
  ]);
});

it('loses no character, whatever is compared', () => {
  assert(
    property(string({ unit: 'grapheme' }), string({ unit: 'grapheme' }), (before, after) => {
      expect([joined(before, after, 'new'), joined(before, after, 'gone')]).toEqual([before, after]);
    }),
  );
});

it('names look-alikes by their code points, and only those', () => {
  expect(codePoints('高崎 由美', '髙﨑 由美')).toBe('髙 U+9AD9、﨑 U+FA11');
  expect(codePoints('高崎 由美', '檜垣 史織')).toBeNull();
  expect(codePoints(null, '髙﨑')).toBeNull();
});
