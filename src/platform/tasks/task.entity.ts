import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { StaffRole } from '../access/permission.js';

/**
 * Something that waits for a person of the office. Opened and closed by what happens to its subject, in the same
 * transaction; those that are done are kept.
 */
@Entity('task')
@Check('task_role_is_known', `role IN ('reviewer', 'editor', 'admin')`)
@Check('task_weight_is_known', 'weight BETWEEN 1 AND 3')
@Index('task_one_open_per_subject', ['kind', 'subjectId'], { unique: true, where: 'done_at IS NULL' })
@Index('task_open', ['role'], { where: 'done_at IS NULL' })
export class Task {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'task_pkey' })
  id: string;

  /** Declared by the room it belongs to, such as `change-request.review`. */
  @Column({ type: 'text' })
  kind: string;

  /** What it is about; of which table, the kind tells. */
  @Column({ type: 'uuid' })
  subjectId: string;

  // By name: the platform imports no room.
  @ForeignKey('Registration', { name: 'task_of_registration' })
  @Column({ type: 'uuid', nullable: true })
  registrationId: string | null;

  @Column({ type: 'text' })
  title: string;

  /** Who can do it. */
  @Column({ type: 'text' })
  role: StaffRole;

  /** 3 before 2 before 1. */
  @Column({ type: 'smallint' })
  weight: number;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  openedAt: Date;

  /** Who has taken it on; others may still do it. */
  @ForeignKey('Account', { name: 'task_owned_by_account' })
  @Column({ type: 'uuid', nullable: true })
  ownerAccountId: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  doneAt: Date | null;

  /** null where the portal itself or a municipality closed it. */
  @ForeignKey('Account', { name: 'task_done_by_account' })
  @Column({ type: 'uuid', nullable: true })
  doneByAccountId: string | null;
}
