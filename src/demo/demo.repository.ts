import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { RegistrationDocument } from '../registry/registration-document.js';

/** One registration as it is written in bulk. */
export interface DemoRow {
  readonly id: string;
  readonly municipalityCode: string;
  readonly document: RegistrationDocument;
  readonly confirmedDaysAgo: number | null;
  readonly confirmedBy: string;
  readonly pointers: readonly string[];
}

/** Somebody to sign in as: the first person of the primary department, by its mailbox. */
export interface DemoMember {
  readonly municipalityCode: string;
  readonly registrationId: string;
  readonly email: string;
  readonly name: string | null;
}

/** A mail as the demo's mailbox shows it. */
export interface SentMail {
  readonly id: string;
  readonly recipient: string;
  readonly subject: string;
  readonly body: string;
  readonly codePurpose: 'sign-in' | 'verify-address' | 'staff-invitation' | null;
  readonly codeChallengeId: string | null;
  readonly sentAt: Date;
}

@Injectable()
export class DemoRepository {
  /** Two demos that start at once on one folder fill it one after the other. */
  async lock(tx: Tx): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock(7205759404)');
  }

  async isEmpty(tx: Tx): Promise<boolean> {
    return (await tx.query('SELECT FROM account LIMIT 1')).length === 0;
  }

  /** Those of the registrations that never had a change request. */
  async findUntouched(tx: Tx, codes: readonly string[]): Promise<string[]> {
    const rows = await tx.query<{ code: string }>(
      `SELECT r.municipality_code AS code FROM registration r
        WHERE r.municipality_code = ANY ($1)
          AND NOT EXISTS (SELECT FROM change_request c WHERE c.registration_id = r.id)`,
      [codes],
    );
    return rows.map(({ code }) => code);
  }

  /** Those that aren't there yet: a folder of an earlier demo gets who has come since. */
  async insertAccounts(
    tx: Tx,
    accounts: readonly { id: string; email: string; name: string; role: string; passwordHash: string }[],
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO account (id, email, email_key, name, roles, status, password_hash)
       SELECT id, email, lower(email), name, ARRAY[role], 'active', "passwordHash"
         FROM jsonb_to_recordset($1::jsonb) AS a (id uuid, email text, name text, role text, "passwordHash" text)
       ON CONFLICT DO NOTHING`,
      [JSON.stringify(accounts)],
    );
  }

  /** A factor for each that has none: so that whoever signs in from an older folder has one, too. */
  async insertFactors(tx: Tx, factors: readonly { id: string; email: string }[]): Promise<void> {
    await tx.execute(
      `INSERT INTO staff_factor (id, account_id, name, confirmed_at)
       SELECT f.id, a.id, 'デモ', now()
         FROM jsonb_to_recordset($1::jsonb) AS f (id uuid, email text)
         JOIN account a ON a.email_key = lower(f.email)
        WHERE NOT EXISTS (SELECT FROM staff_factor s
                           WHERE s.account_id = a.id AND s.removed_at IS NULL AND s.confirmed_at IS NOT NULL)`,
      [JSON.stringify(factors)],
    );
  }

  /** The factor of each account that was made for the demo, by address. */
  listFactors(tx: Tx): Promise<{ email: string; factorId: string }[]> {
    return tx.query(
      `SELECT a.email, s.id AS "factorId"
         FROM staff_factor s JOIN account a ON a.id = s.account_id
        WHERE s.removed_at IS NULL AND s.confirmed_at IS NOT NULL AND s.name = 'デモ' ORDER BY a.created_at, a.email`,
    );
  }

  /** Writes registrations with departments, contacts, first version and freshness: a few statements for all. */
  async insertRegistrations(tx: Tx, rows: readonly DemoRow[]): Promise<void> {
    const json = JSON.stringify(rows);
    for (const statement of INSERT_REGISTRATIONS) await tx.execute(statement, [json]);
  }

  async findMemberAccounts(tx: Tx, codes: readonly string[]): Promise<DemoMember[]> {
    return tx.query(
      `SELECT r.municipality_code AS "municipalityCode", r.id AS "registrationId", d.email,
              (SELECT c.name FROM contact c WHERE c.department_id = d.id ORDER BY c.role DESC LIMIT 1) AS name
         FROM registration r JOIN department d ON d.id = r.primary_department_id
        WHERE r.municipality_code = ANY ($1) AND r.status = 'active' ORDER BY r.municipality_code`,
      [codes],
    );
  }

  /** @returns its number, or null where there is none */
  async makeChangeRequestOlder(tx: Tx, id: string, days: number): Promise<string | null> {
    const [row] = await tx.query<{ number: string }>(
      `UPDATE change_request
          SET submitted_at = submitted_at - make_interval(days => $2), effective_on = effective_on - $2::int,
              expires_at = expires_at - make_interval(days => $2)
        WHERE id = $1 RETURNING number`,
      [id, days],
    );
    return row?.number ?? null;
  }

  /** @returns its number, or null where there is none */
  async makeApplicationOlder(tx: Tx, id: string, days: number): Promise<string | null> {
    const [row] = await tx.query<{ number: string }>(
      `UPDATE membership_application
          SET submitted_at = submitted_at - make_interval(days => $2),
              expires_at = expires_at - make_interval(days => $2)
        WHERE id = $1 RETURNING number`,
      [id, days],
    );
    return row?.number ?? null;
  }

  listSent(tx: Tx, limit: number): Promise<SentMail[]> {
    return tx.query<SentMail>(
      `SELECT id, recipient, subject, body, code_purpose AS "codePurpose", code_challenge_id AS "codeChallengeId",
              sent_at AS "sentAt"
         FROM outbox_message WHERE sent_at IS NOT NULL ORDER BY sent_at DESC, id DESC LIMIT $1`,
      [limit],
    );
  }
}

const ROWS = `jsonb_to_recordset($1::jsonb) AS r (
  id uuid, "municipalityCode" text, document jsonb, "confirmedDaysAgo" int, "confirmedBy" text, pointers jsonb)`;

const INSERT_REGISTRATIONS = [
  `INSERT INTO registration (id, municipality_code, main_phone, primary_department_id, last_confirmed_at, created_at)
   SELECT id, "municipalityCode", document ->> 'mainPhone', (document ->> 'primaryDepartmentId')::uuid,
          now() - make_interval(days => "confirmedDaysAgo"), now() - interval '5 years'
     FROM ${ROWS}`,
  `INSERT INTO department (id, registration_id, name, kana, email, phone, fax, postal_code, address, position, valid_from)
   SELECT d.id, r.id, d.name, d.kana, d.email, d.phone, d.fax, d."postalCode", d.address, d.position,
          today_in_tokyo() - 1826
     FROM ${ROWS} CROSS JOIN LATERAL ROWS FROM (jsonb_to_recordset(r.document -> 'departments') AS (
            id uuid, name text, kana text, email text, phone text, fax text, "postalCode" text, address text))
          WITH ORDINALITY AS d (id, name, kana, email, phone, fax, "postalCode", address, position)`,
  `INSERT INTO contact (id, registration_id, department_id, name, kana, title, email, extension, role, position, valid_from)
   SELECT c.id, r.id, c."departmentId", c.name, c.kana, c.title, c.email, c.extension, c.role, c.position,
          today_in_tokyo() - 1826
     FROM ${ROWS} CROSS JOIN LATERAL ROWS FROM (jsonb_to_recordset(r.document -> 'contacts') AS (
            id uuid, "departmentId" uuid, name text, kana text, title text, email text, extension text, role text))
          WITH ORDINALITY AS c (id, "departmentId", name, kana, title, email, extension, role, position)`,
  `INSERT INTO registration_version (registration_id, version, document, changes, effective_on, recorded_at, cause,
                                     proposed_by)
   SELECT id, 1, document, '[]', today_in_tokyo() - 1826, now() - interval '5 years', 'import', 'これまでの名簿'
     FROM ${ROWS}`,
  `INSERT INTO field_freshness (registration_id, pointer, confirmed_at, confirmed_by, method)
   SELECT r.id, pointer, now() - make_interval(days => r."confirmedDaysAgo"), r."confirmedBy", 'confirmation'
     FROM ${ROWS} CROSS JOIN LATERAL jsonb_array_elements_text(r.pointers) AS pointer
    WHERE r."confirmedDaysAgo" IS NOT NULL`,
];
