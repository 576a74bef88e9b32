import * as fc from 'fast-check';
import { parseEmailAddress } from './email-address.js';

const toFullWidth = (s: string) => s.replace(/[!-~]/g, (c) => String.fromCodePoint(c.charCodeAt(0) + 0xfee0));

const address = fc
  .tuple(
    fc.stringMatching(/^[A-Za-z0-9._+'-]{1,64}$/),
    fc.array(fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?$/), { minLength: 2, maxLength: 4 }),
  )
  .map(([local, labels]) => `${local}@${labels.join('.')}`);

/** A domain of exactly so many characters. */
const domain = (length: number) => `${'a'.repeat(50)}.`.repeat(4).slice(0, length - 3) + '.jp';

describe('parseEmailAddress', () => {
  it.each([
    ['kikaku@town-otofuke.hokkaido.example', 'kikaku@town-otofuke.hokkaido.example'],
    [' kikaku@example.jp\r\n', 'kikaku@example.jp'],
    ['　ｋｉｋａｋｕ＠ｅｘａｍｐｌｅ．ｊｐ　', 'kikaku@example.jp'],
    ['kikaku＠example．jp', 'kikaku@example.jp'],
    ["o'hara+machi_#1@a-b.example.jp", "o'hara+machi_#1@a-b.example.jp"],
    ['a..b@docomo.ne.jp', 'a..b@docomo.ne.jp'],
    ['ab.@docomo.ne.jp', 'ab.@docomo.ne.jp'],
    ['.ab@ezweb.ne.jp', '.ab@ezweb.ne.jp'],
    ['a@xn--eckwd4c7c.xn--zckzah', 'a@xn--eckwd4c7c.xn--zckzah'],
  ])('reads %j', (typed, stored) => {
    expect(parseEmailAddress(typed)).toEqual({ address: stored, key: stored });
  });

  it('keeps capitals for mailing and drops them for comparing', () => {
    expect(parseEmailAddress('Kikaku@Town.Example.JP')).toEqual({
      address: 'Kikaku@Town.Example.JP',
      key: 'kikaku@town.example.jp',
    });
  });

  it.each([
    '',
    '@',
    'a',
    'a@',
    '@b.jp',
    'a@b', // no dot: nothing on the Internet, but a common slip
    'a@b.',
    'a@.jp',
    'a@b..jp',
    'a@-b.jp',
    'a@b-.jp',
    'a@b_c.jp',
    'a b@c.jp',
    'a@b@c.jp',
    'a@b.jp,c@d.jp',
    'a@b.jp;c@d.jp',
    'a@b.jp c@d.jp',
    'group:a@b.jp;',
    '<a@b.jp>',
    'Name <a@b.jp>',
    '＜a@b.jp＞',
    'a@b.jp，c@d.jp',
    '"a b"@c.jp',
    '"a"@c.jp',
    'a(comment)@b.jp',
    'a@[127.0.0.1]',
    'mailto:a@b.jp',
    'a\\b@c.jp',
  ])('refuses %j', (typed) => {
    expect(parseEmailAddress(typed)).toBeNull();
  });

  it.each([
    ['a newline', 'a@b.jp\nBcc: c@d.jp'],
    ['a carriage return in the middle', 'a\r@b.jp'],
    ['NUL', 'a@b.jp\0'],
    ['a tab', 'a\t@b.jp'],
    ['a zero-width space', 'a\u200b@b.jp'],
    ['a bidirectional override', 'a\u202e@b.jp'],
    ['a lone surrogate', 'a\ud800@b.jp'],
  ])('refuses %s', (_, typed) => {
    expect(parseEmailAddress(typed)).toBeNull();
  });

  it.each([
    ['a dotless ı', 'kıkaku@example.jp'],
    ['a Kelvin sign', '\u212aikaku@example.jp'],
    ['a long s', 'ſomu@example.jp'],
    ['an ﬁ ligature', 'ﬁ@example.jp'],
    ['a Cyrillic а', 'kik\u0430ku@example.jp'],
    ['a superscript', 'a²@example.jp'],
    ['a mathematical letter', '𝐚@example.jp'],
    ['an ideographic full stop', 'a@example。jp'],
    ['a Japanese domain', 'a@日本語.jp'],
    ['half-width katakana', 'ｱ@example.jp'],
    ['an accent', 'é@example.jp'],
  ])('refuses %s instead of folding it', (_, typed) => {
    expect(parseEmailAddress(typed)).toBeNull();
  });

  it('holds to 64 before the @, 63 a label and 254 in all', () => {
    expect(parseEmailAddress(`${'a'.repeat(64)}@b.jp`)).not.toBeNull();
    expect(parseEmailAddress(`${'a'.repeat(65)}@b.jp`)).toBeNull();
    expect(parseEmailAddress(`a@${'b'.repeat(63)}.jp`)).not.toBeNull();
    expect(parseEmailAddress(`a@${'b'.repeat(64)}.jp`)).toBeNull();
    expect(parseEmailAddress(`${'a'.repeat(64)}@${domain(189)}`)).not.toBeNull();
    expect(parseEmailAddress(`${'a'.repeat(64)}@${domain(190)}`)).toBeNull();
  });

  it('answers quickly on hostile input', () => {
    const hostile = ['a'.repeat(100_000), `a@${'a-'.repeat(120)}`, `${'.'.repeat(250)}@`];
    const started = performance.now();
    for (const typed of hostile) expect(parseEmailAddress(typed)).toBeNull();
    expect(performance.now() - started).toBeLessThan(500);
  });

  it('reads an address the same in half width, in full width and a second time', () => {
    fc.assert(
      fc.property(address, (typed) => {
        const parsed = parseEmailAddress(typed);
        expect(parsed?.address).toBe(typed);
        expect(parseEmailAddress(toFullWidth(typed))).toEqual(parsed);
        expect(parseEmailAddress(parsed?.key ?? '')?.key).toBe(parsed?.key);
      }),
    );
  });

  it('never lets anything but visible ASCII with exactly one @ through', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), address, (junk, base) => {
        for (const typed of [junk, junk + base, base + junk]) {
          const { address: read = 'nothing@all' } = parseEmailAddress(typed) ?? {};
          expect(read).toMatch(/^[!-?A-~]+@[!-?A-~]+$/);
        }
      }),
    );
  });
});
