import { Injectable } from '@nestjs/common';
import { Permission } from '../platform/access/permission.js';
import type { Viewer } from '../platform/access/viewer.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Database } from '../platform/database/database.service.js';
import { DomainError } from '../platform/http/domain-error.js';
import type { CampaignSettingsResponse, ChangeCampaignSettingsDto } from './campaign.dto.js';
import { CAMPAIGN_SETTINGS_ID } from './campaign.entity.js';
import { CampaignSettingsRepository } from './campaign-settings.repository.js';

/** Whether the portal asks by itself. Staff read it, admins change it. */
@Injectable()
export class CampaignSettingsService {
  constructor(
    private readonly database: Database,
    private readonly repository: CampaignSettingsRepository,
    private readonly audit: Audit,
  ) {}

  async get(viewer: Viewer): Promise<CampaignSettingsResponse> {
    return this.database.transaction(viewer, Permission.ReadCampaigns, (tx) => this.repository.read(tx));
  }

  /** @throws DomainError `stale-version` */
  async change(
    viewer: Viewer,
    version: number,
    { standingRule }: ChangeCampaignSettingsDto,
  ): Promise<CampaignSettingsResponse> {
    return this.database.transaction(viewer, Permission.ChangeCampaignSettings, async (tx) => {
      if (tx.actor.kind !== 'staff') throw new DomainError('forbidden');
      await this.repository.lock(tx);
      const before = await this.repository.read(tx);
      if (before.version !== version) throw new DomainError('stale-version');
      await this.repository.write(tx, standingRule, tx.actor.accountId);
      const after = await this.repository.read(tx);
      await this.audit.record(tx, 'campaign.settings-changed', {
        subjectId: CAMPAIGN_SETTINGS_ID,
        details: { version: after.version, standingRule },
        personal: null,
      });
      return after;
    });
  }
}
