import { normalizeForSearch } from '../platform/text/search-text.js';
import { searchTextOf } from './announcement-search.js';

describe('what an announcement is found by', () => {
  it('is its title, summary, words and names of files, a line each', () => {
    const searchText = searchTextOf({
      title: '防災の講演会',
      summary: '8月に開きます。',
      body: '**会場**は区政会館',
      attachments: ['開催要項.pdf'],
    });
    expect(searchText.split('\n')).toEqual(
      ['防災の講演会', '8月に開きます。', '会場は区政会館', '開催要項.pdf'].map(normalizeForSearch),
    );
  });
});
