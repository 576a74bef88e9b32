import type { AttemptResult, ClaimedMail } from './outbox.repository.js';

/** What is known of a try that didn't end well. */
export interface DeliveryFault {
  /** SMTP reply code, where the server gave one. */
  readonly replyCode: number | null;
  /** Whether the server said it of this recipient (RCPT) and not of us or of the connection. */
  readonly aboutRecipient: boolean;
  /** Whether the mail surely was not delivered. Without an answer after the text nobody knows. */
  readonly certain: boolean;
  readonly message: string;
}

const MINUTE = 60;
const FIRST_WAITS = [1, 5, 15, 30].map((minutes) => minutes * MINUTE);
const LATER_WAIT = 60 * MINUTE;
const GIVE_UP_AFTER_MS = 4 * 24 * 60 * 60 * 1000;

/** @returns seconds until the next try after so many; `random` from 0 to 1 spreads the later ones */
export function waitAfter(attempt: number, random: number): number {
  return FIRST_WAITS[attempt - 1] ?? Math.round(LATER_WAIT * (0.9 + 0.2 * random));
}

/** Replies that say by themselves, without an enhanced code, that there is no such mailbox. */
const NO_SUCH_MAILBOX = new Set([550, 551, 553]);
const ENHANCED_CODE = /\b[245]\.(\d{1,3})\.\d{1,3}\b/;
const ABOUT_THE_ADDRESS = '1';

/**
 * Whether the server knows no such mailbox (RFC 3463, x.1.x). A full mailbox, a policy or a relay that doesn't
 * know us is refused with 5xx at the recipient, too, and none of these is the address's fault.
 */
function isUnknownMailbox({ replyCode, aboutRecipient, message }: DeliveryFault): boolean {
  if (!aboutRecipient || replyCode === null || replyCode < 500) return false;
  const enhanced = ENHANCED_CODE.exec(message);
  return enhanced ? enhanced[1] === ABOUT_THE_ADDRESS : NO_SUCH_MAILBOX.has(replyCode);
}

/**
 * A mailbox that doesn't exist is given up; everything else is tried again for four days.
 *
 * @returns null where nobody knows whether the mail was delivered: the try stays without an end, and
 *   {@link reasonNotToSend} judges it once the lease is over
 */
export function judgeFault(
  mail: ClaimedMail,
  fault: DeliveryFault,
  now: Date,
  random: number,
): AttemptResult | null {
  if (!fault.certain) return null;
  if (isUnknownMailbox(fault) || now.getTime() - mail.queuedAt.getTime() > GIVE_UP_AFTER_MS) {
    return { outcome: 'failed', response: fault.message };
  }
  return { outcome: 'deferred', response: fault.message, retryInSeconds: waitAfter(mail.attempt, random) };
}

/**
 * Judges a mail before it is tried: the worker that had it may have died with it already delivered.
 * A code is never sent again by itself; anything else once more.
 *
 * @returns why it must not go out, or null
 */
export function reasonNotToSend(mail: ClaimedMail): string | null {
  if (mail.expired) return 'no longer of use';
  if (mail.uncertainAttempts > 0 && mail.codePurpose === 'sign-in') {
    return 'uncertain: a sign-in code is not sent twice';
  }
  if (mail.uncertainAttempts > 1) return 'uncertain twice';
  return null;
}

/** Whether somebody misses a mail that won't go out: not one that is of no more use, nor a code that is asked for again. */
export const isMissed = (mail: Pick<ClaimedMail, 'expired' | 'codePurpose'>): boolean =>
  !mail.expired && mail.codePurpose !== 'sign-in';
