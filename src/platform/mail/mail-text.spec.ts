import * as fc from 'fast-check';
import { displayWidth, groupDigits, wrapJa } from './mail-text.js';

const ADDRESS = 'kikaku@town-otofuke.hokkaido.example';

const charOf = (characters: string) => fc.constantFrom(...Array.from(characters));
const wrap = (text: string, width: number, indent?: string) =>
  wrapJa(text, indent === undefined ? { width } : { width, indent });
const withoutSpace = (text: string) => text.replace(/\s/g, '');

/** Japanese text with everything that wrapping has to watch. */
const japanese = fc
  .array(
    fc.oneof(
      { arbitrary: charOf('登録内容の確認をおねがいしますセンターッ'), weight: 6 },
      { arbitrary: charOf('、。）」ーっ々！％'), weight: 2 },
      { arbitrary: charOf('（「『￥('), weight: 1 },
      {
        arbitrary: fc.constantFrom('2027', 'SDGs', ADDRESS, 'https://renkei.example/k', '檮', '👩‍🌾'),
        weight: 1,
      },
      { arbitrary: fc.constantFrom(' ', '　', '\n', '\r\n'), weight: 1 },
    ),
    { maxLength: 200 },
  )
  .map((parts) => parts.join(''));

describe('displayWidth', () => {
  it.each([
    ['', 0],
    ['abc 123', 7],
    ['音更町', 6],
    ['ｵﾄﾌｹ', 4],
    ['ﾊﾟ', 2],
    ['パ', 2],
    ['ハ\u309a', 2],
    ['ａ＠ｂ', 6],
    ['　', 2],
    ['■①※…―→', 12], // ambiguous
    ['αЖ', 4], // ambiguous too
    ['é', 2], // ambiguous: U+00E9
    ['e\u0301', 1],
    ['ñ', 1], // neutral
    ['¥', 1],
    ['￥', 2],
    ['𠮷', 2],
    ['葛\u{e0100}', 2],
    ['a\u200bb', 2],
    ['\uE000', 2], // gaiji
    ['髙﨑', 4],
    ['🍉', 2],
    ['\n', 0],
  ])('of %j is %i', (text, columns) => {
    expect(displayWidth(text)).toBe(columns);
  });
});

describe('wrapJa', () => {
  it('breaks anywhere between Japanese characters', () => {
    expect(wrap('登録内容を確認してください', 5)).toBe('登録内容を\n確認してく\nださい');
  });

  it('fills 38 full-width characters', () => {
    expect(wrap('あ'.repeat(77), 38)).toBe(`${'あ'.repeat(38)}\n${'あ'.repeat(38)}\nあ`);
  });

  it.each([
    ['あいうえお、かきく', 'あいうえ\nお、かきく'],
    ['あいうえお。」かきく', 'あいうえ\nお。」かき\nく'],
    ['あいう（えお）', 'あいう（え\nお）'],
    ['あいうえ（お）', 'あいうえ\n（お）'],
    ['あいうえ「かきく」', 'あいうえ\n「かきく」'],
    ['あいうサーバー', 'あいうサー\nバー'],
    ['あいうえサーバー', 'あいうえ\nサーバー'],
    ['あいうえやっと', 'あいうえ\nやっと'],
    ['我々人々佐々木', '我々人々\n佐々木'],
    ['ｱｲｳｴｵｶｷｸｹｶﾞ', 'ｱｲｳｴｵｶｷｸｹ\nｶﾞ'],
  ])('keeps the rules for the ends of lines in %j', (text, wrapped) => {
    expect(wrap(text, 5)).toBe(wrapped);
  });

  it('keeps ASCII words whole and breaks one only when it is wider than a line', () => {
    expect(wrap('次のSDGs', 3)).toBe('次の\nSDGs');
    expect(wrap('abcdefghij', 3)).toBe('abcdef\nghij');
    expect(wrap('New words and old', 5)).toBe('New words\nand old');
  });

  it.each([ADDRESS, 'https://renkei.example/k?very=long&path=indeed'])('never breaks %s', (address) => {
    expect(wrap(`宛先は${address}です`, 8)).toBe(`宛先は\n${address}\nです`);
    expect(wrap(`（${address}）`, 8)).toContain(address);
    expect(wrap(`　　${address}`, 8)).toBe(address);
    expect(wrap(`　　${address}`, 38)).toBe(`　　${address}`);
  });

  it('keeps line breaks and blank lines, and drops white space at the ends of lines', () => {
    expect(wrap('一行目\r\n\n　三行目 　\n', 38)).toBe('一行目\n\n　三行目\n');
    expect(wrap('　　', 38)).toBe('');
    expect(wrap('', 38)).toBe('');
    expect(wrap('あいうえお　かきく', 5)).toBe('あいうえお\nかきく');
    expect(wrap('あい　　　　　　　　かき', 5)).toBe('あい\nかき');
  });

  it('puts the indent before every line with text and counts it', () => {
    expect(wrap('あいうえおか\n\nき', 5, '　　')).toBe('　　あいう\n　　えおか\n\n　　き');
  });

  it('survives what it can’t place well', () => {
    expect(wrap('。'.repeat(7), 3)).toBe('。。。\n。。。\n。');
    expect(wrap('👩‍👩‍👧‍👦あ', 1)).toBe('👩‍👩‍👧‍👦\nあ');
    expect(wrap('葛\u{e0100}城', 1)).toBe('葛\u{e0100}\n城');
  });

  it.each([
    [0, ''],
    [-1, ''],
    [Number.NaN, ''],
    [2, '　　'],
  ])('refuses a width of %d with the indent %j', (width, indent) => {
    expect(() => wrapJa('あ', { width, indent })).toThrow(RangeError);
  });

  it('loses and adds nothing but white space', () => {
    fc.assert(
      fc.property(japanese, fc.integer({ min: 1, max: 38 }), (text, width) => {
        expect(withoutSpace(wrap(text, width))).toBe(withoutSpace(text));
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 38 }), (text, width) => {
        expect(withoutSpace(wrap(text, width))).toBe(withoutSpace(text));
      }),
    );
  });

  it('makes no line too wide, save an address alone', () => {
    fc.assert(
      fc.property(
        japanese,
        fc.integer({ min: 5, max: 38 }),
        fc.constantFrom('', '　　'),
        (text, width, indent) => {
          const tooWide = wrap(text, width, indent)
            .split('\n')
            .filter((line) => displayWidth(line) > width * 2)
            .map((line) => line.trim());
          expect(tooWide.filter((line) => !/^[!-~]+(@|:\/\/)[!-~]+$/.test(line))).toEqual([]);
        },
      ),
    );
  });

  it('keeps the rules for the ends of lines wherever brackets and marks leave room', () => {
    const phrase = fc
      .tuple(
        fc.constantFrom('', '（', '「', '『', '￥', '('),
        fc.constantFrom('確認', 'お', 'サーバー', 'やっと', '人々', '2027', 'SDGs'),
        fc.constantFrom('', '、', '）。', '」', '！', '％'),
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(phrase, { maxLength: 60 }), fc.integer({ min: 8, max: 38 }), (phrases, width) => {
        const lines = wrap(phrases.join(''), width).split('\n');
        for (const line of lines) expect(line).not.toMatch(/^[、。）」ーっ々！％]|[（「『￥(]$/);
      }),
    );
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(japanese, fc.integer({ min: 5, max: 38 }), (text, width) => {
        const once = wrap(text, width);
        expect(wrap(once, width)).toBe(once);
      }),
    );
  });
});

describe('groupDigits', () => {
  it.each([
    ['12345678', 4, '1234 5678'],
    ['482177360954', 4, '4821 7736 0954'],
    ['903171', 3, '903 171'],
    ['12345', 2, '12 34 5'],
    ['00000000', 4, '0000 0000'],
    ['1', 4, '1'],
  ])('groups %s by %i into %s', (digits, size, grouped) => {
    expect(groupDigits(digits, size)).toBe(grouped);
  });

  it.each([
    ['', 4],
    ['1234 5678', 4],
    ['１２３４', 4],
    ['12a4', 4],
    ['1234\n', 4],
    ['1234', 0],
    ['1234', -1],
    ['1234', 1.5],
    ['1234', Number.NaN],
  ])('refuses %j by %d', (digits, size) => {
    expect(() => groupDigits(digits, size)).toThrow(RangeError);
  });
});
