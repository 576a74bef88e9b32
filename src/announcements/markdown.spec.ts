import { gfmFromMarkdown } from 'mdast-util-gfm';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { toString } from 'mdast-util-to-string';
import { gfm } from 'micromark-extension-gfm';
import type { Nodes } from 'mdast';
import { cutBareAddresses, findFlaw, isSafeLink, plainTextOf } from './markdown.js';

/** As the page has them before it draws. */
function linksOf(typed: string): { url: string; words: string }[] {
  const tree = fromMarkdown(typed, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  cutBareAddresses(tree);
  const within = (node: Nodes): { url: string; words: string }[] => [
    ...(node.type === 'link' ? [{ url: node.url, words: toString(node) }] : []),
    ...('children' in node ? node.children.flatMap((child) => within(child)) : []),
  ];
  return within(tree);
}

describe('a text in Markdown', () => {
  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    'ここに <b>太字</b> と書いても',
    '<svg onload=alert(1)>',
    '<!-- 見えない -->',
  ])('keeps what looks like HTML as the text that was typed: %s', (typed) => {
    expect(plainTextOf(typed)).toBe(typed);
    expect(findFlaw(typed)).toBeNull();
  });

  it.each([
    ['[押す](javascript:alert(1))', 'javascript:alert(1)'],
    ['[押す](JaVaScRiPt:alert(1))', 'JaVaScRiPt:alert(1)'],
    ['<javascript:alert(1)>', 'javascript:alert(1)'],
    ['[押す](data:text/html,x)', 'data:text/html,x'],
    ['[押す](vbscript:x)', 'vbscript:x'],
    ['[押す][a]\n\n[a]: javascript:alert(1)', 'javascript:alert(1)'],
    ['[押す](&#106;avascript:alert(1))', 'javascript:alert(1)'],
    ['[押す](/announcements)', '/announcements'],
    ['[押す](//evil.example)', '//evil.example'],
    // On a page of https, the browser would take these for addresses of the page's own site.
    ['[押す](https:api/v1)', 'https:api/v1'],
    ['[押す](http:/api/v1)', 'http:/api/v1'],
    ['[押す](https:///api/v1)', 'https:///api/v1'],
    ['[押す](https:\\\\evil.example)', 'https:\\evil.example'],
    ['[押す](https://)', 'https://'],
  ])('names the link that it does not take: %s', (typed, target) => {
    expect(findFlaw(typed)).toEqual({ kind: 'link', target });
  });

  it.each([
    '![図](https://tracker.example/x.png)',
    '![図][a]\n\n[a]: https://tracker.example/x.png',
    '![図](data:image/svg+xml,x)',
  ])('names the picture that it does not take: %s', (typed) => {
    expect(findFlaw(typed)).toMatchObject({ kind: 'image' });
  });

  it.each([
    'https://www.tokyo23city.example/をご覧ください。',
    '[案内](https://www.example.jp/a?b=c)',
    '[電話](tel:03-5210-9747)',
    '[メール](mailto:desk@council.example)',
    '`javascript:alert(1)`',
    '本文だけ',
  ])('takes %s', (typed) => expect(findFlaw(typed)).toBeNull());

  it('ends a bare address where Japanese goes on', () => {
    expect(plainTextOf('https://a.example/をご覧ください')).toBe('https://a.example/をご覧ください');
    expect(findFlaw('https://a.example/をご覧ください')).toBeNull();
  });

  it.each([
    ['[東京](https://ja.wikipedia.org/wiki/東京)', 'https://ja.wikipedia.org/wiki/東京', '東京'],
    ['[要項.pdf](https://a.example/要項.pdf)', 'https://a.example/要項.pdf', '要項.pdf'],
    ['[www.a.example/東京](http://www.a.example/東京)', 'http://www.a.example/東京', 'www.a.example/東京'],
    ['[https://a.example/東京](https://a.example/東京)', 'https://a.example/東京', 'https://a.example/東京'],
    ['<https://a.example/東京>', 'https://a.example/東京', 'https://a.example/東京'],
    ['https://a.example/をご覧ください', 'https://a.example/', 'https://a.example/'],
    ['www.a.example/をご覧ください', 'http://www.a.example/', 'www.a.example/'],
    ['（https://a.example/をご覧ください）', 'https://a.example/', 'https://a.example/'],
    ['desk@a.exampleまで', 'mailto:desk@a.example', 'desk@a.example'],
  ])('leaves a link its words, and cuts only what was typed as an address: %s', (typed, url, words) => {
    expect(linksOf(typed)).toEqual([{ url, words }]);
  });

  it('takes the mark of a footnote for the text that was typed, and a line end for one', () => {
    expect(plainTextOf('注[^1]')).toBe('注[^1]');
    expect(plainTextOf('音更町\\\n士幌町').split('\n')).toEqual(['音更町', '士幌町']);
  });

  it('ends emphasis where Japanese goes on, too', () => {
    expect(plainTextOf('申込は**7月31日（土）**までです')).toBe('申込は7月31日（土）までです');
  });

  it('gives its words without marks, cell by cell and item by item', () => {
    const text = '# 日時\n\n**8月**28日\n\n- 音更町\n- 士幌町\n\n|市|町|\n|-|-|\n|帯広市|池田町|';
    expect(plainTextOf(text).split('\n')).toEqual([
      '日時',
      '8月28日',
      '音更町',
      '士幌町',
      '市',
      '町',
      '帯広市',
      '池田町',
    ]);
  });
});

it.each(['https://a.example', 'http://a.example', 'mailto:a@b.example', 'tel:03-5210-9747'])(
  'an address that begins with a known scheme is safe: %s',
  (target) => expect(isSafeLink(target)).toBe(true),
);
