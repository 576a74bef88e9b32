import { Injectable } from '@nestjs/common';
import { FRESHNESS_FIELDS } from '../freshness/freshness-fields.js';
import type { Tx } from '../platform/database/tx.js';

/** A year of snapshots, up to yesterday; today's is taken by the portal itself, of what is really there. */
const DAYS = 364;

/** Writes how fresh the invented registrations were on each day of the last year. */
@Injectable()
export class DemoFreshnessRepository {
  async insertCourse(tx: Tx): Promise<void> {
    await tx.execute(INSERT_COURSE, [DAYS]);
  }
}

const COUNTED = FRESHNESS_FIELDS.filter(({ table }) => table !== null)
  .map(({ field, table, name }) => {
    const column = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    return `SELECT registration_id, '${field}' AS field, count(${column}) AS number FROM ${table} GROUP BY 1`;
  })
  .join('\n    UNION ALL ');

/**
 * Goes back from what is there: each municipality answered about once a year, the last time when its registration
 * says so, and one of four who did lately answered for the first time.
 */
const INSERT_COURSE = `
  WITH registered AS MATERIALIZED (
    SELECT r.id, m.prefecture_code, a.id AS association_id,
           round(extract(epoch FROM now() - r.last_confirmed_at) / 86400)::int AS last,
           330 + abs(hashtext(r.municipality_code)) % 150 AS every,
           r.last_confirmed_at > now() - interval '2 months' AND abs(hashtext(r.id::text)) % 4 = 0 AS first
      FROM registration r JOIN municipality m ON m.code = r.municipality_code
      LEFT JOIN association a ON a.prefecture_code = m.prefecture_code AND m.type = ANY (a.municipality_types)
     WHERE r.status = 'active'),
  field AS MATERIALIZED (
    SELECT id AS registration_id, 'mainPhone' AS field, 1 AS number FROM registered
    UNION ALL ${COUNTED}),
  daily AS MATERIALIZED (
    SELECT r.*, ago, CASE WHEN last IS NULL OR first AND ago > last THEN 'unknown'
                          WHEN CASE WHEN ago <= last THEN last - ago ELSE every - (ago - last) % every END <= 365
                          THEN 'fresh' ELSE 'stale' END AS state
      FROM registered r CROSS JOIN generate_series(1, $1::int) ago),
  things AS (
    SELECT ago, 'all' AS scope, '' AS key, state, 1 AS number FROM daily
    UNION ALL
    SELECT ago, 'prefecture', prefecture_code, state, 1 FROM daily
    UNION ALL
    SELECT ago, 'association', association_id, state, 1 FROM daily WHERE association_id IS NOT NULL
    UNION ALL
    SELECT ago, 'field', field, state, number FROM daily JOIN field ON field.registration_id = daily.id)
  INSERT INTO freshness_snapshot (scope, key, taken_on, fresh_months, total, fresh, stale, unknown)
  SELECT scope, key, today_in_tokyo() - ago, 12, sum(number),
         coalesce(sum(number) FILTER (WHERE state = 'fresh'), 0),
         coalesce(sum(number) FILTER (WHERE state = 'stale'), 0),
         coalesce(sum(number) FILTER (WHERE state = 'unknown'), 0)
    FROM things GROUP BY scope, key, ago
  ON CONFLICT DO NOTHING`;
