import { Injectable } from '@nestjs/common';
import { counted } from '../platform/database/counted.js';
import type { Tx } from '../platform/database/tx.js';
import type { Change } from './registration-diff.js';
import {
  type ContactDocument,
  type DepartmentDocument,
  pointersOf,
  type RegistrationDocument,
} from './registration-document.js';
import type { RegistrationsQuery, RegistrationSummaryResponse } from './registration.dto.js';
import type { FreshnessMethod, RegistrationStatus, VersionCause } from './registration.entity.js';

/** A registration with everything in effect today. */
export interface CurrentRegistration {
  readonly id: string;
  readonly municipalityCode: string;
  readonly municipality: string;
  readonly prefecture: string;
  readonly status: RegistrationStatus;
  readonly version: number;
  readonly lastConfirmedAt: Date | null;
  readonly withdrawnAt: Date | null;
  readonly withdrawnReason: string | null;
  readonly document: RegistrationDocument;
}

export interface FreshnessEntry {
  readonly at: string;
  readonly by: string;
  readonly method: FreshnessMethod;
}

export interface VersionRow {
  readonly version: number;
  readonly document: RegistrationDocument;
  readonly changes: Change[];
  readonly effectiveOn: string;
  readonly recordedAt: Date;
  readonly cause: VersionCause;
  readonly changeRequestId: string | null;
  readonly proposedBy: string;
  readonly decidedBy: string | null;
}

interface RegistrationRow extends Omit<CurrentRegistration, 'document'> {
  mainPhone: string;
  primaryDepartmentId: string;
  departments: DepartmentDocument[];
  contacts: ContactDocument[];
}

/** Row-level security keeps every statement here within what the viewer may see. */
@Injectable()
export class RegistrationsRepository {
  /** The whole registration in one round trip; null outside the viewer's scope. */
  async find(tx: Tx, id: string): Promise<CurrentRegistration | null> {
    const [row] = await tx.query<RegistrationRow>(FIND, [id, tx.today]);
    return row ? toCurrent(row) : null;
  }

  /** Several at once, in the order of their municipalities' codes. */
  async findMany(tx: Tx, ids: readonly string[]): Promise<CurrentRegistration[]> {
    return (await tx.query<RegistrationRow>(FIND_MANY, [ids, tx.today])).map(toCurrent);
  }

  /** The same with how fresh each field is, in one round trip, too. */
  async findWithFreshness(
    tx: Tx,
    id: string,
  ): Promise<{ current: CurrentRegistration; freshness: Record<string, FreshnessEntry> } | null> {
    const [row] = await tx.query<RegistrationRow & { freshness: Record<string, FreshnessEntry> | null }>(
      FIND_WITH_FRESHNESS,
      [id, tx.today],
    );
    if (!row) return null;
    const { freshness, ...registration } = row;
    const current = toCurrent(registration);
    return { current, freshness: inEffect(freshness ?? {}, current.document) };
  }

  /**
   * Locks a registration against every other decision until the transaction ends. What is read before may be
   * older than the lock, so lock first and read then.
   */
  async lock(tx: Tx, id: string): Promise<{ version: number; status: RegistrationStatus } | null> {
    const [row] = await tx.query<{ version: number; status: RegistrationStatus }>(
      'SELECT version, status FROM registration WHERE id = $1 FOR UPDATE',
      [id],
    );
    return row ?? null;
  }

  /** @returns the id of a municipality's active registration */
  async findActiveId(tx: Tx, municipalityCode: string): Promise<string | null> {
    const [row] = await tx.query<{ id: string }>(
      `SELECT id FROM registration WHERE municipality_code = $1 AND status = 'active'`,
      [municipalityCode],
    );
    return row?.id ?? null;
  }

  async findMunicipalityName(tx: Tx, id: string): Promise<string | null> {
    const [row] = await tx.query<{ name: string }>(
      `SELECT p.name || m.name AS name FROM registration r
         JOIN municipality m ON m.code = r.municipality_code
         JOIN prefecture p ON p.code = m.prefecture_code WHERE r.id = $1`,
      [id],
    );
    return row?.name ?? null;
  }

  async list(
    tx: Tx,
    query: RegistrationsQuery & { terms: readonly string[]; after: readonly string[] | null },
  ): Promise<{ rows: RegistrationSummaryResponse[]; total: number }> {
    const rows = await tx.query<RegistrationSummaryResponse & { total: number; id: string | null }>(
      LIST.replaceAll('$sortKey', SORT_KEYS[query.sort]),
      [
        query.terms,
        query.prefecture ?? null,
        query.type ?? null,
        query.association ?? null,
        query.freshness ?? null,
        query.after?.[0] ?? null,
        query.after?.[1] ?? null,
        query.limit + 1,
        query.status,
      ],
    );
    return counted(rows, ({ id }) => id !== null);
  }

  /** @throws a unique violation of `registration_one_active_per_municipality` */
  async insert(tx: Tx, id: string, municipalityCode: string, document: RegistrationDocument): Promise<void> {
    await tx.execute(
      'INSERT INTO registration (id, municipality_code, main_phone, primary_department_id) VALUES ($1, $2, $3, $4)',
      [id, municipalityCode, document.mainPhone, document.primaryDepartmentId],
    );
  }

  /** @returns the new version, or null when the registration is not at `baseVersion` any more */
  async advance(
    tx: Tx,
    id: string,
    baseVersion: number,
    document: RegistrationDocument,
  ): Promise<number | null> {
    const [row] = await tx.query<{ version: number }>(
      `UPDATE registration SET version = version + 1, main_phone = $3, primary_department_id = $4
        WHERE id = $1 AND version = $2 AND status = 'active' RETURNING version`,
      [id, baseVersion, document.mainPhone, document.primaryDepartmentId],
    );
    return row?.version ?? null;
  }

  /**
   * Writes the departments of a document as they are to be; those that aren't in it end, and one that had ended and is
   * in it begins again. @param from the date
   */
  async putDepartments(
    tx: Tx,
    registrationId: string,
    departments: readonly DepartmentDocument[],
    from: string,
  ): Promise<void> {
    await tx.execute(PUT_DEPARTMENTS, [registrationId, JSON.stringify(departments), from]);
  }

  /** Like {@link putDepartments}, which has to come first. */
  async putContacts(
    tx: Tx,
    registrationId: string,
    contacts: readonly ContactDocument[],
    from: string,
  ): Promise<void> {
    await tx.execute(PUT_CONTACTS, [registrationId, JSON.stringify(contacts), from]);
  }

  async insertVersion(
    tx: Tx,
    registrationId: string,
    version: Omit<VersionRow, 'recordedAt'>,
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO registration_version (registration_id, version, document, changes, effective_on, cause,
                                         change_request_id, proposed_by, decided_by)
       VALUES ($1, $2, $3, $4, greatest($5::date, (SELECT max(effective_on) FROM registration_version WHERE registration_id = $1)),
               $6, $7, $8, $9)`,
      [
        registrationId,
        version.version,
        JSON.stringify(version.document),
        JSON.stringify(version.changes),
        version.effectiveOn,
        version.cause,
        version.changeRequestId,
        version.proposedBy,
        version.decidedBy,
      ],
    );
  }

  /** Notes that these fields were known to be right: now, unless it was said earlier. */
  async refresh(
    tx: Tx,
    registrationId: string,
    pointers: readonly string[],
    { by, method, at }: { by: string; method: FreshnessMethod; at?: Date | null },
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO field_freshness (registration_id, pointer, confirmed_at, confirmed_by, method)
       SELECT $1, pointer, coalesce($5, now()), $3, $4 FROM unnest($2::text[]) AS pointer
       ON CONFLICT ON CONSTRAINT field_freshness_pkey
       DO UPDATE SET confirmed_at = excluded.confirmed_at, confirmed_by = excluded.confirmed_by,
                     method = excluded.method`,
      [registrationId, pointers, by, method, at?.toISOString() ?? null],
    );
  }

  async setConfirmed(tx: Tx, id: string): Promise<void> {
    await tx.execute('UPDATE registration SET last_confirmed_at = now() WHERE id = $1', [id]);
  }

  async listVersions(
    tx: Tx,
    registrationId: string,
    page: { before: number | null; asOf: string | null; limit: number },
  ): Promise<{ rows: VersionRow[]; total: number }> {
    const rows = await tx.query<VersionRow & { total: number; version: number | null }>(LIST_VERSIONS, [
      registrationId,
      page.before,
      page.asOf,
      page.limit + 1,
    ]);
    return counted(rows, ({ version }) => version !== null);
  }
}

/** Without what was kept for people and departments that have left. */
function inEffect(
  freshness: Record<string, FreshnessEntry>,
  document: RegistrationDocument,
): Record<string, FreshnessEntry> {
  const pointers = new Set(pointersOf(document));
  return Object.fromEntries(Object.entries(freshness).filter(([pointer]) => pointers.has(pointer)));
}

function toCurrent(row: RegistrationRow): CurrentRegistration {
  const { mainPhone, primaryDepartmentId, departments, contacts, ...rest } = row;
  return { ...rest, document: { mainPhone, primaryDepartmentId, departments, contacts } };
}

const IN_EFFECT = 'valid_from <= $2 AND (valid_to IS NULL OR valid_to > $2)';

const selectRegistration = (more: string, which = 'r.id = $1'): string => `
  SELECT r.id, r.municipality_code AS "municipalityCode", m.name AS municipality, p.name AS prefecture, r.status,
         r.version, r.last_confirmed_at AS "lastConfirmedAt", r.withdrawn_at AS "withdrawnAt",
         r.withdrawn_reason AS "withdrawnReason", r.main_phone AS "mainPhone",
         r.primary_department_id AS "primaryDepartmentId",
         (SELECT coalesce(json_agg(json_build_object(
                   'id', id, 'name', name, 'kana', kana, 'email', email, 'phone', phone, 'fax', fax,
                   'postalCode', postal_code, 'address', address) ORDER BY position, id), '[]')
            FROM department WHERE registration_id = r.id AND ${IN_EFFECT}) AS departments,
         (SELECT coalesce(json_agg(json_build_object(
                   'id', id, 'departmentId', department_id, 'name', name, 'kana', kana, 'title', title,
                   'email', email, 'extension', extension, 'role', role) ORDER BY position, id), '[]')
            FROM contact WHERE registration_id = r.id AND ${IN_EFFECT}) AS contacts${more}
    FROM registration r
    JOIN municipality m ON m.code = r.municipality_code
    JOIN prefecture p ON p.code = m.prefecture_code
   WHERE ${which}`;

const FIND = selectRegistration('');
const FIND_MANY = `${selectRegistration('', 'r.id = ANY ($1)')} ORDER BY m.code`;
const FIND_WITH_FRESHNESS = selectRegistration(`,
         (SELECT json_object_agg(pointer, json_build_object(
                   'at', to_char(confirmed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                   'by', confirmed_by, 'method', method))
            FROM field_freshness WHERE registration_id = r.id) AS freshness`);

/** Text, so that one cursor form serves every order; never confirmed sorts as longest ago. */
const SORT_KEYS: Readonly<Record<RegistrationsQuery['sort'], string>> = {
  code: 'm.code',
  lastConfirmedAt: `coalesce(to_char(r.last_confirmed_at AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISSUS'), '')`,
};

const LIST = `
  WITH matched AS (
    SELECT r.id, m.code AS "municipalityCode", m.name AS municipality, m.kana AS "municipalityKana",
           m.prefecture_code AS "prefectureCode", p.name AS prefecture, m.type, r.main_phone AS "mainPhone", a.id AS "associationId", r.status, r.version, r.last_confirmed_at AS "lastConfirmedAt",
           r.withdrawn_at AS "withdrawnAt", d.name AS "primaryDepartment", d.email AS "primaryMailbox", $sortKey AS sort_key
      FROM registration r
      JOIN municipality m ON m.code = r.municipality_code
      JOIN prefecture p ON p.code = m.prefecture_code
      JOIN department d ON d.id = r.primary_department_id
      LEFT JOIN association a ON a.prefecture_code = m.prefecture_code AND m.type = ANY (a.municipality_types)
     WHERE r.status = $9
       AND m.search_text LIKE ALL ($1::text[])
       AND ($2::text IS NULL OR m.prefecture_code = $2)
       AND ($3::text IS NULL OR m.type = $3)
       AND ($4::text IS NULL OR a.id = $4)
       AND CASE $5::text
             WHEN 'unknown' THEN r.last_confirmed_at IS NULL
             WHEN 'fresh' THEN r.last_confirmed_at > now() - interval '12 months'
             WHEN 'stale' THEN r.last_confirmed_at <= now() - interval '12 months'
             ELSE true END)
  SELECT counted.total, page.*
    FROM (SELECT count(*)::int AS total FROM matched) counted
    LEFT JOIN LATERAL (
      SELECT * FROM matched
       WHERE $6::text IS NULL OR (sort_key, "municipalityCode") > ($6, $7::text)
       ORDER BY sort_key, "municipalityCode" LIMIT $8) page ON true`;

const PUT_DEPARTMENTS = `
  WITH wanted AS (
    SELECT * FROM ROWS FROM (jsonb_to_recordset($2::jsonb) AS (
      id uuid, name text, kana text, email text, phone text, fax text, "postalCode" text, address text))
      WITH ORDINALITY AS w (id, name, kana, email, phone, fax, postal_code, address, position)),
  ended AS (
    UPDATE department SET valid_to = greatest(valid_from, $3)
     WHERE registration_id = $1 AND valid_to IS NULL AND id NOT IN (SELECT id FROM wanted))
  INSERT INTO department (id, registration_id, name, kana, email, phone, fax, postal_code, address, position, valid_from)
  SELECT id, $1, name, kana, email, phone, fax, postal_code, address, position, $3 FROM wanted
  ON CONFLICT ON CONSTRAINT department_pkey DO UPDATE
    SET name = excluded.name, kana = excluded.kana, email = excluded.email, phone = excluded.phone,
        fax = excluded.fax, postal_code = excluded.postal_code, address = excluded.address,
        position = excluded.position,
        valid_from = CASE WHEN department.valid_to IS NULL THEN department.valid_from ELSE excluded.valid_from END,
        valid_to = NULL
  WHERE department.registration_id = excluded.registration_id`;

const PUT_CONTACTS = `
  WITH wanted AS (
    SELECT * FROM ROWS FROM (jsonb_to_recordset($2::jsonb) AS (
      id uuid, "departmentId" uuid, name text, kana text, title text, email text, extension text, role text))
      WITH ORDINALITY AS w (id, department_id, name, kana, title, email, extension, role, position)),
  ended AS (
    UPDATE contact SET valid_to = greatest(valid_from, $3)
     WHERE registration_id = $1 AND valid_to IS NULL AND id NOT IN (SELECT id FROM wanted))
  INSERT INTO contact (id, registration_id, department_id, name, kana, title, email, extension, role, position, valid_from)
  SELECT id, $1, department_id, name, kana, title, email, extension, role, position, $3 FROM wanted
  ON CONFLICT ON CONSTRAINT contact_pkey DO UPDATE
    SET department_id = excluded.department_id, name = excluded.name, kana = excluded.kana, title = excluded.title,
        email = excluded.email, extension = excluded.extension, role = excluded.role, position = excluded.position,
        valid_from = CASE WHEN contact.valid_to IS NULL THEN contact.valid_from ELSE excluded.valid_from END,
        valid_to = NULL
  WHERE contact.registration_id = excluded.registration_id`;

const LIST_VERSIONS = `
  WITH matched AS (
    SELECT version, document, changes, effective_on::text AS "effectiveOn", recorded_at AS "recordedAt", cause,
           change_request_id AS "changeRequestId", proposed_by AS "proposedBy", decided_by AS "decidedBy"
      FROM registration_version
     WHERE registration_id = $1
       AND ($3::date IS NULL OR version = (
             SELECT max(version) FROM registration_version WHERE registration_id = $1 AND effective_on <= $3)))
  SELECT counted.total, page.*
    FROM (SELECT count(*)::int AS total FROM matched) counted
    LEFT JOIN LATERAL (
      SELECT * FROM matched WHERE $2::int IS NULL OR version < $2 ORDER BY version DESC LIMIT $4) page ON true`;
