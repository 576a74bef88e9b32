import { covers } from './editor-audience-cover';
import { NOBODY } from './editor-values';

const all = { ...NOBODY, kind: 'all' as const };
const hokkaido = { ...NOBODY, prefectures: ['010006'] };
const towns = { ...NOBODY, types: ['town' as const] };
const townsOfHokkaido = { ...hokkaido, types: ['town' as const] };
const picked = { ...NOBODY, municipalities: ['016314'] };

describe('an audience', () => {
  it.each([
    ['all, anybody', all, picked, true],
    ['a few, not all', picked, all, false],
    ['a prefecture, its towns', hokkaido, townsOfHokkaido, true],
    ['the towns of one, not the prefecture', townsOfHokkaido, hokkaido, false],
    ['the towns, those of a prefecture', towns, townsOfHokkaido, true],
    ['a prefecture, not all towns', hokkaido, towns, false],
    ['more that are picked, the fewer', { ...picked, municipalities: ['016314', '294497'] }, picked, true],
    ['picked ones, not a prefecture, whose they may be all the same', picked, hokkaido, false],
    [
      'a prefecture and one that is picked, the prefecture',
      { ...hokkaido, municipalities: ['294497'] },
      hokkaido,
      true,
    ],
  ])('covers %s', (_, wide, narrow, expected) => {
    expect(covers(wide, narrow)).toBe(expected);
  });
});
