import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Audit } from '../platform/audit/audit.service.js';
import { Database } from '../platform/database/database.service.js';
import type { Tx } from '../platform/database/tx.js';
import { Jobs } from '../platform/jobs/jobs.service.js';
import { OfficeSettingsService } from '../settings/settings.service.js';
import { CampaignSettingsRepository } from './campaign-settings.repository.js';
import { CampaignsRepository } from './campaigns.repository.js';
import { standingLadder } from './default-ladders.js';
import { daysOf, tokyoHour } from './ladder.js';
import { TargetsRepository } from './targets.repository.js';

/** When in the morning of its day the portal begins. Hour in Asia/Tokyo; its first mail goes at the same time. */
const HOUR = 9;
/** From this hour on it waits for the next working day: its first mail would go at night. */
const LAST_HOUR = 18;

/**
 * The standing rule: of whom nobody has heard for as long as a confirmation counts is asked without anybody's doing,
 * from the first working day of a month on. A campaign like any other, that staff can pause and close.
 */
@Injectable()
export class StandingService {
  constructor(
    private readonly campaigns: CampaignsRepository,
    private readonly targets: TargetsRepository,
    private readonly settings: CampaignSettingsRepository,
    private readonly office: OfficeSettingsService,
    private readonly audit: Audit,
    jobs: Jobs,
    database: Database,
  ) {
    jobs.register({
      name: 'campaigns.standing',
      run: () => database.asSystem('campaigns.standing', (tx) => this.beginIfDue(tx)),
    });
  }

  private async beginIfDue(tx: Tx): Promise<void> {
    const { standingRule } = await this.settings.read(tx);
    if (!standingRule) return;
    const calendar = await this.office.calendar(tx);
    const month = `${tx.today.slice(0, 7)}-01`;
    if (tx.now < tokyoHour(calendar.onOrAfter(month), HOUR) || !calendar.isBusinessDay(tx.today)) return;
    if (tx.now >= tokyoHour(tx.today, LAST_HOUR)) return;
    if ((await this.targets.countStale(tx)) === 0) return;
    await this.begin(tx, month);
  }

  /** Once a month, whichever process comes first: the unique index decides. */
  private async begin(tx: Tx, month: string): Promise<void> {
    const id = uuidv7();
    const calendar = await this.office.calendar(tx);
    const { steps, deadline } = standingLadder(tx.today, calendar);
    const days = daysOf(steps, calendar, tx.today);
    const title = `長く確認のない登録の確認（${Number(month.slice(0, 4))}年${Number(month.slice(5, 7))}月）`;
    const plan = { title, countsFrom: tx.today, deadline, month };
    if (!(await this.campaigns.insertStanding(tx, id, plan))) return;
    await this.campaigns.putSteps(
      tx,
      id,
      steps.map((step, at) => ({
        ...step,
        id: uuidv7(),
        opening: null,
        dueAt: days[at]?.dueAt ?? tx.now,
      })),
    );
    await this.targets.lockRegistrations(tx);
    const targets = await this.targets.addStale(tx, id, tx.today);
    await this.audit.record(tx, 'campaign.started', {
      subjectId: id,
      details: { title, targets, before: 0, askedAlready: 0 },
      personal: null,
    });
  }
}
