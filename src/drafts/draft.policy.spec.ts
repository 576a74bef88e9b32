import * as fc from 'fast-check';
import type { Actor } from '../platform/access/viewer.js';
import { assertCanBeKept, isClerkOf, MAX_CONTENT_BYTES, MAX_CONTENT_LEVELS } from './draft.policy.js';

const nested = (levels: number): Record<string, unknown> => (levels === 1 ? {} : { a: nested(levels - 1) });
/** So long that it is this many bytes as JSON. */
const sized = (bytes: number): Record<string, unknown> => ({ a: 'x'.repeat(bytes - '{"a":""}'.length) });

describe('what a form holds', () => {
  it('is kept whatever it is', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ maxDepth: 4 })),
        (content) => {
          fc.pre(!JSON.stringify(content).includes('\\u'));
          expect(() => assertCanBeKept(content)).not.toThrow();
        },
      ),
    );
  });

  it('may be as large as it may be, in bytes and not in characters', () => {
    expect(() => assertCanBeKept(sized(MAX_CONTENT_BYTES))).not.toThrow();
    expect(() => assertCanBeKept(sized(MAX_CONTENT_BYTES + 1))).toThrow(
      expect.objectContaining({ code: 'too-large', status: 413 }),
    );
    expect(() => assertCanBeKept({ a: '課'.repeat(MAX_CONTENT_BYTES / 3) })).toThrow('too-large');
  });

  it('may be as deep as it may be', () => {
    expect(() => assertCanBeKept(nested(MAX_CONTENT_LEVELS))).not.toThrow();
    expect(() => assertCanBeKept(nested(MAX_CONTENT_LEVELS + 1))).toThrow('invalid');
  });

  it.each([
    ['NUL', { a: [{ 'b/~c': 'x\0' }] }, '/content/a/0/b~1~0c', 'control-character'],
    ['half a character', { a: '\uD800' }, '/content/a', 'not-well-formed'],
    ['NUL in a name', { a: { 'b\0': 1 } }, '/content/a', 'control-character'],
    ['half a character in a name', { '\uDC00': 1 }, '/content', 'not-well-formed'],
    ['too many levels', nested(11), `/content${'/a'.repeat(10)}`, 'too-deep'],
  ])('is refused with %s', (_, content, pointer, code) => {
    expect(() => assertCanBeKept(content)).toThrow(
      expect.objectContaining({
        status: 422,
        details: { errors: [{ pointer, code, message: expect.stringMatching(/。$/) }] },
      }),
    );
  });
});

describe('a clerk', () => {
  const session = { sessionId: 's', mailbox: 'a@town.example', name: '佐藤' };
  const clerk: Actor = { kind: 'member', registrationId: 'ours', roles: ['member'], ...session };
  const staff: Actor = { kind: 'staff', accountId: 'ours', roles: ['reviewer'], steppedUp: true, ...session };

  it('is one of their own municipality, and of no other', () => {
    expect(isClerkOf(clerk, 'ours')).toBe(true);
    expect(isClerkOf(clerk, 'theirs')).toBe(false);
    expect(isClerkOf(staff, 'ours')).toBe(false);
    expect(isClerkOf({ kind: 'system', name: 'x' }, 'ours')).toBe(false);
  });
});
