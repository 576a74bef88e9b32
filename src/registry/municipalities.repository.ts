import { Injectable } from '@nestjs/common';
import { counted } from '../platform/database/counted.js';
import type { Tx } from '../platform/database/tx.js';
import type { AssociationResponse, MunicipalitiesQuery, MunicipalityResponse } from './municipality.dto.js';

@Injectable()
export class MunicipalitiesRepository {
  async list(
    tx: Tx,
    query: MunicipalitiesQuery & { terms: readonly string[]; asOf: string; after: readonly string[] | null },
  ): Promise<{ rows: MunicipalityResponse[]; total: number }> {
    const rows = await tx.query<MunicipalityResponse & { total: number; code: string | null }>(
      LISTS[query.sort],
      [
        query.asOf,
        query.terms,
        query.prefecture ?? null,
        query.type ?? null,
        query.after?.[0] ?? null,
        query.after?.[1] ?? null,
        query.limit + 1,
      ],
    );
    return counted(rows, ({ code }) => code !== null);
  }

  async find(tx: Tx, code: string, asOf: string): Promise<MunicipalityResponse | null> {
    const [row] = await tx.query<MunicipalityResponse>(
      `${selectFrom('municipality')} WHERE ${EXISTED} AND m.code = $2`,
      [asOf, code],
    );
    return row ?? null;
  }

  listAssociations(tx: Tx): Promise<AssociationResponse[]> {
    return tx.query<AssociationResponse>(
      `SELECT a.id, a.name, a.prefecture_code AS "prefectureCode", p.name AS prefecture,
              a.municipality_types AS "municipalityTypes", count(*)::int AS municipalities,
              count(*) FILTER (WHERE m.code IN (SELECT registered_municipality_codes()))::int AS registered
         FROM association a
         JOIN prefecture p ON p.code = a.prefecture_code
         JOIN municipality m ON m.prefecture_code = a.prefecture_code AND m.type = ANY (a.municipality_types)
        WHERE ${EXISTED}
        GROUP BY a.id, p.code ORDER BY p.code, a.id`,
      [tx.today],
    );
  }
}

const EXISTED = '(m.valid_from IS NULL OR m.valid_from <= $1) AND (m.valid_to IS NULL OR m.valid_to > $1)';

const selectFrom = (source: 'municipality' | 'page'): string => `
  SELECT m.code, m.name, m.kana, m.prefecture_code AS "prefectureCode", p.name AS prefecture, m.type,
         m.office_postal_code AS "officePostalCode", m.office_address AS "officeAddress", m.website, m.latitude,
         m.longitude, m.valid_from::text AS "validFrom", m.valid_to::text AS "validTo",
         ARRAY (SELECT successor_code FROM municipality_successor s WHERE s.municipality_code = m.code
                 ORDER BY successor_code) AS successors,
         m.code IN (SELECT registered_municipality_codes()) AS registered, a.id AS "associationId"
    FROM ${source} m
    JOIN prefecture p ON p.code = m.prefecture_code
    LEFT JOIN association a ON a.prefecture_code = m.prefecture_code AND m.type = ANY (a.municipality_types)`;

/** Only the page's rows are looked up in full; counting needs the filter alone. */
const listBy = (sortKey: 'code' | 'kana'): string => `
  WITH matched AS (
    SELECT m.code, m.${sortKey} AS sort_key FROM municipality m
     WHERE ${EXISTED}
       AND m.search_text LIKE ALL ($2::text[])
       AND ($3::text IS NULL OR m.prefecture_code = $3)
       AND ($4::text IS NULL OR m.type = $4)),
  page AS MATERIALIZED (
    SELECT m.* FROM matched JOIN municipality m USING (code)
     WHERE $5::text IS NULL OR (sort_key, code) > ($5, $6::text)
     ORDER BY sort_key, code LIMIT $7)
  SELECT counted.total, shown.*
    FROM (SELECT count(*)::int AS total FROM matched) counted
    LEFT JOIN (${selectFrom('page')}) shown ON true
   ORDER BY shown.${sortKey}, shown.code`;

const LISTS = { code: listBy('code'), kana: listBy('kana') } as const;
