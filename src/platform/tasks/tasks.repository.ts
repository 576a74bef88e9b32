import { Injectable } from '@nestjs/common';
import { counted } from '../database/counted.js';
import type { Tx } from '../database/tx.js';

export interface TaskRow {
  readonly id: string;
  readonly kind: string;
  readonly subjectId: string;
  readonly registrationId: string | null;
  readonly title: string;
  readonly weight: number;
  readonly openedAt: Date;
  readonly ageDays: number;
  readonly ownerAccountId: string | null;
  readonly ownerName: string | null;
  /** Only in lists. */
  readonly sortKey?: string;
}

@Injectable()
export class TasksRepository {
  /** Opens it unless one of its kind is open for the subject. */
  async open(
    tx: Tx,
    task: {
      id: string;
      kind: string;
      subjectId: string;
      registrationId: string | null;
      title: string;
      role: string;
      weight: number;
    },
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO task (id, kind, subject_id, registration_id, title, role, weight) VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (kind, subject_id) WHERE done_at IS NULL DO NOTHING`,
      [task.id, task.kind, task.subjectId, task.registrationId, task.title, task.role, task.weight],
    );
  }

  /** Closes every open task of these kinds about a subject. @returns how many there were */
  close(tx: Tx, kinds: readonly string[], subjectId: string, accountId: string | null): Promise<number> {
    return tx.execute(
      `UPDATE task SET done_at = now(), done_by_account_id = $3
        WHERE kind = ANY ($1) AND subject_id = $2 AND done_at IS NULL`,
      [kinds, subjectId, accountId],
    );
  }

  /** Most pressing first: by weight, then by age. */
  async list(
    tx: Tx,
    query: {
      roles: readonly string[];
      kind: string | null;
      ownerAccountId: string | null;
      after: readonly string[] | null;
      limit: number;
    },
  ): Promise<{ rows: TaskRow[]; total: number }> {
    const rows = await tx.query<TaskRow & { total: number; id: string | null }>(LIST, [
      query.roles,
      query.kind,
      query.ownerAccountId,
      query.after?.[0] ?? null,
      query.after?.[1] ?? null,
      query.limit + 1,
    ]);
    return counted(rows, ({ id }) => id !== null);
  }

  /** An open task that one of the roles can do, locked. */
  async lock(tx: Tx, id: string, roles: readonly string[]): Promise<TaskRow | null> {
    await tx.query('SELECT FROM task WHERE id = $1 FOR UPDATE', [id]);
    const [row] = await tx.query<TaskRow>(
      `SELECT ${COLUMNS} FROM task t LEFT JOIN account a ON a.id = t.owner_account_id
        WHERE t.id = $1 AND t.role = ANY ($2) AND t.done_at IS NULL`,
      [id, roles],
    );
    return row ?? null;
  }

  async releaseAllOf(tx: Tx, accountId: string): Promise<void> {
    await tx.execute(
      'UPDATE task SET owner_account_id = NULL WHERE owner_account_id = $1 AND done_at IS NULL',
      [accountId],
    );
  }

  async setOwner(tx: Tx, id: string, accountId: string | null): Promise<void> {
    await tx.execute('UPDATE task SET owner_account_id = $2 WHERE id = $1', [id, accountId]);
  }
}

const COLUMNS = `
  t.id, t.kind, t.subject_id AS "subjectId", t.registration_id AS "registrationId", t.title, t.weight,
  t.opened_at AS "openedAt", floor(extract(epoch FROM now() - t.opened_at) / 86400)::int AS "ageDays",
  t.owner_account_id AS "ownerAccountId", a.name AS "ownerName"`;

const SORT_KEY = `(9 - t.weight)::text || to_char(t.opened_at AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISSUS')`;

const LIST = `
  WITH matched AS (
    SELECT * FROM task
     WHERE done_at IS NULL AND role = ANY ($1)
       AND ($2::text IS NULL OR kind = $2)
       AND ($3::uuid IS NULL OR owner_account_id = $3))
  SELECT counted.total, page.*
    FROM (SELECT count(*)::int AS total FROM matched) counted
    LEFT JOIN LATERAL (
      SELECT ${COLUMNS}, ${SORT_KEY} AS "sortKey"
        FROM matched t LEFT JOIN account a ON a.id = t.owner_account_id
       WHERE $4::text IS NULL OR (${SORT_KEY}, t.id::text) > ($4, $5::text)
       ORDER BY ${SORT_KEY}, t.id::text LIMIT $6) page ON true`;
