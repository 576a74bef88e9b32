import * as fc from 'fast-check';
import { checkText, normalizeLineBreaks } from './plain-text.js';

const oneLine = { max: 10, multiline: false };
const lines = { max: 10, multiline: true };

describe('checkText', () => {
  it.each(['', '企画課', '髙﨑檮𠮷', 'が', 'か\u3099', '葛\u{e0100}城', '　', '👩‍🌾', '\u00a0'])(
    'has nothing against %j',
    (text) => {
      expect(checkText(text, oneLine)).toBeNull();
      expect(checkText(text, lines)).toBeNull();
    },
  );

  it('counts code points', () => {
    expect(checkText('𠮷'.repeat(10), oneLine)).toBeNull();
    expect(checkText('𠮷'.repeat(11), oneLine)).toBe('too-long');
    expect(checkText('a'.repeat(11), oneLine)).toBe('too-long');
    expect(checkText('a'.repeat(1_000_000), oneLine)).toBe('too-long');
    expect(checkText('', { max: 0, multiline: false })).toBeNull();
  });

  it('refuses every control character and bidirectional override, wherever it stands', () => {
    const ranges: [number, number][] = [
      [0x00, 0x1f],
      [0x7f, 0x9f],
      [0x2028, 0x2029],
      [0x202a, 0x202e],
      [0x2066, 0x2069],
    ];
    const forbidden = ranges.flatMap(([from, to]) =>
      Array.from({ length: to - from + 1 }, (_, offset) => String.fromCharCode(from + offset)),
    );
    for (const character of forbidden) {
      for (const text of [character, `a${character}`, `${character}b`]) {
        expect(checkText(text, oneLine)).toBe('control-character');
        expect(checkText(text, lines)).toBe(character === '\n' ? null : 'control-character');
      }
    }
  });

  it('allows line feeds, and only them, in a text of several lines', () => {
    expect(checkText('一行目\n\n三行目', lines)).toBeNull();
    expect(checkText('一行目\r\n二行目', lines)).toBe('control-character');
    expect(checkText(normalizeLineBreaks('一行目\r\n二行目'), lines)).toBeNull();
    expect(checkText('表\t組', lines)).toBe('control-character');
  });

  it.each(['\ud842', '\udfb7', 'a\ud842', '\udfb7\ud842', '\ud842\ud842\udfb7'])(
    'refuses the lone surrogate in %j',
    (text) => {
      expect(checkText(text, oneLine)).toBe('not-well-formed');
    },
  );

  it('passes only what UTF-8 returns unchanged', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (text, multiline) => {
        if (checkText(text, { max: 100, multiline }) !== null) return;
        expect(Buffer.from(text, 'utf8').toString('utf8')).toBe(text);
        expect(Array.from(text).length).toBeLessThanOrEqual(100);
      }),
    );
  });
});

describe('normalizeLineBreaks', () => {
  it.each([
    ['a\r\nb', 'a\nb'],
    ['a\rb', 'a\nb'],
    ['a\n\rb', 'a\n\nb'],
    ['a\r\r\nb', 'a\n\nb'],
    ['a\nb', 'a\nb'],
  ])('makes %j into %j', (text, expected) => {
    expect(normalizeLineBreaks(text)).toBe(expected);
  });
});
