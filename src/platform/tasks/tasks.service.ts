import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Permission } from '../access/permission.js';
import type { StaffActor, Viewer } from '../access/viewer.js';
import { Audit } from '../audit/audit.service.js';
import { Database } from '../database/database.service.js';
import type { Tx } from '../database/tx.js';
import { DomainError } from '../http/domain-error.js';
import { decodeCursor, toPage } from '../http/page.js';
import { noteReads } from '../personal-reads/note-reads.js';
import type { ReadOperation } from '../personal-reads/read-operations.js';
import type { TaskPage, TaskResponse, TasksQuery } from './task.dto.js';
import { declaredTasks, type TaskKind } from './task-kind.js';
import { type TaskRow, TasksRepository } from './tasks.repository.js';

/** The one list of everything that waits for a person of the office. */
@Injectable()
export class Tasks {
  constructor(
    private readonly database: Database,
    private readonly repository: TasksRepository,
    private readonly audit: Audit,
  ) {}

  /** For rooms, in the transaction of what makes it necessary. Opening one that is open is no error. */
  async open(
    tx: Tx,
    { kind, role, weight }: TaskKind,
    task: { subjectId: string; registrationId: string | null; title: string },
  ): Promise<void> {
    await this.repository.open(tx, { id: uuidv7(), kind, role, weight, ...task });
  }

  /** For rooms, in the transaction of what does it. Closing one that isn't open is no error. */
  async close(tx: Tx, kinds: readonly TaskKind[], subjectId: string): Promise<void> {
    const accountId = tx.actor.kind === 'staff' ? tx.actor.accountId : null;
    await this.repository.close(
      tx,
      kinds.map(({ kind }) => kind),
      subjectId,
      accountId,
    );
  }

  /** For rooms: gives back everything that somebody has taken on who can't go on with it. */
  async releaseAllOf(tx: Tx, accountId: string): Promise<void> {
    await this.repository.releaseAllOf(tx, accountId);
  }

  /** What somebody with one's roles can do. */
  async list(viewer: Viewer, query: TasksQuery): Promise<TaskPage> {
    const after = decodeCursor(query.cursor, 2);
    return this.database.transaction(viewer, Permission.ReadTasks, async (tx) => {
      const staff = staffOf(tx);
      const { rows, total } = await this.repository.list(tx, {
        roles: staff.roles,
        kind: query.kind ?? null,
        ownerAccountId: query.mine === true ? staff.accountId : null,
        after,
        limit: query.limit,
      });
      const page = toPage(rows, query.limit, total, ({ sortKey = '', id }) => [sortKey, id], toResponse);
      await noteTitles(tx, 'task.list', page.items);
      return page;
    });
  }

  /** Takes a task on, also from somebody else: people fall ill. */
  async take(viewer: Viewer, id: string): Promise<TaskResponse> {
    return this.database.transaction(viewer, Permission.DoTasks, async (tx) => {
      const { kind, registrationId } = await this.lock(tx, id);
      await this.repository.setOwner(tx, id, staffOf(tx).accountId);
      await this.audit.record(tx, 'task.taken', {
        subjectId: id,
        registrationId,
        details: { kind },
        personal: null,
      });
      return answer(tx, await this.lock(tx, id));
    });
  }

  async release(viewer: Viewer, id: string): Promise<TaskResponse> {
    return this.database.transaction(viewer, Permission.DoTasks, async (tx) => {
      const { kind, registrationId } = await this.lock(tx, id);
      await this.repository.setOwner(tx, id, null);
      await this.audit.record(tx, 'task.released', {
        subjectId: id,
        registrationId,
        details: { kind },
        personal: null,
      });
      return answer(tx, await this.lock(tx, id));
    });
  }

  /** @throws DomainError `task-closes-itself` where only what happens to its subject can do it */
  async done(viewer: Viewer, id: string): Promise<TaskResponse> {
    return this.database.transaction(viewer, Permission.DoTasks, async (tx) => {
      const task = await this.lock(tx, id);
      const kind = declaredTasks().get(task.kind);
      if (!kind?.byHand) throw new DomainError('task-closes-itself');
      await this.close(tx, [kind], task.subjectId);
      await this.audit.record(tx, 'task.done', {
        subjectId: id,
        registrationId: task.registrationId,
        details: { kind: task.kind },
        personal: null,
      });
      return answer(tx, task);
    });
  }

  private async lock(tx: Tx, id: string): Promise<TaskRow> {
    const task = await this.repository.lock(tx, id, staffOf(tx).roles);
    if (!task) throw new DomainError('not-found');
    return task;
  }
}

function staffOf({ actor }: Tx): StaffActor {
  if (actor.kind !== 'staff') throw new DomainError('forbidden');
  return actor;
}

/** Most titles name a municipality and a number; some name a mailbox. */
async function noteTitles(tx: Tx, operation: ReadOperation, tasks: readonly TaskResponse[]): Promise<void> {
  const personal = tasks.filter(({ kind }) => declaredTasks().get(kind)?.personal ?? false);
  await noteReads(tx, operation, personal);
}

async function answer(tx: Tx, row: TaskRow): Promise<TaskResponse> {
  const response = toResponse(row);
  await noteTitles(tx, 'task.do', [response]);
  return response;
}

function toResponse({ sortKey: _sortKey, ...row }: TaskRow): TaskResponse {
  const kind = declaredTasks().get(row.kind);
  return { ...row, label: kind?.label ?? row.kind, byHand: kind?.byHand ?? false };
}
