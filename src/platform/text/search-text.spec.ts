import * as fc from 'fast-check';
import { escapeLike, normalizeForSearch, searchTerms } from './search-text.js';

const charOf = (characters: string) => fc.constantFrom(...Array.from(characters));

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: charOf('ｶﾞﾊﾟかがヶヵわゔ゛゜ー－髙﨑İΣ 　\u3099\u309a\u200b\u{e0100}') }),
);

describe('normalizeForSearch', () => {
  it.each([
    ['ゆすはら', 'ユスハラ'],
    ['ﾕｽﾊﾗ', 'ユスハラ'],
    ['ｶﾞﾊﾟｳﾞ', 'ガパヴ'],
    ['か゛は゜', 'ガパ'],
    ['か\u3099', 'ガ'],
    ['わ\u3099', 'ヷ'],
    ['こゝろ', 'コヽロ'],
    ['檮原町', '梼原町'],
    ['髙﨑', '高崎'],
    ['濵田・濱田', '浜田・浜田'],
    ['渡邉渡邊', '渡辺渡辺'],
    ['齋藤斎藤齊藤', '斉藤斉藤斉藤'],
    ['塩竈市', '塩釜市'],
    ['飯舘村', '飯館村'],
    ['龍ケ崎市', '竜ケ崎市'],
    ['鶴ヶ島', '鶴ケ島'],
    ['𠮷野', '吉野'],
    ['葛\u{e0100}城', '葛城'],
    ['神\u2060戸', '神戸'],
    ['ＡＢＣ', 'abc'],
    ['\uFA19', '神'], // a compatibility ideograph, united by NFKC
    ['  音更\u3000\t町\n', '音更 町'],
    ['', ''],
  ])('makes %j into %j', (typed, normalised) => {
    expect(normalizeForSearch(typed)).toBe(normalised);
  });

  it('takes every dash and long-vowel mark for the same', () => {
    const spellings = Array.from('-ー－ｰ‐‑–—―−─', (dash) => normalizeForSearch(`センタ${dash}`));
    expect(new Set(spellings)).toEqual(new Set(['センタ-']));
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = normalizeForSearch(text);
        expect(normalizeForSearch(once)).toBe(once);
      }),
      { numRuns: 2000 },
    );
  });

  it('leaves no white space but single spaces inside', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(normalizeForSearch(text)).not.toMatch(/^ | $| {2}|[^\S ]/);
      }),
    );
  });
});

describe('searchTerms', () => {
  it('divides at half-width and full-width white space and drops what is empty', () => {
    expect(searchTerms('　北海道　おとふけ \n')).toEqual(['北海道', 'オトフケ']);
  });

  it.each(['', ' ', '　\t\n', '\u200b'])('finds no term in %j', (query) => {
    expect(searchTerms(query)).toEqual([]);
  });
});

describe('escapeLike', () => {
  it('escapes the three characters that mean something in a pattern', () => {
    expect(escapeLike(String.raw`100%_a\b`)).toBe(String.raw`100\%\_a\\b`);
  });

  it('leaves no unescaped wildcard, and nothing else changed', () => {
    fc.assert(
      fc.property(fc.string({ unit: charOf('\\%_a高') }), (text) => {
        const escaped = escapeLike(text);
        expect(escaped.replace(/\\[\\%_]/g, '')).not.toMatch(/[\\%_]/);
        expect(escaped.replace(/\\(.)/g, '$1')).toBe(text);
      }),
    );
  });
});
