import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Settings } from '../../config/env.js';
import { Database } from '../database/database.service.js';
import type { Tx } from '../database/tx.js';
import { declareTask } from '../tasks/task-kind.js';
import { Tasks } from '../tasks/tasks.service.js';

/** Work that falls due by the calendar and not by anybody's request. */
export interface Job {
  readonly name: string;
  /** Does what is due by the database's clock. Several processes run it at once: it locks what it takes. */
  readonly run: () => Promise<void>;
}

/** Work that falls due for one thing after another. */
export interface EachJob {
  /** Stands in the trail as who did it. */
  readonly name: string;
  /** Ids of what is due, in the order in which it is to be done. */
  readonly list: (tx: Tx) => Promise<readonly string[]>;
  /**
   * Does it for one, in a transaction of its own: takes the row if it is still due and no other process has it. One
   * that fails holds up no other.
   */
  readonly work: (tx: Tx, id: string) => Promise<void>;
}

export const failedTask = declareTask('jobs.failed', {
  role: 'admin',
  weight: 3,
  label: '自動処理の失敗の確認',
  byHand: true,
});

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

  constructor(
    private readonly settings: Settings,
    private readonly database: Database,
    private readonly tasks: Tasks,
  ) {}

  /** Called by rooms when they are put together. */
  register(job: Job): void {
    this.jobs.push(job);
  }

  /** The same for many things that fall due, each in a transaction of its own. */
  registerEach({ name, list, work }: EachJob): void {
    this.register({
      name,
      run: async () => {
        const ids = await this.database.asSystem(name, list);
        for (const id of ids) {
          const done = await this.attempt(`${name} ${id}`, () =>
            this.database.asSystem(name, (tx) => work(tx, id)),
          );
          if (!done) await this.attempt(`${name} ${id}`, () => this.tellAdmins(name, id));
        }
      },
    });
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
    for (const { name, run } of this.jobs) await this.attempt(name, run);
  }

  /** It is tried again at each tick, but somebody has to know. */
  private tellAdmins(name: string, subjectId: string): Promise<void> {
    const task = { subjectId, registrationId: null, title: name };
    return this.database.asSystem(name, (tx) => this.tasks.open(tx, failedTask, task));
  }

  /** @returns whether it went well */
  private async attempt(what: string, work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      this.logger.error(`${what}: ${(error as Error).stack ?? String(error)}`);
      return false;
    }
  }

  private next(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.running = this.runDue().then(() => this.next());
    }, TICK_MS);
  }
}
