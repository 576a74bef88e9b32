import * as fc from 'fast-check';
import { etagOf, parseIfMatch } from './etag.js';

describe('parseIfMatch', () => {
  it('reads the tag that the portal gave', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999_999 }), (version) => {
        expect(parseIfMatch(etagOf(version))).toBe(version);
      }),
    );
  });

  it('does not mind blanks around it', () => {
    expect(parseIfMatch(' "12" ')).toBe(12);
  });

  it.each([undefined, '', '  ', '*'])('asks for a version when it is %j', (header) => {
    expect(() => parseIfMatch(header)).toThrow(
      expect.objectContaining({ code: 'if-match-required', status: 428 }),
    );
  });

  it.each([
    ['a weak tag', 'W/"12"'],
    ['several tags', '"11", "12"'],
    ['a leading zero', '"012"'],
    ['nought', '"0"'],
    ['a negative number', '"-1"'],
    ['a fraction', '"1.5"'],
    ['full-width digits', '"１２"'],
    ['more than a version can be', '"9999999999"'],
    ['something else', '"abc"'],
  ])('answers that the version moved on for %s', (_, header) => {
    expect(() => parseIfMatch(header)).toThrow(
      expect.objectContaining({ code: 'stale-version', status: 412 }),
    );
  });

  it.each([
    ['no quotes', '12'],
    ['no end', '"12'],
    ['no beginning', '12"'],
  ])('answers that it is no entity tag for %s', (_, header) => {
    expect(() => parseIfMatch(header)).toThrow(expect.objectContaining({ code: 'malformed', status: 400 }));
  });
});
