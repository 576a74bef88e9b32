import * as fc from 'fast-check';
import { create } from 'content-disposition';
import { DomainError } from '../platform/http/domain-error.js';
import { attachmentName, extensionOf } from './attachment-name.js';

const codeOf = (given: string): string | undefined => {
  try {
    attachmentName(given);
    return undefined;
  } catch (error) {
    return error instanceof DomainError ? error.details.errors?.[0]?.code : 'another error';
  }
};

describe('attachmentName', () => {
  it.each([
    ['開催要項.pdf', '開催要項.pdf'],
    ['髙﨑 𠮷野🎉👨‍👩‍👧.xlsx', '髙﨑 𠮷野🎉👨‍👩‍👧.xlsx'],
    ['か\u3099.txt', 'が.txt'],
    ['../../etc/passwd.txt', 'passwd.txt'],
    ['..\\..\\x.pdf', 'x.pdf'],
    ['C:\\Users\\町\\要項.docx', '要項.docx'],
    ['/a/b/', undefined],
    ['"引用".pdf', '＂引用＂.pdf'],
    ["d'été; filename=x.exe.pdf", "d'été; filename=x.exe.pdf"],
    ['a<b>|c:d*e?.pdf', 'a＜b＞｜c：d＊e？.pdf'],
    ['.htaccess.txt', 'htaccess.txt'],
    ['...pdf', 'pdf'],
    ['a.pdf. . ', 'a.pdf'],
    ['\u3000要項.pdf\u3000', '要項.pdf'],
    ['con.pdf', '_con.pdf'],
    ['Lpt1', '_Lpt1'],
    ['console.pdf', 'console.pdf'],
    ['a\u200bb\u200e\ufeff.pdf', 'ab.pdf'],
    ['%2e%2e%2fa.pdf', '%2e%2e%2fa.pdf'],
  ])('%j becomes %j', (given, name) => {
    if (name === undefined) expect(codeOf(given)).toBe('required');
    else expect(attachmentName(given)).toBe(name);
  });

  it.each([
    ['', 'required'],
    [' . .. ', 'required'],
    ['\u200b', 'required'],
    ['a\r\nSet-Cookie: x=1.pdf', 'control-character'],
    ['a\n.pdf', 'control-character'],
    ['a\0.pdf', 'control-character'],
    ['fdp.\u202efdp.exe', 'control-character'],
    ['a\u2067b.pdf', 'control-character'],
    ['a\ud800.pdf', 'not-well-formed'],
    ['x'.repeat(10_000), 'too-long'],
  ])('%j is refused: %s', (given, code) => {
    expect(codeOf(given)).toBe(code);
  });

  it.each(['要', '𠮷', 'a'])('keeps the extension of a long name of %s', (character) => {
    const name = attachmentName(`${character.repeat(400)}.docx`);
    expect(name).toBe(`${character.repeat(145)}.docx`);
    expect([...name]).toHaveLength(150);
  });

  it('never breaks the header, comes back from it, and stays what it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (given) => {
        if (codeOf(given) !== undefined) return;
        const name = attachmentName(given);
        expect([...name].length).toBeLessThanOrEqual(150);
        expect(name).not.toMatch(/[/\\<>:"|?*]/);
        expect(create(name)).toMatch(/^attachment; filename[\x20-\x7e]+$/);
        expect(attachmentName(name)).toBe(name);
      }),
    );
  });
});

describe('extensionOf', () => {
  it.each([
    ['要項.PDF', 'pdf'],
    ['a.tar.gz', 'gz'],
    ['README', ''],
    ['pdf', ''],
    ['a.', ''],
    ['a.要項', ''],
  ])('%s: %s', (name, extension) => {
    expect(extensionOf(name)).toBe(extension);
  });
});
