import { Injectable } from '@nestjs/common';
import { daysOf } from '../campaigns/ladder.js';
import { addDays } from '../platform/calendar/business-calendar.js';
import { Database } from '../platform/database/database.service.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/http/domain-error.js';
import { Jobs } from '../platform/jobs/jobs.service.js';
import { RegistrationsService } from '../registry/registrations.service.js';
import { OfficeSettingsService } from '../settings/settings.service.js';
import { DEMO_MEMBER_CODES } from './demo-accounts.js';
import { DemoCampaignsRepository, type LadderStep } from './demo-campaigns.repository.js';
import type { CampaignDaysPassed } from './dev-time.dto.js';

const DEMO_ONLY =
  'デモだけの機能です。この確認の日付を繰り上げ、次の段階を行いました。見本の自治体の一部が回答しました。時計は変わりません。';

/** Nobody plans a step later than this. */
const MOST_DAYS = 800;

/** Lets the days pass for one campaign until its next step, and some of those whom it has asked answer. */
@Injectable()
export class DevCampaign {
  constructor(
    private readonly database: Database,
    private readonly repository: DemoCampaignsRepository,
    private readonly registrations: RegistrationsService,
    private readonly office: OfficeSettingsService,
    private readonly jobs: Jobs,
  ) {}

  /** @throws DomainError `not-found` unless it runs and has a step to come */
  async toNextStep(id: string): Promise<CampaignDaysPassed> {
    const passed = await this.database.asSystem('demo', async (tx) => {
      const ladder = await this.repository.findLadder(tx, id);
      const days = ladder && (await this.daysToNext(tx, ladder.countsFrom, ladder.steps));
      if (days === null) throw new DomainError('not-found');
      const answering = await this.repository.listAnswering(tx, id, DEMO_MEMBER_CODES);
      for (const { registrationId, version, name } of answering) {
        await this.registrations.confirmWithin(tx, registrationId, version, {
          name,
          recordedAs: name,
          method: 'confirmation',
        });
      }
      await this.repository.makeOlder(tx, id, days);
      return { days, answers: answering.length };
    });
    await this.jobs.runDue();
    return { demoOnly: DEMO_ONLY, ...passed };
  }

  /** How much older it has to be for its next step to be due: by the calendar, so not simply the days until then. */
  private async daysToNext(tx: Tx, from: string, steps: readonly LadderStep[]): Promise<number | null> {
    const next = steps.findIndex(({ gone }) => !gone);
    if (next < 0) return null;
    const calendar = await this.office.calendar(tx);
    for (let days = 0; days <= MOST_DAYS; days += 1) {
      const shifted = steps.map((step) => ({
        ...step,
        on: step.on === null ? null : addDays(step.on, -days),
      }));
      const due = daysOf(shifted, calendar, addDays(from, -days))[next]?.dueAt;
      if (due !== undefined && due <= tx.now) return days;
    }
    return null;
  }
}
