import { mostToDoFirst, namesOf, percentOf } from './freshness-words';

it.each([
  [0, 0, '－'],
  [0, 5, '0%'],
  [5, 5, '100%'],
  [1, 300, '1%未満'],
  [299, 300, '99%'],
  [2, 3, '67%'],
])('%i of %i is %s', (part, whole, text) => {
  expect(percentOf(part, whole)).toBe(text);
});

it('names follow the setting', () => {
  expect(namesOf(12)).toEqual({ fresh: '1年以内', stale: '1年以上前' });
  expect(namesOf(6)).toEqual({ fresh: '6か月以内', stale: '6か月以上前' });
});

it('where most is to do comes first, and equals keep their order', () => {
  const row = (name: string, total: number, fresh: number) => ({
    name,
    total,
    fresh,
    stale: total - fresh,
    unknown: 0,
  });
  const rows = [row('a', 5, 5), row('b', 9, 2), row('c', 30, 29), row('d', 1, 0)];
  expect(mostToDoFirst(rows).map(({ name }) => name)).toEqual(['b', 'c', 'd', 'a']);
});
