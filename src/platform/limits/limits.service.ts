import { createHmac } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { Keys } from '../../config/keys.js';
import { Database } from '../database/database.service.js';
import type { Tx } from '../database/tx.js';
import { DomainError } from '../http/domain-error.js';
import { Jobs } from '../jobs/jobs.service.js';
import type { LimitedUse } from './limit.js';
import { LimitsRepository } from './limits.repository.js';

/**
 * Counts uses in the database, so that all processes share the count. In a transaction of its own that is committed
 * before the work begins: a try counts whatever comes of it.
 */
@Injectable()
export class Limits {
  private readonly logger = new Logger('Limits');

  constructor(
    private readonly database: Database,
    private readonly repository: LimitsRepository,
    private readonly keys: Keys,
    jobs: Jobs,
  ) {
    jobs.register({
      name: 'limits.forget',
      run: () => database.asSystem('limits', (tx) => repository.removePast(tx)),
    });
  }

  /**
   * Takes one of each, in the order given; where one is refused, nothing is taken of any. Name them in the same order
   * everywhere: each holds a row.
   *
   * @throws DomainError `too-many-requests` with the seconds to wait
   */
  async take(uses: readonly LimitedUse[]): Promise<void> {
    const refused = await this.database.asSystem('limits', async (tx) => {
      for (const [index, use] of uses.entries()) {
        const wait = await this.repository.take(tx, this.keyOf(use), use);
        if (wait === 0) continue;
        for (const taken of uses.slice(0, index))
          await this.repository.giveBack(tx, this.keyOf(taken), taken);
        return { name: use.limit.name, wait };
      }
      return null;
    });
    if (!refused) return;
    this.logger.warn(`${refused.name}: refused for ${refused.wait} s`);
    throw new DomainError('too-many-requests', { retryAfter: refused.wait });
  }

  /** The same without a word: whether it was allowed. */
  async tryTake(uses: readonly LimitedUse[]): Promise<boolean> {
    try {
      await this.take(uses);
      return true;
    } catch (error) {
      if (error instanceof DomainError && error.code === 'too-many-requests') return false;
      throw error;
    }
  }

  /** Gives back what {@link take} took. Never throws: what it follows has happened. */
  async giveBack(uses: readonly LimitedUse[]): Promise<void> {
    await this.attempt(async (tx) => {
      for (const use of uses) await this.repository.giveBack(tx, this.keyOf(use), use);
    });
  }

  /** Gives the whole allowance back, to somebody who has shown to be the one. Never throws. */
  async reset(uses: readonly LimitedUse[]): Promise<void> {
    await this.attempt(async (tx) => {
      for (const use of uses) await this.repository.reset(tx, this.keyOf(use));
    });
  }

  /** What was taken is given back where the work is refused: for forms, whose mistakes are no attack. */
  async during<T>(uses: readonly LimitedUse[], work: () => Promise<T>): Promise<T> {
    await this.take(uses);
    try {
      return await work();
    } catch (error) {
      if (error instanceof DomainError && error.code !== 'too-many-requests') await this.giveBack(uses);
      throw error;
    }
  }

  private async attempt(work: (tx: Tx) => Promise<void>): Promise<void> {
    try {
      await this.database.asSystem('limits', work);
    } catch (error) {
      this.logger.error(`An allowance could not be given back: ${(error as Error).message}`);
    }
  }

  /** So the database holds neither addresses of callers nor mailboxes that were only typed. */
  private keyOf({ limit, whom }: LimitedUse): Buffer {
    return createHmac('sha256', this.keys.codeSecret).update(`limit\0${limit.name}\0${whom}`).digest();
  }
}
