import { isSameName } from './person-name.js';

it.each([
  ['髙﨑 澪里', '髙﨑　澪里', true],
  ['ﾀｶｻｷ ﾐｵﾘ', 'タカサキミオリ', true],
  ['髙﨑 澪里', '高崎 澪里', false],
])('%s and %s: the same person is %s', (a, b, same) => {
  expect(isSameName(a, b)).toBe(same);
});
