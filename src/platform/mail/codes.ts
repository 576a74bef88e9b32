import { createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Keys } from '../../config/keys.js';
import type { CodePurpose } from '../outbox/outbox.entity.js';

/** How many digits a person has to type. */
export const CODE_DIGITS: Readonly<Record<CodePurpose, number>> = {
  'sign-in': 8,
  'verify-address': 8,
  'staff-invitation': 12,
};

/**
 * Mailed codes. They are stored nowhere, not even hashed (eight digits are guessed from a hash in seconds):
 * a code is an HMAC of its purpose and the challenge's id, derived when it is sent and again when it is checked.
 */
@Injectable()
export class Codes {
  constructor(private readonly keys: Keys) {}

  /** @returns the digits, leading zeros included */
  derive(purpose: CodePurpose, challengeId: string): string {
    const digits = CODE_DIGITS[purpose];
    const mac = createHmac('sha256', this.keys.codeSecret).update(`${purpose}\0${challengeId}`).digest();
    // 128 bits against at most 40 of the code: no digit is measurably likelier than another.
    const number = BigInt(`0x${mac.subarray(0, 16).toString('hex')}`) % 10n ** BigInt(digits);
    return number.toString().padStart(digits, '0');
  }

  /** Compares in constant time. */
  matches(purpose: CodePurpose, challengeId: string, typed: string): boolean {
    const expected = Buffer.from(this.derive(purpose, challengeId));
    const given = Buffer.from(typed);
    return given.length === expected.length && timingSafeEqual(given, expected);
  }
}
