import { Injectable } from '@nestjs/common';
import { Permission } from '../platform/access/permission.js';
import type { Viewer } from '../platform/access/viewer.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Database } from '../platform/database/database.service.js';
import type { Tx } from '../platform/database/tx.js';
import { invalidField } from '../platform/http/domain-error.js';
import { Tasks } from '../platform/tasks/tasks.service.js';
import { OfficeSettingsService } from '../settings/settings.service.js';
import type { CampaignResponse } from './campaign.dto.js';
import { judgeCampaign, nextOrRefuse, refuse } from './campaign.policy.js';
import type { CampaignEvent } from './campaign.state.js';
import { callTask } from './campaigns.tasks.js';
import { type CampaignRow, CampaignsRepository } from './campaigns.repository.js';
import { assertSeen, CampaignsService } from './campaigns.service.js';
import { daysOf, hasGone } from './ladder.js';
import { TargetsRepository } from './targets.repository.js';

/** How a campaign begins, rests and ends, by a person of the office. */
@Injectable()
export class RunningService {
  constructor(
    private readonly database: Database,
    private readonly repository: CampaignsRepository,
    private readonly targets: TargetsRepository,
    private readonly campaigns: CampaignsService,
    private readonly office: OfficeSettingsService,
    private readonly audit: Audit,
    private readonly tasks: Tasks,
  ) {}

  /**
   * Writes down whom it asks; from now on its steps go by themselves.
   *
   * @throws DomainError `invalid` for steps out of order or in the past and for nobody to ask, `campaign-running`,
   *   `campaign-closed`, `stale-version`, `not-found`
   */
  async start(viewer: Viewer, id: string, version: number): Promise<CampaignResponse> {
    return this.act(viewer, id, version, 'start', async (tx, campaign) => {
      const calendar = await this.office.calendar(tx);
      const days = daysOf(campaign.steps, calendar, campaign.countsFrom);
      refuse(judgeCampaign(withGone(campaign), days, tx.now));
      await this.targets.lockRegistrations(tx);
      const { targets, before, askedAlready } = await this.targets.add(
        tx,
        id,
        campaign.audience,
        campaign.countsFrom,
      );
      if (targets === before) {
        throw invalidField('/audience', 'empty', 'お願いする自治体がありません。対象をお確かめください。');
      }
      await this.audit.record(tx, 'campaign.started', {
        subjectId: id,
        details: { title: campaign.title, targets, before, askedAlready },
        personal: null,
      });
    });
  }

  /** Nothing goes any more; answers still count. What waits to be sent already is sent. */
  async pause(viewer: Viewer, id: string, version: number): Promise<CampaignResponse> {
    return this.act(viewer, id, version, 'pause', (tx) =>
      this.audit.record(tx, 'campaign.paused', { subjectId: id, details: {}, personal: null }),
    );
  }

  /** Goes on; of the mails that fell due meanwhile only the last goes. */
  async resume(viewer: Viewer, id: string, version: number): Promise<CampaignResponse> {
    return this.act(viewer, id, version, 'resume', (tx) =>
      this.audit.record(tx, 'campaign.resumed', { subjectId: id, details: {}, personal: null }),
    );
  }

  /** Ends it: nobody is asked any longer. What was answered stays. */
  async close(viewer: Viewer, id: string, version: number): Promise<CampaignResponse> {
    return this.act(viewer, id, version, 'close', async (tx) => {
      const unanswered = await this.targets.closeOpen(tx, id);
      await this.tasks.close(tx, [callTask], id);
      await this.audit.record(tx, 'campaign.closed', {
        subjectId: id,
        details: { unanswered, because: 'closed' },
        personal: null,
      });
    });
  }

  /** Against the version that the person saw, from a state that allows it. */
  private async act(
    viewer: Viewer,
    id: string,
    version: number,
    event: CampaignEvent,
    work: (tx: Tx, campaign: CampaignRow) => Promise<void>,
  ): Promise<CampaignResponse> {
    return this.database.transaction(viewer, STEPS[event], async (tx) => {
      const campaign = await this.campaigns.require(tx, id);
      nextOrRefuse(campaign.state, event);
      assertSeen(campaign, version);
      await work(tx, campaign);
      await this.repository.setState(tx, id, event);
      return this.campaigns.read(tx, id);
    });
  }
}

/** Asking everybody takes more than leaving off. */
const STEPS = {
  start: Permission.RunCampaign,
  resume: Permission.RunCampaign,
  pause: Permission.WriteCampaign,
  close: Permission.WriteCampaign,
} as const;

/** As it is judged before it starts: nothing has gone. */
export const withGone = <Campaign extends Pick<CampaignRow, 'steps'>>(
  campaign: Campaign,
): Campaign & { steps: (CampaignRow['steps'][number] & { gone: boolean })[] } => ({
  ...campaign,
  steps: campaign.steps.map((step) => ({
    ...step,
    gone: hasGone(step),
  })),
});
