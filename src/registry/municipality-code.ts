/**
 * 全国地方公共団体コード (local authority codes): two digits for the prefecture, three for the authority, one
 * check digit. A code is text, never a number: Hokkaido's begin with 0.
 *
 * Source: 総務省「全国地方公共団体コード仕様」 (the check digit by modulus 11, weights 6 to 2).
 */

const WEIGHTS = [6, 5, 4, 3, 2] as const;

/** Five or six digits, half-width or full-width; circled and superscript digits are not digits here. */
const TYPED_CODE = /^[0-9０-９]{5,6}$/;

/**
 * The sixth digit that belongs to a five-digit code.
 *
 * @param code5 exactly five ASCII digits, such as `01631`
 * @returns one ASCII digit, such as `0`
 * @throws RangeError when `code5` is anything else
 */
export function checkDigit(code5: string): string {
  if (!/^[0-9]{5}$/.test(code5)) {
    throw new RangeError(`not a five-digit code: ${JSON.stringify(code5)}`);
  }
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(code5[index]), 0);
  // The specification's two special cases (sums below 11, results of two digits) all fall out of "modulo 10".
  return String((11 - (sum % 11)) % 10);
}

/** Whether `s` is six ASCII digits with the right check digit. Says nothing about whether the place exists. */
export function isMunicipalityCode(s: string): boolean {
  return /^[0-9]{6}$/.test(s) && checkDigit(s.slice(0, 5)) === s[5];
}

/**
 * Reads a code as people type or paste it.
 *
 * Five digits are taken for a code without its check digit. A six-digit code whose leading zero a spreadsheet
 * has eaten looks the same and can't be told apart here: look the result up in the master.
 *
 * @param s five or six digits, half-width or full-width, white space around them allowed
 * @returns the six-digit code in ASCII, or null when it isn't a code or its check digit is wrong
 */
export function parseMunicipalityCode(s: string): string | null {
  const typed = s.trim();
  if (!TYPED_CODE.test(typed)) return null;
  const digits = typed.normalize('NFKC');
  const code = digits.length === 5 ? digits + checkDigit(digits) : digits;
  return isMunicipalityCode(code) ? code : null;
}
