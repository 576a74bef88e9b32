import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Keys } from '../config/keys.js';
import { DEVICE_SECONDS } from './session-cookie.js';

/** Mailboxes that one browser is remembered for; a PC in a town hall serves a department. */
const REMEMBERED = 8;
const SEPARATOR = '~';
/** As long as browsers keep the cookie. */
const DAYS = DEVICE_SECONDS / 86_400;

/**
 * Browsers in which somebody has signed in before ("device cookies"). Such a browser has an allowance of its own, so
 * that nobody is kept out by others who try the same mailbox; and no more than that: it proves nothing else.
 */
@Injectable()
export class KnownDevices {
  constructor(private readonly keys: Keys) {}

  /**
   * @param cookie what the browser sent, anything at all
   * @param mailboxKey the address in lower case
   * @returns the browser's number for this mailbox, or null where nobody has signed in with it there
   */
  find(cookie: string | undefined, mailboxKey: string): string | null {
    const entry = entriesOf(cookie).find((candidate) => this.holds(candidate, mailboxKey));
    return entry?.split('.')[0] ?? null;
  }

  /** @returns the cookie to send: this mailbox first, then those from before */
  remember(cookie: string | undefined, mailboxKey: string): string {
    const known = entriesOf(cookie);
    const own = known.find((entry) => this.holds(entry, mailboxKey)) ?? this.issue(mailboxKey);
    return [own, ...known.filter((entry) => entry !== own)].slice(0, REMEMBERED).join(SEPARATOR);
  }

  private issue(mailboxKey: string): string {
    const number = randomBytes(16).toString('base64url');
    const day = String(today());
    return `${number}.${day}.${this.seal(number, day, mailboxKey).toString('base64url')}`;
  }

  private holds(entry: string, mailboxKey: string): boolean {
    const [number = '', day = '', seal = ''] = entry.split('.');
    if (today() - Number(day) > DAYS) return false;
    const expected = this.seal(number, day, mailboxKey);
    const given = Buffer.from(seal, 'base64url');
    return given.length === expected.length && timingSafeEqual(given, expected);
  }

  private seal(number: string, day: string, mailboxKey: string): Buffer {
    return createHmac('sha256', this.keys.codeSecret)
      .update(`device\0${number}\0${day}\0${mailboxKey}`)
      .digest();
  }
}

/** Days since 1970. */
const today = (): number => Math.floor(Date.now() / 86_400_000);

const entriesOf = (cookie: string | undefined): string[] =>
  (cookie ?? '')
    .split(SEPARATOR, REMEMBERED)
    .filter((entry) => /^[\w-]{22}\.\d{5,6}\.[\w-]{43}$/.test(entry));
