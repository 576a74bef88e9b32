import { Injectable } from '@nestjs/common';
import type { AccessClaims } from './viewer.js';

/** Tokens live five minutes; this many are a busy day's worth of people at once. */
const CAPACITY = 5_000;

/**
 * Remembers which tokens have a good signature, since checking one takes longer than most of a request. Nothing
 * else is remembered: the end of a token is looked at each time, and whether its session is alive is read from
 * the database in every transaction.
 */
@Injectable()
export class VerifiedTokens {
  private readonly claims = new Map<string, AccessClaims>();

  /** @param token with its scheme, as the header holds it @returns what one says that was verified before and hasn't ended */
  find(token: string): AccessClaims | undefined {
    const claims = this.claims.get(token);
    if (claims === undefined || claims.exp > Date.now() / 1000) return claims;
    this.claims.delete(token);
    return undefined;
  }

  remember(token: string, claims: AccessClaims): void {
    const [oldest] = this.claims.keys();
    if (this.claims.size >= CAPACITY && oldest !== undefined) this.claims.delete(oldest);
    this.claims.set(token, claims);
  }
}
