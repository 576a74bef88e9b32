import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Settings } from '../../config/env.js';
import { Database } from '../database/database.service.js';
import type { Tx } from '../database/tx.js';
import { linkHash } from './chain.js';
import {
  type EventPlace,
  type NewSeal,
  SealingRepository,
  type UnsealedEvent,
} from './sealing.repository.js';

const POLL_MS = 2_000;
const BATCH = 500;
const HOUR_MS = 60 * 60 * 1000;
/** The whole trail is looked through once a day. */
const LOOK_AT_ALL_MS = 24 * HOUR_MS;
const NO_ID = '00000000-0000-0000-0000-000000000000';
const BEGINNING: EventPlace = { at: '-infinity', id: NO_ID };

/**
 * Ties events into the chain a moment after they were written. Not in the transaction that writes them: everybody would
 * wait for whoever holds the end of the chain. Any number may run; one of them seals at a time, and one that dies leaves
 * nothing half done.
 */
@Injectable()
export class AuditSealer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Audit');
  private stopped = false;
  private running: Promise<void> = Promise.resolve();
  private wake: () => void = () => undefined;
  /** By the database's clock: everything that had been written by then was found sealed. null: nobody has looked. */
  private completeAt: Date | null = null;
  /** By this machine's clock, when the whole trail is looked through again. */
  private lookAtAllFrom = 0;

  constructor(
    private readonly settings: Settings,
    private readonly database: Database,
    private readonly repository: SealingRepository,
  ) {}

  onApplicationBootstrap(): void {
    if (this.settings.worker) this.running = this.run();
  }

  /** Seals what is left: between two runs nobody does. */
  async beforeApplicationShutdown(): Promise<void> {
    if (!this.settings.worker) return;
    this.stopped = true;
    this.wake();
    await this.running;
    await this.attempt();
  }

  /**
   * Seals everything that isn't sealed, in batches of a transaction each.
   *
   * @returns how many events; fewer than there were when another process took over in between
   */
  async seal(): Promise<number> {
    const all = this.completeAt === null || Date.now() >= this.lookAtAllFrom;
    let after = all ? BEGINNING : hourBefore(this.completeAt as Date);
    let begun: Date | null = null;
    for (let sealed = 0; ;) {
      const batch = await this.database.asSystem('audit-sealer', async (tx) => {
        begun ??= tx.now;
        if (all) await this.repository.takeTime(tx);
        return (await this.repository.tryLock(tx)) ? this.sealBatch(tx, after) : null;
      });
      if (batch === null) return sealed;
      sealed += batch.length;
      const last = batch.at(-1);
      if (batch.length === BATCH && last) {
        after = last;
        continue;
      }
      this.completeAt = begun;
      if (all) this.lookAtAllFrom = Date.now() + LOOK_AT_ALL_MS;
      return sealed;
    }
  }

  private async sealBatch(tx: Tx, after: EventPlace): Promise<readonly UnsealedEvent[]> {
    const events = await this.repository.listUnsealed(tx, after, BATCH);
    if (events.length === 0) return events;
    let { seq, hash } = await this.repository.head(tx);
    const seals = events.map(({ id, text }): NewSeal => {
      const previousHash = hash;
      seq += 1;
      hash = linkHash(previousHash, text);
      return { seq, eventId: id, previousHash, hash };
    });
    await this.repository.insert(tx, seals);
    return events;
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      await this.attempt();
      if (!this.stopped) await this.pause();
    }
  }

  private async attempt(): Promise<void> {
    try {
      await this.seal();
    } catch (error) {
      this.logger.error(`The trail could not be sealed: ${(error as Error).message}`);
    }
  }

  private pause(): Promise<void> {
    return new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, POLL_MS);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/**
 * Where to go on looking. An event's time is when its transaction began, and it is seen when that commits: later than
 * others which began after it. No transaction of the portal lives for an hour, so what is older than the last complete
 * look by an hour is sealed, and the index leads past it however long the trail has become. What that can't know (a
 * restore, a clock that was set back) is found at the next start, or by the look at everything once a day.
 */
const hourBefore = (instant: Date): EventPlace => ({
  at: new Date(instant.getTime() - HOUR_MS).toISOString(),
  id: NO_ID,
});
