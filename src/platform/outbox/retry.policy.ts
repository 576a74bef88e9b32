import type { AttemptResult, ClaimedMail } from './outbox.repository.js';

/** What is known of a try that didn't end well. */
export interface DeliveryFault {
  /** SMTP reply code, where the server gave one. */
  readonly replyCode: number | null;
  /** Whether the server said it of this recipient (RCPT) and not of us or of the connection. */
  readonly aboutRecipient: boolean;
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

/** A recipient whom the server refuses for good is given up; everything else is tried again for four days. */
export function judgeFault(
  mail: ClaimedMail,
  fault: DeliveryFault,
  now: Date,
  random: number,
): AttemptResult {
  const refusedForGood = fault.aboutRecipient && fault.replyCode !== null && fault.replyCode >= 500;
  if (refusedForGood || now.getTime() - mail.queuedAt.getTime() > GIVE_UP_AFTER_MS) {
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
