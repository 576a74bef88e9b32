import { createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Keys } from '../../config/keys.js';
import { fillCodes } from '../outbox/message.js';
import type { CodePurpose } from '../outbox/outbox.entity.js';
import { groupDigits } from './mail-text.js';

/** What a code is for: those that are mailed, and those that staff keep on paper. */
export type DerivedPurpose = CodePurpose | 'recovery-code';

/** How many digits a person has to type. */
export const CODE_DIGITS: Readonly<Record<DerivedPurpose, number>> = {
  'sign-in': 8,
  'verify-address': 8,
  'staff-invitation': 12,
  'confirm-registration': 12,
  'recovery-code': 12,
};

/** Of an authenticator app. */
export const TOTP_DIGITS = 6;

/**
 * Mailed codes, and those on paper. They are stored nowhere, not even hashed (eight digits are guessed from a hash in seconds):
 * a code is an HMAC of its purpose and the challenge's id, derived when it is sent and again when it is checked.
 */
@Injectable()
export class Codes {
  constructor(private readonly keys: Keys) {}

  /** @returns the digits, leading zeros included */
  derive(purpose: DerivedPurpose, challengeId: string): string {
    const digits = CODE_DIGITS[purpose];
    const mac = createHmac('sha256', this.keys.codeSecret).update(`${purpose}\0${challengeId}`).digest();
    // 128 bits against at most 40 of the code: no digit is measurably likelier than another.
    const number = BigInt(`0x${mac.subarray(0, 16).toString('hex')}`) % 10n ** BigInt(digits);
    return number.toString().padStart(digits, '0');
  }

  /** Compares in constant time. */
  matches(purpose: DerivedPurpose, challengeId: string, typed: string): boolean {
    const expected = Buffer.from(this.derive(purpose, challengeId));
    const given = Buffer.from(typed);
    return given.length === expected.length && timingSafeEqual(given, expected);
  }

  /** Puts the codes into a mail's text, in groups of four as a person reads them. */
  fillIn({
    body,
    codePurpose,
    codeChallengeId,
  }: {
    readonly body: string;
    readonly codePurpose: CodePurpose | null;
    readonly codeChallengeId: string | null;
  }): string {
    if (codePurpose === null || codeChallengeId === null) return body;
    return fillCodes(body, (named) => groupDigits(this.derive(codePurpose, named ?? codeChallengeId), 4));
  }
}
