import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { FRESHNESS_FIELDS } from './freshness-fields.js';
import type { SnapshotScope } from './freshness-snapshot.entity.js';

export interface Counts {
  readonly total: number;
  readonly fresh: number;
  readonly stale: number;
  /** Never known to be right, which isn't stale. */
  readonly unknown: number;
}

/** What was counted: of all, of one prefecture, association or kind of field. */
export interface CountedRow extends Counts {
  readonly scope: SnapshotScope;
  readonly key: string;
  /** Of a prefecture or an association; null for the others. */
  readonly name: string | null;
  readonly freshMonths: number;
  readonly freshSince: Date;
}

export interface Point extends Counts {
  /** `YYYY-MM-DD` */
  readonly on: string;
  readonly freshMonths: number;
}

export interface Place {
  /** Code of the prefecture. */
  readonly prefecture?: string | undefined;
  /** Id of the association. */
  readonly association?: string | undefined;
}

@Injectable()
export class FreshnessRepository {
  /**
   * Counts what is registered now, in one statement: 47 prefectures and 13 associations in the order of the master,
   * or those alone that the place is about; a kind of field only where some of it is registered.
   */
  count(tx: Tx, { prefecture, association }: Place = {}): Promise<CountedRow[]> {
    return tx.query<CountedRow>(COUNT, [prefecture ?? null, association ?? null]);
  }

  /** Takes the day's snapshot unless it was taken, or is being taken by another process. */
  async takeSnapshot(tx: Tx): Promise<void> {
    const [lock] = await tx.query<{ free: boolean }>('SELECT pg_try_advisory_xact_lock(7205759405) AS free');
    if (!lock?.free) return;
    const taken = await tx.query('SELECT FROM freshness_snapshot WHERE taken_on = today_in_tokyo() LIMIT 1');
    if (taken.length > 0) return;
    await tx.execute(TAKE_SNAPSHOT, [null, null]);
  }

  /**
   * The snapshots of a period, the newest first of every `step` days counted back from its end; and of how many days
   * there is none, from the first that there is one at all.
   */
  async course(
    tx: Tx,
    period: { readonly from: string; readonly to: string; readonly step: number },
    { scope, key }: { readonly scope: SnapshotScope; readonly key: string },
  ): Promise<{ points: Point[]; since: string | null; missed: number }> {
    const points = await tx.query<Point>(COURSE, [period.from, period.to, period.step, scope, key]);
    const [record] = await tx.query<{ since: string | null; missed: number }>(MISSED, [
      period.from,
      period.to,
    ]);
    return { points, since: record?.since ?? null, missed: record?.missed ?? 0 };
  }
}

/** @param at column of when it was last known to be right, null where nobody knows */
const counts = (at: string): string => `
           count(thing)::int AS total, (count(*) FILTER (WHERE ${at} >= since))::int AS fresh,
           (count(*) FILTER (WHERE ${at} < since))::int AS stale, (count(thing) - count(${at}))::int AS unknown`;

const inEffect = (table: string): string =>
  `${table}.valid_from <= rule.today AND (${table}.valid_to IS NULL OR ${table}.valid_to > rule.today)`;

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** One branch for each kind of field, by its number: tens of thousands of rows, so nothing is written out in them. */
const REGISTERED = FRESHNESS_FIELDS.map(({ table, name }, number) =>
  table === null
    ? `SELECT thing, ${number} AS field, '/mainPhone' AS pointer FROM active`
    : `SELECT registration_id, ${number}, place || '${name}' FROM ${table}_in_effect WHERE ${snakeCase(name)} IS NOT NULL`,
).join('\n    UNION ALL ');

/**
 * Registrations by when all of them was last confirmed, as lists filter them; fields by their own freshness. Of fields,
 * those count that hold something today: nobody is misled by an empty one.
 */
const COUNTED = `
  WITH rule AS MATERIALIZED (
    SELECT fresh_months() AS months, fresh_since() AS since, today_in_tokyo() AS today),
  active AS MATERIALIZED (
    SELECT r.id AS thing, r.last_confirmed_at, m.prefecture_code, a.id AS association_id
      FROM registration r
      JOIN municipality m ON m.code = r.municipality_code
      LEFT JOIN association a ON a.prefecture_code = m.prefecture_code AND m.type = ANY (a.municipality_types)
     WHERE r.status = 'active'
       AND ($1::text IS NULL OR m.prefecture_code = $1) AND ($2::text IS NULL OR a.id = $2)),
  department_in_effect AS MATERIALIZED (
    SELECT department.*, '/departments/' || id || '/' AS place
      FROM rule CROSS JOIN department JOIN active ON thing = registration_id WHERE ${inEffect('department')}),
  contact_in_effect AS MATERIALIZED (
    SELECT contact.*, '/contacts/' || id || '/' AS place
      FROM rule CROSS JOIN contact JOIN active ON thing = registration_id WHERE ${inEffect('contact')}),
  registered AS (
    ${REGISTERED}),
  by_field AS (
    SELECT field, ${counts('f.confirmed_at')}
      FROM rule CROSS JOIN registered
      LEFT JOIN field_freshness f ON f.registration_id = registered.thing AND f.pointer = registered.pointer
     GROUP BY field),
  counted AS (
    SELECT 'all' AS scope, '' AS key, NULL AS name, ${counts('last_confirmed_at')}
      FROM rule CROSS JOIN active
    UNION ALL
    SELECT 'prefecture', p.code, p.name, ${counts('last_confirmed_at')}
      FROM rule CROSS JOIN prefecture p LEFT JOIN active ON active.prefecture_code = p.code
     WHERE ($1::text IS NULL OR p.code = $1)
       AND ($2::text IS NULL OR p.code = (SELECT prefecture_code FROM association WHERE id = $2))
     GROUP BY p.code, p.name
    UNION ALL
    SELECT 'association', a.id, a.name, ${counts('last_confirmed_at')}
      FROM rule CROSS JOIN association a LEFT JOIN active ON active.association_id = a.id
     WHERE ($2::text IS NULL OR a.id = $2) AND ($1::text IS NULL OR a.prefecture_code = $1)
     GROUP BY a.id, a.name
    UNION ALL
    SELECT 'field', ($FIELDS)[field + 1], NULL, total, fresh, stale, unknown FROM by_field)`.replace(
  '$FIELDS',
  `ARRAY[${FRESHNESS_FIELDS.map(({ field }) => `'${field}'`).join(', ')}]`,
);

const COUNT = `${COUNTED}
  SELECT counted.*, rule.months AS "freshMonths", rule.since AS "freshSince"
    FROM counted CROSS JOIN rule ORDER BY counted.scope, counted.key`;

const TAKE_SNAPSHOT = `
  INSERT INTO freshness_snapshot (scope, key, taken_on, fresh_months, total, fresh, stale, unknown)
  ${COUNTED}
  SELECT scope, key, today_in_tokyo(), rule.months, total, fresh, stale, unknown FROM counted CROSS JOIN rule
  ON CONFLICT DO NOTHING`;

/** The days come from the snapshots of all: what had no registration then has a point with zeros. */
const COURSE = `
  SELECT d.taken_on::text AS "on", d.fresh_months AS "freshMonths", coalesce(s.total, 0) AS total,
         coalesce(s.fresh, 0) AS fresh, coalesce(s.stale, 0) AS stale, coalesce(s.unknown, 0) AS unknown
    FROM (SELECT DISTINCT ON (($2::date - taken_on) / $3::int) taken_on, fresh_months
            FROM freshness_snapshot
           WHERE scope = 'all' AND taken_on BETWEEN $1 AND $2
           ORDER BY ($2::date - taken_on) / $3::int, taken_on DESC) d
    LEFT JOIN freshness_snapshot s ON s.scope = $4 AND s.key = $5 AND s.taken_on = d.taken_on
   ORDER BY d.taken_on`;

const MISSED = `
  SELECT first.since::text AS since,
         greatest(0, least($2::date, today_in_tokyo()) - greatest($1::date, first.since) + 1
           - (SELECT count(*) FROM freshness_snapshot WHERE scope = 'all' AND taken_on BETWEEN $1 AND $2))::int AS missed
    FROM (SELECT min(taken_on) AS since FROM freshness_snapshot WHERE scope = 'all') first
   WHERE first.since IS NOT NULL`;
