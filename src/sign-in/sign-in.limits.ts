import { limited, type Limit, type LimitedUse } from '../platform/limits/limit.js';

/**
 * How often one may try to sign in. A browser that is known for the mailbox has an allowance of its own and none
 * beside it, so whoever else tries that mailbox, from wherever, doesn't keep it out. Others count by where they come
 * from first: a single attacker uses up their own allowance, not the mailbox's.
 *
 * Town halls reach the internet through one gateway for a whole prefecture, up to 179 of them by one address, so a
 * network's allowance is large.
 */
const ASK_PER_NETWORK: Limit = { name: 'sign-in.ask.network', burst: 300, everySeconds: 10 };
const TYPE_PER_NETWORK: Limit = { name: 'sign-in.type.network', burst: 300, everySeconds: 1 };
const PASSWORD_PER_NETWORK: Limit = { name: 'sign-in.password.network', burst: 60, everySeconds: 2 };

const ASK_PER_DEVICE: Limit = { name: 'sign-in.ask.device', burst: 5, everySeconds: 120 };
const ASK_PER_NETWORK_AND_MAILBOX: Limit = {
  name: 'sign-in.ask.network-mailbox',
  burst: 5,
  everySeconds: 120,
};
/** So that nobody's mailbox is filled, however many ask. */
const ASK_PER_MAILBOX: Limit = { name: 'sign-in.ask.mailbox', burst: 30, everySeconds: 120 };
/** Above what all municipalities could want at once; it takes more than ten networks at full speed to get there. */
const ASK_IN_ALL: Limit = { name: 'sign-in.ask.portal', burst: 3000, everySeconds: 1 };

const PASSWORD_PER_DEVICE: Limit = { name: 'sign-in.password.device', burst: 10, everySeconds: 30 };
const PASSWORD_PER_NETWORK_AND_ACCOUNT: Limit = {
  name: 'sign-in.password.network-account',
  burst: 10,
  everySeconds: 30,
};
/** Each costs a core some 40 ms, so this is half of one; it takes more than twenty networks at full speed. */
const PASSWORD_IN_ALL: Limit = { name: 'sign-in.password.portal', burst: 300, everySeconds: 0.08 };

/** Codes tried after the right password: whoever does so knows it, so guessing is slow wherever it comes from. */
const CODE_PER_ACCOUNT: Limit = { name: 'sign-in.code.account', burst: 10, everySeconds: 900 };
const CODE_PER_DEVICE: Limit = { name: 'sign-in.code.device', burst: 10, everySeconds: 900 };
const TELL_PER_ACCOUNT: Limit = { name: 'sign-in.code.tell', burst: 1, everySeconds: 86_400 };
/** Failures that the trail notes of an account: it is kept for ever, and strangers must not fill it. */
const NOTE_PER_ACCOUNT: Limit = { name: 'sign-in.failed.note', burst: 60, everySeconds: 600 };

/** Whoever tries: by which mailbox, from where, and in which browser, if it is known for that mailbox. */
export interface Trier {
  readonly mailboxKey: string;
  readonly network: string;
  readonly device: string | null;
}

/** For asking that a code be mailed. */
export function usesOfAsking({ mailboxKey, network, device }: Trier): LimitedUse[] {
  if (device !== null) return [limited(ASK_PER_DEVICE, device)];
  return [
    limited(ASK_PER_NETWORK, network),
    limited(ASK_PER_NETWORK_AND_MAILBOX, network, mailboxKey),
    limited(ASK_PER_MAILBOX, mailboxKey),
    limited(ASK_IN_ALL),
  ];
}

/** For typing a code that isn't the browser's own, or has no tries left. */
export const usesOfTyping = (network: string): LimitedUse[] => [limited(TYPE_PER_NETWORK, network)];

/** For a password with its code. */
export function usesOfPassword({ mailboxKey, network, device }: Trier): LimitedUse[] {
  if (device !== null) return [limited(PASSWORD_PER_DEVICE, device)];
  return [
    limited(PASSWORD_PER_NETWORK, network),
    limited(PASSWORD_PER_NETWORK_AND_ACCOUNT, network, mailboxKey),
    limited(PASSWORD_IN_ALL),
  ];
}

/** For the code, once the password was right. */
export const usesOfCode = ({ mailboxKey, device }: Trier): LimitedUse[] =>
  device === null ? [limited(CODE_PER_ACCOUNT, mailboxKey)] : [limited(CODE_PER_DEVICE, device)];

/** For telling somebody that their password is known: once a day. */
export const usesOfTelling = (mailboxKey: string): LimitedUse[] => [limited(TELL_PER_ACCOUNT, mailboxKey)];

/** For noting in the trail that somebody failed to sign in. */
export const usesOfNoting = (mailboxKey: string): LimitedUse[] => [limited(NOTE_PER_ACCOUNT, mailboxKey)];
