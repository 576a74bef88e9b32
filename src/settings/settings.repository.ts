import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { ChangeSettingsDto, SettingsResponse } from './settings.dto.js';

@Injectable()
export class SettingsRepository {
  async read(tx: Tx): Promise<SettingsResponse> {
    const [row] = await tx.query<SettingsResponse>(
      `SELECT s.version, s.return_reasons AS "returnReasons", s.refusal_reasons AS "refusalReasons",
              s.review_business_days AS "reviewBusinessDays", s.fresh_months AS "freshMonths",
              s.closed_days AS "closedDays", s.changed_at AS "changedAt", a.name AS "changedByName"
         FROM office_settings s LEFT JOIN account a ON a.id = s.changed_by_account_id`,
    );
    if (!row) throw new Error('the office has no settings');
    return row;
  }

  /** Whoever comes next waits and then sees what was set. */
  async lock(tx: Tx): Promise<void> {
    await tx.query('SELECT FROM office_settings FOR UPDATE');
  }

  async write(tx: Tx, settings: ChangeSettingsDto, accountId: string): Promise<void> {
    await tx.execute(
      `UPDATE office_settings
          SET return_reasons = $1, refusal_reasons = $2, review_business_days = $3, fresh_months = $4,
              closed_days = $5, version = version + 1, changed_at = now(), changed_by_account_id = $6`,
      [
        settings.returnReasons,
        settings.refusalReasons,
        settings.reviewBusinessDays,
        settings.freshMonths,
        JSON.stringify(settings.closedDays),
        accountId,
      ],
    );
  }
}
