import { findFlaw, plainTextOf } from './markdown.js';
import { exceededLimit } from './markdown-limits.js';

/** As long as a text may be. */
const LENGTH = 20_000;
const filled = (unit: string, before = ''): string =>
  (before + unit.repeat(Math.ceil(LENGTH / unit.length))).slice(0, LENGTH);
const twenty = (unit: string): string => unit.repeat(20);

/** The end of the longest beginning that is taken. */
function longestTaken(text: string): string {
  let taken = 0;
  for (let refused = text.length + 1; refused - taken > 1;) {
    const middle = Math.floor((taken + refused) / 2);
    if (exceededLimit(text.slice(0, middle)) === null) taken = middle;
    else refused = middle;
  }
  return text.slice(0, taken);
}

describe('a text that its parser would choke on is refused unread:', () => {
  it.each([
    ['quotes in quotes', '>'.repeat(LENGTH), 'depth'],
    ['with blanks', '> '.repeat(2_000), 'depth'],
    ['lists in lists', `${'1. '.repeat(1_500)}a`, 'depth'],
    ['both', `${'> - '.repeat(1_500)}a`, 'depth'],
    ['by tabs', `${'-\t'.repeat(1_500)}a`, 'depth'],
    ['by indentation', [...'1234567'].map((_, at) => `${'  '.repeat(at)}- a\n`).join(''), 'depth'],
    [
      'by indentation in a quote',
      [...'123456'].map((_, at) => `> ${'  '.repeat(at)}- a\n`).join(''),
      'depth',
    ],
    ['many items', filled('- a\n'), 'lines'],
    ['many items in few lines', '- > - > - a\n\n'.repeat(300), 'containers'],
    ['emphasis around one letter', `${'*'.repeat(10_000)}a${'*'.repeat(9_999)}`, 'word'],
    ['emphasis that never ends', filled('*a_ '), 'emphasis'],
    ['emphasis in emphasis', `${'*a '.repeat(2_000)}${'a* '.repeat(2_000)}`, 'emphasis'],
    ['strikes', filled('あ~'), 'emphasis'],
    ['headings from below', '-\n=\n'.repeat(5_000), 'lines'],
    ['headings from below a few lines', 'あ\n=\n'.repeat(500), 'underlines'],
    ['brackets', filled('[あ'), 'brackets'],
    ['code that never ends', filled('あ\\``'), 'code'],
    ['an address with references', `http://a${'&a;'.repeat(6_000)}`, 'word'],
    [
      'a table with a wide heading',
      `${'|a'.repeat(400)}\n${'|-'.repeat(400)}\n${'a\n'.repeat(500)}`,
      'cells',
    ],
  ])('%s', (_what, text, limit) => {
    expect(exceededLimit(text)).toBe(limit);
    expect(findFlaw(text)).toEqual({ kind: 'limit', limit });
    expect(plainTextOf(text)).toBe(text);
  });
});

describe('a text made of nothing but', () => {
  const units = [
    '>',
    '> ',
    '1. ',
    '1) ',
    '- ',
    '* ',
    '+ ',
    '-\t',
    '> - ',
    '1. - > a\n',
    '> > > > > > a\n',
    '- - - - - - a\n',

    '> a\n\n',
    '> a\nb\n',
    '- a\n',
    '- a\nb\n',
    '- a\n\n> b\n\n',
    '-\n=\n',
    '-\na\n',
    '>\n=\n',
    '1.\n-\n',
    '- ---\n',

    '- a\n  - b\n    - c\n',
    '\n  - [x] (。&',
    '2. a* ',
    '[x] ',
    '=\n',
    'a\n=\n',
    'a\n-\n',
    '---\n',
    '***\n',
    '* * *\n',

    '*',
    '_',
    '~',
    '~~',
    '*_',
    '_*',
    '*a ',
    '**a ',
    'a* ',
    '*a_ ',
    '*a_b~c',
    '***a** b',
    '**あ**',
    '「**a**」',
    '𠮷*',

    '[',
    ']',
    '[]',
    '[a',
    '[a]',
    '[a](',
    '[a](b)',
    '[a](<',
    '[a](b "',
    '[a][',
    '![',
    '![a](b)',
    '[a]: b\n',
    '[a]:\n',

    '[a]: b "c\n',
    '[^a]',
    '[^a]: b\n',
    '`',
    '` ',
    '`a',
    '\\``  ',
    '```\n',
    '~~~\n',
    '|',
    '|a',
    '|\n',
    '|-|\n',
    '|-:',

    'a|b\n-|-\n',
    '\\',
    '\\*',
    '\\\n',
    '<',
    '<a',
    '<a>',
    '<http://a>',
    '<!--',
    '&',
    '&a;',
    '&amp;',
    '&#1',
    '#',
    '# ',

    '# a\n',
    '#\n',
    'http://',
    'http://a ',
    'http://a&a;',
    'http://a_.',
    'http://あ_',
    'www.',
    'www.a ',
    'www.あ_あ',

    'a@b.c ',
    'a@b.c',
    'a@',
    'a.-_+',
    'mailto:a@b.c ',
    'xmpp:a@b.c/',
    ' ',
    '\t',
    '\ta\n',
    '    a\n',
    '  \n',
    'a  \n',
    '\n',
    '\r',
    '\r\n',
    'a',
    'あ',
    'あ\n',
    'あ\n\n',
    'a ',
    '!',
    '"',
    '(',
    ')',
    '\0',
    '\u2028',
  ];
  const heads = ['- a\n', '> a\n', 'http://a', '[a]: http://a.b\n\n', '[a]: "', '|a|b|\n|-|-|\n', '+ )\n'];
  const texts = [
    ...units.map((unit) => ['', unit]),
    ...heads.flatMap((head) => ['あ\n', '[a]', '&a;', '|b', '*a ', '\\``  '].map((unit) => [head, unit])),
  ] as [string, string][];

  it.each(texts.map(([head, unit]) => [JSON.stringify(head), JSON.stringify(unit), filled(unit, head)]))(
    '%s and %s is refused, or read',
    (_head, _unit, text) => {
      if (exceededLimit(text) !== null) expect(plainTextOf(text)).toBe(text);
      expect(typeof plainTextOf(longestTaken(text))).toBe('string');
    },
  );
});

describe('what an office writes is taken:', () => {
  it.each([
    [
      'a table of 300 rows',
      `|市区町村|電話|担当|\n|-|-|-|\n${'|**帯広市**|0155-65-4107|[案内](https://a.example/)|\n'.repeat(300)}`,
    ],
    ['a list of 372 with a line below each', '- 音更町\n  - 担当：総務課\n'.repeat(372)],
    ['300 points with an emphasis each', '1. **8月28日**まで\n'.repeat(300)],
    ['300 links', '[申込みのページ](https://a.example/x?a_b=1&c_d=2)\n\n'.repeat(300)],
    ['300 addresses', 'https://www.city.example/soshiki/index.html\n'.repeat(300)],
    ['lists in lists in a quote', '> - a\n>   - b\n>     1. c\n>        - d\n'],
    ['a list in a list after another', `${'- a\n  - b\n    - c\n      - d\n'.repeat(20)}- e`],
    ['lines across', '本文\n\n---\n\n* * * * * * * *\n\n- - - - - - - - -\n\n'.repeat(20)],
    ['a long address', `https://a.example/?q=${'x'.repeat(900)}`],
    ['words moved to the right', `${' '.repeat(60)}以上\n`],
    ['plain lines', '本文の一行です。\n'.repeat(1_200)],
    ['dotted leaders', `要項 ${twenty('.....')} 12\n`.repeat(50)],
  ])('%s', (_what, text) => expect(exceededLimit(text.slice(0, LENGTH))).toBeNull());
});
