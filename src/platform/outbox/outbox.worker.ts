import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type BeforeApplicationShutdown,
} from '@nestjs/common';
import { Settings } from '../../config/env.js';
import { Database } from '../database/database.service.js';
import type { Tx } from '../database/tx.js';
import { Codes } from '../mail/codes.js';
import { MailTransport, SMTP_CONNECTIONS } from '../mail/mail-transport.js';
import { Tasks } from '../tasks/tasks.service.js';
import { OutboxSignal } from './outbox-signal.js';
import { type AttemptResult, type ClaimedMail, OutboxRepository } from './outbox.repository.js';
import { SUBJECT_MARK } from './outbox.service.js';
import { undeliverableTask } from './outbox.tasks.js';
import { isMissed, judgeFault, reasonNotToSend } from './retry.policy.js';

const POLL_MS = 2_000;

/**
 * Sends what the outbox holds. Any number of them may run, on any replica: each mail is leased to one.
 * The try is committed before the connection is made, so a crash leaves it uncertain and never unknown.
 */
@Injectable()
export class OutboxWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Outbox');
  private stopped = false;
  private running: Promise<unknown> = Promise.resolve();
  /** Lanes that found nothing to send and sleep. */
  private readonly sleeping = new Set<() => void>();
  /** Counts the calls to wake up, so that none is lost between an empty look and falling asleep. */
  private calls = 0;

  constructor(
    private readonly settings: Settings,
    private readonly database: Database,
    private readonly repository: OutboxRepository,
    private readonly transport: MailTransport,
    private readonly codes: Codes,
    private readonly signal: OutboxSignal,
    private readonly tasks: Tasks,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.settings.worker) return;
    this.signal.onWake(() => this.wakeUp());
    this.running = Promise.all(Array.from({ length: SMTP_CONNECTIONS }, () => this.runLane()));
  }

  /** Before the connections to the database are closed, which the mails under way still need. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    this.wakeUp();
    await this.running;
    this.transport.close();
  }

  /** Sends everything that is due now, a few at a time. @returns how many mails were tried */
  async drain(): Promise<number> {
    const tried = await Promise.all(Array.from({ length: SMTP_CONNECTIONS }, () => this.drainLane()));
    return tried.reduce((sum, count) => sum + count, 0);
  }

  /** Each lane goes its own way: a slow mail holds up nothing but itself. */
  private async runLane(): Promise<void> {
    while (!this.stopped) {
      const seen = this.calls;
      try {
        await this.drainLane();
      } catch (error) {
        this.logger.error(`The outbox could not be read: ${(error as Error).message}`);
      }
      if (seen === this.calls) await this.pause();
    }
  }

  private async drainLane(): Promise<number> {
    for (let tried = 0; ; tried += 1) {
      if (this.stopped) return tried;
      const [mail] = await this.database.asSystem('outbox', (tx) => this.repository.claim(tx, 1));
      if (!mail) return tried;
      await this.deliver(mail);
    }
  }

  private wakeUp(): void {
    this.calls += 1;
    for (const wake of this.sleeping) wake();
  }

  private pause(): Promise<void> {
    return new Promise<void>((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        this.sleeping.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, POLL_MS);
      this.sleeping.add(wake);
    });
  }

  private async deliver(mail: ClaimedMail): Promise<void> {
    const reason = reasonNotToSend(mail);
    const result: AttemptResult | null =
      reason === null ? await this.tryToSend(mail) : { outcome: 'failed', response: reason };
    if (result?.outcome !== 'sent') {
      const end = result ? `${result.outcome}, ${result.response}` : 'uncertain';
      this.logger.warn(`mail ${mail.id} (${mail.kind}), try ${mail.attempt}: ${end}`);
    }
    if (result) await this.database.asSystem('outbox', (tx) => this.settle(tx, mail, result));
  }

  private async settle(tx: Tx, mail: ClaimedMail, result: AttemptResult): Promise<void> {
    await this.repository.settle(tx, mail, result);
    if (result.outcome !== 'failed' || !isMissed(mail)) return;
    const { id: subjectId, registrationId, recipient, subject } = mail;
    await this.tasks.open(tx, undeliverableTask, {
      subjectId,
      registrationId,
      title: `${recipient}　${subject.slice(SUBJECT_MARK.length)}`,
    });
  }

  private async tryToSend(mail: ClaimedMail): Promise<AttemptResult | null> {
    const fault = await this.transport.send({ ...mail, body: this.codes.fillIn(mail) });
    return fault
      ? judgeFault(mail, fault, new Date(), Math.random())
      : { outcome: 'sent', response: 'accepted' };
  }
}
