import type { EntityManager, QueryRunner } from 'typeorm';
import type { Actor } from '../access/viewer.js';

/**
 * One open transaction: who acts in it, and when, by the database's clock.
 * Writes take a `Tx`, so nothing can be written outside one.
 */
export class Tx {
  private readonly onCommit: (() => void)[] = [];
  private readonly onRefusal: ((tx: Tx) => Promise<void>)[] = [];

  constructor(
    private readonly runner: QueryRunner,
    readonly actor: Actor,
    /** The instant at which the transaction began. */
    readonly now: Date,
    /** The calendar date in Asia/Tokyo at that instant, `YYYY-MM-DD`. */
    readonly today: string,
  ) {}

  get manager(): EntityManager {
    return this.runner.manager;
  }

  /** Runs one statement; rows as the driver gives them (also of `UPDATE … RETURNING`). */
  async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    const result = await this.runner.query(sql, [...parameters], true);
    return result.records as Row[];
  }

  /** Runs one statement; how many rows it touched. */
  async execute(sql: string, parameters: readonly unknown[] = []): Promise<number> {
    const result = await this.runner.query(sql, [...parameters], true);
    return result.affected ?? 0;
  }

  /** For wake-up calls only: what must not be lost is a row, not a callback. */
  afterCommit(callback: () => void): void {
    this.onCommit.push(callback);
  }

  /** For what has to be written even if the use case is refused: in a transaction of the portal's own, before the answer. */
  afterRefusal(write: (tx: Tx) => Promise<void>): void {
    this.onRefusal.push(write);
  }

  /** What {@link Database} has still to write once a refusal has undone everything else. */
  get refusalWrites(): readonly ((tx: Tx) => Promise<void>)[] {
    return this.onRefusal;
  }

  /** Called by {@link Database} once the commit is certain. */
  committed(): void {
    for (const callback of this.onCommit) callback();
  }
}
