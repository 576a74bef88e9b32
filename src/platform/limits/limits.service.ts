import { createHmac } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { Keys } from '../../config/keys.js';
import { Database } from '../database/database.service.js';
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
   * Takes one of each, in the order given; what comes after a refusal isn't touched, so that whoever is refused for
   * themselves doesn't use up what others share. Name them in the same order everywhere: each holds a row.
   *
   * @throws DomainError `too-many-requests` with the seconds to wait
   */
  async take(uses: readonly LimitedUse[]): Promise<void> {
    const refused = await this.database.asSystem('limits', async (tx) => {
      for (const use of uses) {
        const wait = await this.repository.take(tx, this.keyOf(use), use.limit);
        if (wait > 0) return { name: use.limit.name, wait };
      }
      return null;
    });
    if (!refused) return;
    this.logger.warn(`${refused.name}: refused for ${refused.wait} s`);
    throw new DomainError('too-many-requests', { retryAfter: refused.wait });
  }

  /** Gives back what {@link take} took. */
  async giveBack(uses: readonly LimitedUse[]): Promise<void> {
    await this.database.asSystem('limits', async (tx) => {
      for (const use of uses) await this.repository.giveBack(tx, this.keyOf(use), use.limit);
    });
  }

  /** Gives the whole allowance back, to somebody who has shown to be the one. */
  async reset(uses: readonly LimitedUse[]): Promise<void> {
    await this.database.asSystem('limits', async (tx) => {
      for (const use of uses) await this.repository.reset(tx, this.keyOf(use));
    });
  }

  /** So the database holds neither addresses of callers nor mailboxes that were only typed. */
  private keyOf({ limit, whom }: LimitedUse): Buffer {
    return createHmac('sha256', this.keys.codeSecret).update(`limit\0${limit.name}\0${whom}`).digest();
  }
}
