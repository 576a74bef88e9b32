/**
 * The one rule for e-mail addresses, on every path: forms, imports, sign-in, sending.
 *
 * The pattern is the one of HTML5's `<input type="email">` (WHATWG HTML, "valid e-mail address"), in ASCII, with
 * the length limits of RFC 5321 (64 before the @, 254 in all) and at least one dot in the domain. It accepts no
 * comma, group, quoted form, comment or angle bracket, so one address can never be read as two.
 */

export interface EmailAddress {
  /** As typed, in ASCII: what is stored, shown and mailed to. */
  address: string;
  /** In lower case: what addresses are compared and looked up by. */
  key: string;
}

const MAX_ADDRESS = 254;
const MAX_LOCAL_PART = 64;

/**
 * Visible ASCII and its full-width twins. Anything else is refused before NFKC: it would fold look-alikes such
 * as the Kelvin sign (K) or ﬁ into ASCII letters, and one person's address into another's.
 */
const ASCII_OR_FULL_WIDTH = /^[!-~！-～]*$/;

const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const PATTERN = new RegExp(String.raw`^([a-z0-9.!#$%&'*+/=?^_\`{|}~-]+)@${LABEL}(?:\.${LABEL})+$`, 'i');

/**
 * Reads one address as people type it: full-width characters become half-width (ａ＠ｂ．ｊｐ → a@b.jp), white
 * space around it is dropped.
 *
 * Dots in a row or at the ends are accepted: docomo and au gave such addresses out until 2009, and they work.
 *
 * @returns the address in its stored and its comparable form, or null when it isn't exactly one address
 */
export function parseEmailAddress(input: string): EmailAddress | null {
  const typed = input.trim();
  // NFKC turns one full-width character into one ASCII character, so the limit may be checked first.
  if (typed.length > MAX_ADDRESS || !ASCII_OR_FULL_WIDTH.test(typed)) return null;
  const address = typed.normalize('NFKC');
  const localPart = PATTERN.exec(address)?.[1];
  if (localPart === undefined || localPart.length > MAX_LOCAL_PART) return null;
  return { address, key: address.toLowerCase() };
}
