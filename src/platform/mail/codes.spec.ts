import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { generateKeysFile, Keys } from '../../config/keys.js';
import { CODE_PURPOSES } from '../outbox/outbox.entity.js';
import { CODE_DIGITS, Codes } from './codes.js';

const ID = '019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5e';
const OTHER_ID = '019aa0c8-7a5e-7cc0-8e5c-0f3a2b1c4d5f';
const codesWith = (secret: string) =>
  new Codes(
    Keys.from(
      { ...generateKeysFile(), codeSecret: createHash('sha256').update(secret).digest('base64url') },
      'https://portal.example',
    ),
  );
const codes = codesWith('first');

describe('derive', () => {
  it.each([
    ['sign-in', 8],
    ['verify-address', 8],
    ['staff-invitation', 12],
    ['recovery-code', 12],
  ] as const)('of %s always has %d digits', (purpose, digits) => {
    fc.assert(
      fc.property(fc.uuid(), (id) => {
        expect(codes.derive(purpose, id)).toMatch(new RegExp(`^\\d{${digits}}$`));
      }),
    );
  });

  it('is the same at every attempt', () => {
    expect(codes.derive('sign-in', ID)).toBe(codesWith('first').derive('sign-in', ID));
  });

  it('keeps leading zeros', () => {
    const derived = Array.from({ length: 500 }, (_, index) => codes.derive('sign-in', `${ID}-${index}`));
    const leading = derived.find((code) => code.startsWith('0'));
    expect(leading).toHaveLength(CODE_DIGITS['sign-in']);
  });

  it('differs for another challenge, purpose or key', () => {
    const all = [
      codes.derive('sign-in', ID),
      codes.derive('sign-in', OTHER_ID),
      codes.derive('verify-address', ID),
      codesWith('second').derive('sign-in', ID),
    ];
    expect(new Set(all).size).toBe(all.length);
  });

  it('uses every digit about as often', () => {
    const counts = Array.from({ length: 10 }, () => 0);
    for (let index = 0; index < 1000; index++) {
      for (const digit of codes.derive('verify-address', String(index))) counts[Number(digit)]! += 1;
    }
    for (const count of counts) expect(Math.abs(count - 800)).toBeLessThan(160);
  });
});

describe('matches', () => {
  it.each(CODE_PURPOSES)('takes the code of %s', (purpose) => {
    expect(codes.matches(purpose, ID, codes.derive(purpose, ID))).toBe(true);
  });

  const right = codes.derive('sign-in', ID);
  const wrongLast = right.slice(0, -1) + ((Number(right.at(-1)) + 1) % 10);
  it.each([
    ['nothing', ''],
    ['one digit less', right.slice(0, -1)],
    ['one digit more', `${right}0`],
    ['a wrong last digit', wrongLast],
    ['full-width digits', right.replace(/\d/g, (digit) => String.fromCodePoint(Number(digit) + 0xff10))],
    ['the code of another challenge', codes.derive('sign-in', OTHER_ID)],
    ['the code of another purpose', codes.derive('verify-address', ID)],
  ])('refuses %s', (_, typed) => {
    expect(codes.matches('sign-in', ID, typed)).toBe(false);
  });
});
