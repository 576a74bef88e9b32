import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Settings } from '../../config/env.js';

/** Work that falls due by the calendar and not by anybody's request. */
export interface Job {
  readonly name: string;
  /** Does what is due by the database's clock. Several processes run it at once: it locks what it takes. */
  readonly run: () => Promise<void>;
}

const TICK_MS = 20_000;

/**
 * Runs every room's jobs, first before the portal serves anybody, so that what fell due during an outage is done
 * before it is read, and then every few seconds.
 */
@Injectable()
export class Jobs implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Jobs');
  private readonly jobs: Job[] = [];
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly settings: Settings) {}

  /** Called by rooms when they are put together. */
  register(job: Job): void {
    this.jobs.push(job);
  }

  async onApplicationBootstrap(): Promise<void> {
    if (!this.settings.worker) return;
    await this.runDue();
    this.next();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  /** Runs each job once. One that fails is logged and holds up no other; it is tried again at the next tick. */
  async runDue(): Promise<void> {
    for (const { name, run } of this.jobs) {
      try {
        await run();
      } catch (error) {
        this.logger.error(`${name}: ${(error as Error).stack ?? String(error)}`);
      }
    }
  }

  private next(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.running = this.runDue().then(() => this.next());
    }, TICK_MS);
  }
}
