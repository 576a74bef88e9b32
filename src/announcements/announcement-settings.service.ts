import { Injectable } from '@nestjs/common';
import { Permission } from '../platform/access/permission.js';
import type { Viewer } from '../platform/access/viewer.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Database } from '../platform/database/database.service.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError, type FieldError } from '../platform/http/domain-error.js';
import type {
  AnnouncementSettingsResponse,
  ChangeAnnouncementSettingsDto,
} from './announcement-settings.dto.js';
import { ANNOUNCEMENT_SETTINGS_ID } from './announcement-settings.entity.js';
import { AnnouncementSettingsRepository } from './announcement-settings.repository.js';

/** Categories, limits of attachments and the hour of the daily mail: everybody reads them, editors change them. */
@Injectable()
export class AnnouncementSettingsService {
  constructor(
    private readonly database: Database,
    private readonly repository: AnnouncementSettingsRepository,
    private readonly audit: Audit,
  ) {}

  async get(viewer: Viewer): Promise<AnnouncementSettingsResponse> {
    return this.database.transaction(viewer, Permission.ReadAnnouncement, (tx) => this.read(tx));
  }

  /** Sets all of them against the version that the editor saw. @throws DomainError `stale-version`, `invalid` */
  async change(
    viewer: Viewer,
    version: number,
    dto: ChangeAnnouncementSettingsDto,
  ): Promise<AnnouncementSettingsResponse> {
    return this.database.transaction(viewer, Permission.ChangeAnnouncementSettings, async (tx) => {
      if (tx.actor.kind !== 'staff') throw new DomainError('forbidden');
      await this.repository.lock(tx);
      const before = await this.read(tx);
      if (before.version !== version) throw new DomainError('stale-version');
      const errors = judgeCategories(dto, before);
      if (errors.length > 0) throw new DomainError('invalid', { errors });
      await this.repository.write(tx, dto, tx.actor.accountId);
      const after = await this.read(tx);
      await this.audit.record(tx, 'announcement.settings-changed', {
        subjectId: ANNOUNCEMENT_SETTINGS_ID,
        details: { version: after.version, before: valuesOf(before), after: valuesOf(after) },
        personal: null,
      });
      return after;
    });
  }

  /** Which member of staff set them is none of a municipality's concern. */
  private async read(tx: Tx): Promise<AnnouncementSettingsResponse> {
    const settings = await this.repository.read(tx);
    return tx.actor.kind === 'member' ? { ...settings, changedByName: null } : settings;
  }
}

/** A name twice, or an id that isn't in use: two categories would become one, or come from nowhere. */
function judgeCategories(
  { categories }: ChangeAnnouncementSettingsDto,
  before: AnnouncementSettingsResponse,
): FieldError[] {
  const known = new Set(before.categories.map(({ id }) => id));
  const names = categories.map(({ name }) => name);
  return categories.flatMap(({ id, name }, at): FieldError[] => {
    const pointer = `/categories/${at}`;
    if (id !== undefined && (!known.has(id) || categories.findIndex((other) => other.id === id) !== at)) {
      return [
        {
          pointer: `${pointer}/id`,
          code: 'not-allowed',
          message: 'この分類はありません。画面を読み込み直してください。',
        },
      ];
    }
    return names.indexOf(name) === at
      ? []
      : [
          {
            pointer: `${pointer}/name`,
            code: 'duplicate',
            message: '同じ名前の分類があります。違う名前にしてください。',
          },
        ];
  });
}

const valuesOf = ({
  categories,
  attachmentMaxBytes,
  attachmentMaxCount,
  digestHour,
}: AnnouncementSettingsResponse): {
  categories: string[];
  attachmentMaxBytes: number;
  attachmentMaxCount: number;
  digestHour: number;
} => ({
  categories: categories.map(({ name }) => name),
  attachmentMaxBytes,
  attachmentMaxCount,
  digestHour,
});
