import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { DraftResponse } from './draft.dto.js';

export interface DraftToSave {
  readonly registrationId: string;
  readonly baseVersion: number;
  readonly content: Readonly<Record<string, unknown>>;
  readonly savedBy: string;
  readonly savedByMailbox: string;
}

/** Row-level security keeps every statement here within the municipality that the viewer belongs to. */
@Injectable()
export class DraftsRepository {
  async find(tx: Tx, registrationId: string): Promise<DraftResponse | null> {
    const [row] = await tx.query<DraftResponse>(
      `SELECT ${DRAFT} FROM registration_draft d WHERE d.registration_id = $1`,
      [registrationId],
    );
    return row ?? null;
  }

  /** @returns null when there is one already, also when somebody else begins one at the same moment */
  async insert(tx: Tx, draft: DraftToSave): Promise<DraftResponse | null> {
    const [row] = await tx.query<DraftResponse>(
      `INSERT INTO registration_draft AS d (registration_id, version, base_version, content, saved_by, saved_by_mailbox)
       VALUES ($1, nextval('registration_draft_version'), $2, $3, $4, $5)
       ON CONFLICT DO NOTHING RETURNING ${DRAFT}`,
      parametersOf(draft),
    );
    return row ?? null;
  }

  /** @returns null when there is none at this version any more */
  async replace(tx: Tx, draft: DraftToSave, version: number): Promise<DraftResponse | null> {
    const [row] = await tx.query<DraftResponse>(
      `UPDATE registration_draft d
          SET version = nextval('registration_draft_version'), base_version = $2, content = $3, saved_at = now(),
              saved_by = $4, saved_by_mailbox = $5
        WHERE d.registration_id = $1 AND d.version = $6 RETURNING ${DRAFT}`,
      [...parametersOf(draft), version],
    );
    return row ?? null;
  }

  /** @returns whether there was one at this version */
  async remove(tx: Tx, registrationId: string, version: number): Promise<boolean> {
    const removed = await tx.execute(
      'DELETE FROM registration_draft WHERE registration_id = $1 AND version = $2',
      [registrationId, version],
    );
    return removed > 0;
  }

  async removeAnyVersion(tx: Tx, registrationId: string): Promise<void> {
    await tx.execute('DELETE FROM registration_draft WHERE registration_id = $1', [registrationId]);
  }

  /**
   * Those from before a 退会 or a recovery, within the viewer's walls. Who ends a registration's access can't do it:
   * members of staff see no drafts.
   */
  async removeOutlived(tx: Tx): Promise<void> {
    await tx.execute(
      `DELETE FROM registration_draft d USING registration_version v
        WHERE v.registration_id = d.registration_id AND v.cause IN ('withdrawal', 'recovery')
          AND v.recorded_at >= d.saved_at`,
    );
  }

  async removeUntouched(tx: Tx, days: number): Promise<void> {
    await tx.execute('DELETE FROM registration_draft WHERE saved_at < now() - make_interval(days => $1)', [
      days,
    ]);
  }
}

const parametersOf = (draft: DraftToSave): unknown[] => [
  draft.registrationId,
  draft.baseVersion,
  JSON.stringify(draft.content),
  draft.savedBy,
  draft.savedByMailbox,
];

const DRAFT = `
  d.registration_id AS "registrationId", d.version, d.base_version AS "baseVersion",
  (SELECT r.version FROM registration r WHERE r.id = d.registration_id) AS "registrationVersion",
  d.content, d.saved_at AS "savedAt", d.saved_by AS "savedBy", d.saved_by_mailbox AS "savedByMailbox"`;
