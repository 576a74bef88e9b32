import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** How much somebody has asked of late, shared by all processes. Rows of the past are removed. */
@Entity('rate_limit')
export class RateLimit {
  /** Keyed hash of the limit and whom it holds for. */
  @PrimaryColumn({ type: 'bytea', primaryKeyConstraintName: 'rate_limit_pkey' })
  key: Buffer;

  /** When the whole allowance is back: each use moves it into the future by one interval. */
  @Index('rate_limit_free_at')
  @Column({ type: 'timestamptz' })
  freeAt: Date;
}
