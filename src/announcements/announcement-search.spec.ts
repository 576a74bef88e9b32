import { assert, property, string } from 'fast-check';
import { normalizeForSearch } from '../platform/text/search-text.js';
import { bigramsOfQuery, searchColumns } from './announcement-search.js';

const columns = (body: string) => searchColumns({ title: '題', summary: '要約', body, attachments: [] });

describe('what an announcement is found by', () => {
  it('is its title, summary, words and names of files, a line each', () => {
    const { searchText } = searchColumns({
      title: '防災の講演会',
      summary: '8月に開きます。',
      body: '**会場**は区政会館',
      attachments: ['開催要項.pdf'],
    });
    expect(searchText.split('\n')).toEqual(
      ['防災の講演会', '8月に開きます。', '会場は区政会館', '開催要項.pdf'].map(normalizeForSearch),
    );
  });

  it('has each pair of neighbours, and none across two lines', () => {
    const { searchBigrams } = columns('防災');
    expect(searchBigrams).toContain('防災');
    expect(searchBigrams).not.toContain('約防');
  });

  it('does not cut a character beyond the basic plane in two', () => {
    expect(columns('𠮷田').searchBigrams.every((pair) => pair.isWellFormed())).toBe(true);
    expect(bigramsOfQuery('𠮷田')).toEqual(['吉田']);
  });

  it('asks the index for nothing where a word has one character', () => {
    expect(bigramsOfQuery('町')).toEqual([]);
    expect(bigramsOfQuery(undefined)).toEqual([]);
  });

  it('has every pair of every word that stands in it', () => {
    assert(
      property(string({ unit: 'grapheme', minLength: 1, maxLength: 30 }), (text) => {
        const { searchText, searchBigrams } = searchColumns({
          title: text,
          summary: '',
          body: '',
          attachments: [],
        });
        const pairs = new Set(searchBigrams);
        for (const word of searchText.split(/\s/)) {
          expect(bigramsOfQuery(word).filter((pair) => !pairs.has(pair))).toEqual([]);
        }
      }),
    );
  });
});
