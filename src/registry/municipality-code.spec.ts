import * as fc from 'fast-check';
import { checkDigit, isMunicipalityCode, parseMunicipalityCode } from './municipality-code.js';

const code5 = fc.stringMatching(/^[0-9]{5}$/);
const toFullWidth = (s: string) => s.replace(/[0-9]/g, (d) => String.fromCodePoint(d.charCodeAt(0) + 0xfee0));

describe('checkDigit', () => {
  it.each([
    ['01000', '6'], // 北海道
    ['01100', '2'], // 札幌市
    ['13101', '6'], // 千代田区
    ['20000', '0'], // 長野県: 11 − 1 = 10 is written 0
    ['42000', '0'],
    ['39405', '0'], // 檮原町
    ['00000', '1'], // remainder 0: 11 is written 1
  ])('of %s is %s', (code, digit) => {
    expect(checkDigit(code)).toBe(digit);
  });

  it.each(['', '1100', '011002', '0110x', '０１１００', '01 00'])('refuses %j', (code) => {
    expect(() => checkDigit(code)).toThrow(RangeError);
  });
});

describe('isMunicipalityCode', () => {
  it('accepts exactly one of the ten last digits', () => {
    fc.assert(
      fc.property(code5, (code) => {
        const right = Array.from('0123456789').filter((digit) => isMunicipalityCode(code + digit));
        expect(right).toEqual([checkDigit(code)]);
      }),
    );
  });

  it.each(['', '01100', '011003', '0110020', '０１１００２', ' 011002', '011002\n'])('refuses %j', (code) => {
    expect(isMunicipalityCode(code)).toBe(false);
  });
});

describe('parseMunicipalityCode', () => {
  it('reads the same code from five digits, six digits and full-width digits', () => {
    fc.assert(
      fc.property(code5, (five) => {
        const six = five + checkDigit(five);
        for (const typed of [five, six, toFullWidth(five), toFullWidth(six), ` ${six}　`]) {
          expect(parseMunicipalityCode(typed)).toBe(six);
        }
      }),
    );
  });

  it.each(['', '1100', '011003', '0110020', '01-1002', '011 002', '①①①①①', '0x1100', '٠١١٠٠٢'])(
    'finds no code in %j',
    (typed) => {
      expect(parseMunicipalityCode(typed)).toBeNull();
    },
  );
});
