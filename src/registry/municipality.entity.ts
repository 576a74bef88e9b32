import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

export const MUNICIPALITY_TYPES = ['city', 'town', 'village', 'special-ward'] as const;
export type MunicipalityType = (typeof MUNICIPALITY_TYPES)[number];

/** 都道府県, keyed by its own 6-digit code. */
@Entity('prefecture')
export class Prefecture {
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'prefecture_pkey' })
  code: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text' })
  kana: string;
}

/**
 * 自治体: a master row keyed by the 全国地方公共団体コード. A municipality that merged or changed its code keeps
 * its row, with the end of its period and its successors.
 */
@Entity('municipality')
@Check('municipality_code_has_six_digits', `code ~ '^[0-9]{6}$'`)
@Check('municipality_type_is_known', `type IN ('city', 'town', 'village', 'special-ward')`)
@Check('municipality_period_begins_before_it_ends', `valid_from < valid_to`)
@Index('municipality_prefecture_code', ['prefectureCode'])
@Index('municipality_search_text', { synchronize: false })
export class Municipality {
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'municipality_pkey' })
  code: string;

  @ForeignKey(() => Prefecture, { name: 'municipality_belongs_to_prefecture' })
  @Column({ type: 'text' })
  prefectureCode: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text' })
  kana: string;

  @Column({ type: 'text' })
  type: MunicipalityType;

  @Column({ type: 'text', nullable: true })
  officePostalCode: string | null;

  @Column({ type: 'text', nullable: true })
  officeAddress: string | null;

  @Column({ type: 'text', nullable: true })
  website: string | null;

  @Column({ type: 'double precision', nullable: true })
  latitude: number | null;

  @Column({ type: 'double precision', nullable: true })
  longitude: number | null;

  /** First day, null where it lies before the record. */
  @Column({ type: 'date', nullable: true })
  validFrom: string | null;

  /** First day on which it no longer exists. */
  @Column({ type: 'date', nullable: true })
  validTo: string | null;

  /** Name, kana, prefecture and code, folded by `normalizeForSearch`. */
  @Column({ type: 'text' })
  searchText: string;
}

/** Who took over from whom, and when: one row per successor of a merger or a change of code. */
@Entity('municipality_successor')
export class MunicipalitySuccessor {
  @ForeignKey(() => Municipality, { name: 'municipality_successor_of_municipality' })
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'municipality_successor_pkey' })
  municipalityCode: string;

  @ForeignKey(() => Municipality, { name: 'municipality_successor_is_municipality' })
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'municipality_successor_pkey' })
  successorCode: string;

  @Column({ type: 'date' })
  effectiveOn: string;

  @Column({ type: 'text' })
  reason: string;
}

/** 市長会・町村会 with an agreement: it covers the municipalities of some types in one prefecture. */
@Entity('association')
export class Association {
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'association_pkey' })
  id: string;

  @Column({ type: 'text' })
  name: string;

  @ForeignKey(() => Prefecture, { name: 'association_is_of_prefecture' })
  @Column({ type: 'text' })
  prefectureCode: string;

  @Column({ type: 'text', array: true })
  municipalityTypes: MunicipalityType[];
}
