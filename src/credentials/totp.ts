import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Secret, TOTP } from 'otpauth';
import { renderSVG } from 'uqr';
import { Keys } from '../config/keys.js';

const ISSUER = '特別区全国連携';
/** Seconds that a code lasts (RFC 6238). */
const PERIOD = 30;
/** Steps before and after: telephones' clocks go wrong. */
const WINDOW = 1;

/** What somebody needs to set an authenticator app up. */
export interface FactorSetup {
  /** Base32, to be typed where no camera is at hand. */
  readonly secret: string;
  /** `otpauth://totp/…`, what the picture says. */
  readonly uri: string;
  /** A QR code as SVG. */
  readonly qr: string;
}

/**
 * Time-based codes (RFC 6238: SHA-1, six digits, thirty seconds, as all apps understand). A secret is an HMAC of the
 * factor's id, so that a copy of the database holds none.
 */
@Injectable()
export class Totp {
  constructor(private readonly keys: Keys) {}

  /** @param label whose it is, as the app shows it: the address */
  setup(factorId: string, label: string): FactorSetup {
    const totp = this.of(factorId, label);
    const uri = totp.toString();
    return { secret: totp.secret.base32, uri, qr: renderSVG(uri, { border: 2 }) };
  }

  /**
   * @param now milliseconds since 1970, by the database's clock
   * @returns the step whose code it is, counted in half minutes since 1970; null: of none around now
   */
  match(factorId: string, typed: string, now: number): number | null {
    const delta = this.of(factorId).validate({ token: typed, timestamp: now, window: WINDOW });
    return delta === null ? null : Math.floor(now / 1000 / PERIOD) + delta;
  }

  /** For the demo and tests. @returns the six digits at that time */
  codeAt(factorId: string, now: number): string {
    return this.of(factorId).generate({ timestamp: now });
  }

  private of(factorId: string, label = ''): TOTP {
    const mac = createHmac('sha256', this.keys.codeSecret).update(`totp\0${factorId}`).digest();
    const secret = new Secret({ buffer: new Uint8Array(mac.subarray(0, 20)).buffer });
    return new TOTP({ issuer: ISSUER, label, algorithm: 'SHA1', digits: 6, period: PERIOD, secret });
  }
}
