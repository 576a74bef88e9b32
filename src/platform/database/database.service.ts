import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type QueryRunner } from 'typeorm';
import { isAllowed, needsStepUp, type Permission, type Role } from '../access/permission.js';
import { type Actor, systemViewer, type SystemViewer, type Viewer } from '../access/viewer.js';
import { DomainError } from '../http/domain-error.js';
import { isTakenNumber, postgresErrorCode } from './postgres-error.js';
import { Tx } from './tx.js';

interface OpenedSession {
  kind: 'member' | 'staff';
  account_id: string | null;
  registration_id: string | null;
  mailbox: string;
  name: string;
  roles: Role[];
  stepped_up: boolean;
  now: Date;
  today: string;
}

/** Deadlock and serialisation failure: the work was rolled back and may simply be done again. */
const RETRYABLE = new Set(['40001', '40P01']);
const MAX_TRIES = 3;

/** Nothing of it is left, and done once more it may go well: another number is drawn, say. */
const mayBeRepeated = (error: unknown): boolean =>
  RETRYABLE.has(postgresErrorCode(error) ?? '') || isTakenNumber(error);

/** A use case ended with a problem for its caller, and its transaction is rolled back. */
class Refused extends Error {
  constructor(
    readonly problem: DomainError,
    readonly tx: Tx,
  ) {
    super();
  }
}

/** The only door to the database: every use case is one transaction opened here for one viewer. */
@Injectable()
export class Database {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * Opens a transaction for a viewer, runs the work and commits.
   *
   * The session row is read first, so that a session, account or role that ended is dead at once on every
   * replica; row-level security is set from that row, not from what the request claims.
   *
   * @throws DomainError `session-ended` (401), `forbidden` or `step-up-needed` (403)
   */
  async transaction<T>(viewer: Viewer, permission: Permission, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.run(async (runner) => {
      const tx = await (viewer.kind === 'system' ? openSystem(runner, viewer) : openSession(runner, viewer));
      if (tx.actor.kind !== 'system' && !isAllowed(tx.actor.roles, permission)) {
        throw new DomainError('forbidden');
      }
      if (tx.actor.kind === 'staff' && needsStepUp(permission) && !tx.actor.steppedUp) {
        throw new DomainError('step-up-needed');
      }
      return tx;
    }, work);
  }

  /** Opens a transaction for the portal's own work; `purpose` names it in the audit trail. */
  async asSystem<T>(purpose: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.run((runner) => openSystem(runner, systemViewer(purpose)), work);
  }

  /** @throws when the database does not answer */
  async ping(): Promise<void> {
    await this.dataSource.query('select 1');
  }

  private async run<T>(open: (runner: QueryRunner) => Promise<Tx>, work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.runOnce(open, work);
      } catch (error) {
        if (error instanceof Refused) {
          await this.writeAfterRefusal(error.tx);
          throw error.problem;
        }
        if (attempt === MAX_TRIES || !mayBeRepeated(error)) throw error;
      }
    }
  }

  private async runOnce<T>(
    open: (runner: QueryRunner) => Promise<Tx>,
    work: (tx: Tx) => Promise<T>,
  ): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    let tx: Tx | undefined;
    try {
      await runner.startTransaction();
      tx = await open(runner);
      const result = await work(tx);
      await runner.commitTransaction();
      tx.committed();
      return result;
    } catch (error) {
      // A connection that broke can't be rolled back; the first error is the one to tell.
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      if (tx && error instanceof DomainError) throw new Refused(error, tx);
      throw error;
    } finally {
      await runner.release();
    }
  }

  /** With the connection given back: whoever waits for a second one while holding the first may wait for ever. */
  private async writeAfterRefusal({ refusalWrites }: Tx): Promise<void> {
    if (refusalWrites.length === 0) return;
    await this.asSystem('refusal', async (tx) => {
      for (const write of refusalWrites) await write(tx);
    });
  }
}

async function openSession(runner: QueryRunner, viewer: { sessionId: string }): Promise<Tx> {
  const rows: OpenedSession[] = await runner.query('select * from open_session($1)', [viewer.sessionId]);
  const row = rows[0];
  if (!row) throw new DomainError('session-ended');
  return new Tx(runner, toActor(row, viewer.sessionId), row.now, row.today);
}

async function openSystem(runner: QueryRunner, viewer: SystemViewer): Promise<Tx> {
  const rows: { now: Date; today: string }[] = await runner.query('select * from open_system()');
  const row = rows[0];
  if (!row) throw new Error('open_system() gave no row');
  return new Tx(runner, { kind: 'system', name: viewer.purpose }, row.now, row.today);
}

function toActor(row: OpenedSession, sessionId: string): Actor {
  const common = { sessionId, mailbox: row.mailbox, name: row.name, roles: row.roles };
  if (row.kind === 'staff' && row.account_id) {
    return { kind: 'staff', accountId: row.account_id, steppedUp: row.stepped_up, ...common };
  }
  if (row.kind === 'member' && row.registration_id) {
    return { kind: 'member', registrationId: row.registration_id, ...common };
  }
  throw new Error('open_session() gave a session that belongs to nobody');
}
