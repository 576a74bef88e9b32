import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { RegistrationDocument } from './registration-document.js';

/** A membership that ended, with the last state of its registration. */
export interface EndedRegistration {
  readonly id: string;
  readonly version: number;
  readonly document: RegistrationDocument;
}

/** How memberships end and come back. Row-level security keeps every statement here within what the viewer may see. */
@Injectable()
export class AdmissionsRepository {
  /** @returns the new version, or null when the registration is not at `baseVersion` any more or has ended already */
  async withdraw(tx: Tx, id: string, baseVersion: number, reason: string): Promise<number | null> {
    const [row] = await tx.query<{ version: number }>(
      `UPDATE registration
          SET status = 'withdrawn', withdrawn_at = now(), withdrawn_reason = $3, version = version + 1
        WHERE id = $1 AND version = $2 AND status = 'active' RETURNING version`,
      [id, baseVersion, reason],
    );
    return row?.version ?? null;
  }

  /**
   * The municipality's membership that ended last, locked until the transaction ends: of two that bring it back at
   * once, the second finds none.
   */
  async lockEnded(tx: Tx, municipalityCode: string): Promise<EndedRegistration | null> {
    const [row] = await tx.query<{ id: string; version: number }>(
      `SELECT id, version FROM registration WHERE municipality_code = $1 AND status = 'withdrawn'
        ORDER BY withdrawn_at DESC LIMIT 1 FOR UPDATE`,
      [municipalityCode],
    );
    return row ? { ...row, document: await this.lastDocument(tx, row.id) } : null;
  }

  /** The newest version whole, whatever of it is in effect today. */
  async lastDocument(tx: Tx, id: string): Promise<RegistrationDocument> {
    const [row] = await tx.query<{ document: RegistrationDocument }>(
      'SELECT document FROM registration_version WHERE registration_id = $1 ORDER BY version DESC LIMIT 1',
      [id],
    );
    if (!row) throw new Error(`the registration ${id} has no version`);
    return row.document;
  }

  /**
   * Makes a membership that ended active again, with nothing confirmed.
   *
   * @returns the new version
   * @throws a unique violation of `registration_one_active_per_municipality`
   */
  async bringBack(tx: Tx, id: string, document: RegistrationDocument): Promise<number> {
    const [row] = await tx.query<{ version: number }>(
      `UPDATE registration
          SET status = 'active', withdrawn_at = NULL, withdrawn_reason = NULL, last_confirmed_at = NULL,
              version = version + 1, main_phone = $2, primary_department_id = $3
        WHERE id = $1 AND status = 'withdrawn' RETURNING version`,
      [id, document.mainPhone, document.primaryDepartmentId],
    );
    if (!row) throw new Error(`the registration ${id} had not ended`);
    return row.version;
  }

  /** Ends every department and contact, also one that was to begin or to end later. @param from the date */
  async endDepartmentsAndContacts(tx: Tx, registrationId: string, from: string): Promise<void> {
    await tx.execute(
      `WITH departments AS (
         UPDATE department SET valid_to = greatest(valid_from, $2)
          WHERE registration_id = $1 AND (valid_to IS NULL OR valid_to > $2))
       UPDATE contact SET valid_to = greatest(valid_from, $2)
        WHERE registration_id = $1 AND (valid_to IS NULL OR valid_to > $2)`,
      [registrationId, from],
    );
  }

  /**
   * Moves what was known of the fields out of the way of what comes: 代表電話 keeps its pointer for ever, and what was
   * known of it before the 退会 says nothing of it now. @param version the last one for which it was known
   */
  async setFreshnessAside(tx: Tx, registrationId: string, version: number): Promise<void> {
    await tx.execute(
      `UPDATE field_freshness SET pointer = '/versions/' || $2::int || pointer
        WHERE registration_id = $1 AND pointer NOT LIKE '/versions/%'`,
      [registrationId, version],
    );
  }
}
