import * as fc from 'fast-check';
import { deskBlock, heading, inset, layOut, paragraph, section } from './mail-layout.js';
import { displayWidth } from './mail-text.js';

const lines = (text: string): string[] => text.split('\n');
const widest = (text: string): number => Math.max(...lines(text).map(displayWidth));

describe('paragraph', () => {
  it('begins a line with every sentence', () => {
    expect(lines(paragraph('受け付けました。ありがとうございました。'))).toEqual([
      '受け付けました。',
      'ありがとうございました。',
    ]);
  });

  it('leaves a full stop inside brackets where it is', () => {
    expect(lines(paragraph('「変更はありません。」とのご回答でした。'))).toEqual([
      '「変更はありません。」とのご回答でした。',
    ]);
  });

  it('keeps the line ends and empty lines that somebody typed', () => {
    expect(paragraph('部署名が違います。\n\n髙﨑様にご確認ください。')).toBe(
      '部署名が違います。\n\n髙﨑様にご確認ください。',
    );
  });

  it('leaves a sentence that fits on one line alone', () => {
    const sentence = `${'あ'.repeat(18)}、${'い'.repeat(18)}。`;
    expect(displayWidth(sentence)).toBe(76);
    expect(paragraph(sentence)).toBe(sentence);
  });

  it('breaks a longer sentence after its last good comma', () => {
    const [first, second] = [`${'あ'.repeat(10)}、${'い'.repeat(12)}、`, `${'う'.repeat(20)}。`];
    expect(lines(paragraph(first + second))).toEqual([first, second]);
  });

  it('does not tear off a few characters for a comma', () => {
    const sentence = `あと、${'い'.repeat(36)}。`;
    expect(lines(paragraph(sentence))[0]).toMatch(/^あと、い{30}/u);
  });

  it('keeps every line within 38 full-width characters and loses nothing', () => {
    const prose = fc.string({ unit: fc.constantFrom(...'登録髙﨑檮、。（）「」ー12aあい'), maxLength: 300 });
    fc.assert(
      fc.property(prose, (text) => {
        const laidOut = paragraph(text);
        expect(widest(laidOut)).toBeLessThanOrEqual(76);
        expect(laidOut.replaceAll('\n', '')).toBe(text);
      }),
    );
  });

  it('leaves an address whole on a line of its own', () => {
    const address = `${'kikaku.'.repeat(9)}x@town-yusuhara.kochi.example`;
    expect(displayWidth(address)).toBeGreaterThan(76);
    expect(lines(paragraph(`次のアドレスに${address}お送りしました。`))).toContain(address);
  });
});

describe('inset', () => {
  it('sets every line in by one character', () => {
    expect(inset('受付番号　R8-0412', '髙﨑 澪里 様')).toBe('　受付番号　R8-0412\n　髙﨑 澪里 様');
  });

  it('counts the indent within the width', () => {
    expect(widest(inset('檮'.repeat(100)))).toBe(76);
  });

  it('leaves an address of any length on one line', () => {
    const address = `https://renkei.example.jp/${'v'.repeat(80)}`;
    expect(inset(address)).toBe(`　${address}`);
  });
});

it('a section is its heading and its blocks, an empty line between them', () => {
  expect(heading('コード')).toBe('■ コード');
  expect(section('コード', '甲', '乙')).toBe('■ コード\n\n甲\n\n乙');
});

it('the desk is named with its telephone number, each part on a line', () => {
  const desk = { name: '公益財団法人特別区協議会　事業部事業推進課', phone: '03-5210-9080' };
  expect(lines(deskBlock(desk))).toEqual([
    '■ お問い合わせ',
    '',
    '　公益財団法人特別区協議会',
    '　事業部事業推進課',
    '　電話　03-5210-9080',
    '',
    'このメールは、自動でお送りしています。',
  ]);
});

it('a mail leaves out what is missing and ends with one line end', () => {
  expect(layOut('ご担当者様', null, '', '本文')).toBe('ご担当者様\n\n本文\n');
});
