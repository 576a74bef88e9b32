import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** What a course is of: all registrations, those of a prefecture or an association, or a kind of field. */
export const SNAPSHOT_SCOPES = ['all', 'prefecture', 'association', 'field'] as const;
export type SnapshotScope = (typeof SNAPSHOT_SCOPES)[number];

const KEY = { primaryKeyConstraintName: 'freshness_snapshot_pkey' } as const;

/**
 * 情報の鮮度 on one day, as it was when that day began or the portal first ran on it. Never altered; a day on which
 * it didn't run has no rows.
 */
@Entity('freshness_snapshot')
@Check('freshness_snapshot_scope_is_known', `scope IN ('all', 'prefecture', 'association', 'field')`)
@Check(
  'freshness_snapshot_adds_up',
  'total = fresh + stale + unknown AND fresh >= 0 AND stale >= 0 AND unknown >= 0',
)
export class FreshnessSnapshot {
  @PrimaryColumn({ type: 'text', ...KEY })
  scope: SnapshotScope;

  /** Code of the prefecture, id of the association, name of the field; empty for all. */
  @PrimaryColumn({ type: 'text', ...KEY })
  key: string;

  /** The day in Tokyo. */
  @PrimaryColumn({ type: 'date', ...KEY })
  takenOn: string;

  /** What counted as fresh on that day. */
  @Column({ type: 'smallint' })
  freshMonths: number;

  /** Of fields, how many; else how many registrations. */
  @Column({ type: 'integer' })
  total: number;

  @Column({ type: 'integer' })
  fresh: number;

  @Column({ type: 'integer' })
  stale: number;

  @Column({ type: 'integer' })
  unknown: number;
}
