import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { CampaignSettingsResponse } from './campaign.dto.js';

@Injectable()
export class CampaignSettingsRepository {
  async read(tx: Tx): Promise<CampaignSettingsResponse> {
    const [row] = await tx.query<CampaignSettingsResponse>(
      `SELECT s.version, s.standing_rule AS "standingRule", s.changed_at AS "changedAt", a.name AS "changedByName"
         FROM campaign_settings s LEFT JOIN account a ON a.id = s.changed_by_account_id`,
    );
    if (!row) throw new Error('campaigns have no settings');
    return row;
  }

  /** Whoever comes next waits and then sees what was set. */
  async lock(tx: Tx): Promise<void> {
    await tx.query('SELECT FROM campaign_settings FOR UPDATE');
  }

  async write(tx: Tx, standingRule: boolean, accountId: string): Promise<void> {
    await tx.execute(
      `UPDATE campaign_settings SET standing_rule = $1, version = version + 1, changed_at = now(),
              changed_by_account_id = $2`,
      [standingRule, accountId],
    );
  }
}
