import { Injectable } from '@nestjs/common';
import { Permission } from '../platform/access/permission.js';
import type { Viewer } from '../platform/access/viewer.js';
import { Audit } from '../platform/audit/audit.service.js';
import { BusinessCalendar } from '../platform/calendar/business-calendar.js';
import { Database } from '../platform/database/database.service.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/http/domain-error.js';
import { assertClosedDays, byDate } from './closed-days.policy.js';
import type { ChangeSettingsDto, SettingsResponse } from './settings.dto.js';
import { SETTINGS_ID } from './settings.entity.js';
import { SettingsRepository } from './settings.repository.js';

/** What the office sets for its daily work: staff read it, admins change it. */
@Injectable()
export class OfficeSettingsService {
  constructor(
    private readonly database: Database,
    private readonly repository: SettingsRepository,
    private readonly audit: Audit,
  ) {}

  async get(viewer: Viewer): Promise<SettingsResponse> {
    return this.database.transaction(viewer, Permission.ReadSettings, (tx) => this.repository.read(tx));
  }

  /** For other rooms: how many working days a review usually takes. */
  async reviewBusinessDays(tx: Tx): Promise<number> {
    return (await this.repository.read(tx)).reviewBusinessDays;
  }

  /** For other rooms: for how many months a confirmation counts as fresh; in SQL `fresh_since()` says from when. */
  async freshMonths(tx: Tx): Promise<number> {
    return (await this.repository.read(tx)).freshMonths;
  }

  /** For other rooms: the working days of the office, its own closed days left out. */
  async calendar(tx: Tx): Promise<BusinessCalendar> {
    return new BusinessCalendar((await this.repository.read(tx)).closedDays.map(({ date }) => date));
  }

  /** Sets all of them against the version that the admin saw. @throws DomainError `stale-version`, `invalid` */
  async change(viewer: Viewer, version: number, dto: ChangeSettingsDto): Promise<SettingsResponse> {
    assertClosedDays(dto.closedDays);
    return this.database.transaction(viewer, Permission.ChangeSettings, async (tx) => {
      if (tx.actor.kind !== 'staff') throw new DomainError('forbidden');
      await this.repository.lock(tx);
      const before = await this.repository.read(tx);
      if (before.version !== version) throw new DomainError('stale-version');
      await this.repository.write(tx, { ...dto, closedDays: byDate(dto.closedDays) }, tx.actor.accountId);
      const after = await this.repository.read(tx);
      await this.audit.record(tx, 'settings.changed', {
        subjectId: SETTINGS_ID,
        details: { version: after.version, before: valuesOf(before), after: valuesOf(after) },
        personal: null,
      });
      return after;
    });
  }
}

const valuesOf = ({
  returnReasons,
  refusalReasons,
  reviewBusinessDays,
  freshMonths,
  closedDays,
}: SettingsResponse): ChangeSettingsDto => ({
  returnReasons,
  refusalReasons,
  reviewBusinessDays,
  freshMonths,
  closedDays,
});
