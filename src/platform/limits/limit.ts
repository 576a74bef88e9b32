/** So many at once, and then one each interval. */
export interface Limit {
  /** Stands in the key and in the log. */
  readonly name: string;
  /** How many may come at once after a rest. */
  readonly burst: number;
  /** Seconds after which one more is allowed. */
  readonly everySeconds: number;
}

/** A limit for somebody: a mailbox, an address, a browser, or the whole portal (an empty text). */
export interface LimitedUse {
  readonly limit: Limit;
  readonly whom: string;
  /** How many at once; one unless said. */
  readonly times: number;
}

export const limited = (limit: Limit, ...whom: readonly string[]): LimitedUse => ({
  limit,
  whom: whom.join('\0'),
  times: 1,
});

/** The same so many times at once, which are allowed all together or not at all. */
export const times = (count: number, use: LimitedUse): LimitedUse => ({ ...use, times: count });
