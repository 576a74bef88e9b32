import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Tx } from '../platform/database/tx.js';
import type {
  AnnouncementSettingsResponse,
  ChangeAnnouncementSettingsDto,
} from './announcement-settings.dto.js';

@Injectable()
export class AnnouncementSettingsRepository {
  async read(tx: Tx): Promise<AnnouncementSettingsResponse> {
    const [row] = await tx.query<AnnouncementSettingsResponse>(
      `SELECT s.version, s.attachment_max_bytes AS "attachmentMaxBytes",
              s.attachment_max_count AS "attachmentMaxCount", s.digest_hour AS "digestHour",
              s.changed_at AS "changedAt", a.name AS "changedByName",
              (SELECT json_agg(json_build_object('id', c.id, 'name', c.name) ORDER BY c.position, c.id)
                 FROM announcement_category c WHERE c.retired_at IS NULL) AS categories,
              (SELECT coalesce(json_agg(json_build_object('id', c.id, 'name', c.name) ORDER BY c.name, c.id), '[]')
                 FROM announcement_category c
                WHERE c.retired_at IS NOT NULL
                  AND EXISTS (SELECT FROM announcement a WHERE a.category_id = c.id)) AS "retiredCategories"
         FROM announcement_settings s LEFT JOIN account a ON a.id = s.changed_by_account_id`,
    );
    if (!row) throw new Error('announcements have no settings');
    return row;
  }

  /** Whoever comes next waits and then sees what was set. */
  async lock(tx: Tx): Promise<void> {
    await tx.query('SELECT FROM announcement_settings FOR UPDATE');
  }

  async write(tx: Tx, settings: ChangeAnnouncementSettingsDto, accountId: string): Promise<void> {
    await tx.execute(
      `UPDATE announcement_settings
          SET attachment_max_bytes = $1, attachment_max_count = $2, digest_hour = $3, version = version + 1,
              changed_at = now(), changed_by_account_id = $4`,
      [settings.attachmentMaxBytes, settings.attachmentMaxCount, settings.digestHour, accountId],
    );
    // All out, then those of the list in again: two may have changed names with each other.
    await tx.execute('UPDATE announcement_category SET retired_at = now() WHERE retired_at IS NULL');
    await tx.execute(
      `INSERT INTO announcement_category AS c (id, name, position)
       SELECT * FROM unnest($1::uuid[], $2::text[]) WITH ORDINALITY
       ON CONFLICT ON CONSTRAINT announcement_category_pkey DO UPDATE
         SET name = excluded.name, position = excluded.position, retired_at = NULL`,
      [settings.categories.map(({ id }) => id ?? uuidv7()), settings.categories.map(({ name }) => name)],
    );
  }
}
