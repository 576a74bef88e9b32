import { Injectable } from '@nestjs/common';
import { Permission } from '../platform/access/permission.js';
import type { Viewer } from '../platform/access/viewer.js';
import { Database } from '../platform/database/database.service.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/http/domain-error.js';
import { decodeCursor, toPage, unreadableCursor } from '../platform/http/page.js';
import { CampaignsRepository } from './campaigns.repository.js';
import type { OwnQuestionResponse, ProgressResponse, TargetPage, TargetsQuery } from './target.dto.js';
import { TargetsRepository } from './targets.repository.js';

/** How far a campaign has come, municipality by municipality and prefecture by prefecture. */
@Injectable()
export class TargetsService {
  constructor(
    private readonly database: Database,
    private readonly campaigns: CampaignsRepository,
    private readonly repository: TargetsRepository,
  ) {}

  /** @throws DomainError `not-found` */
  async list(viewer: Viewer, campaignId: string, query: TargetsQuery): Promise<TargetPage> {
    const [after = null] = decodeCursor(query.cursor, 1) ?? [];
    if (after !== null && !/^\d{6}$/.test(after)) throw unreadableCursor();
    return this.database.transaction(viewer, Permission.ReadCampaigns, async (tx) => {
      await this.require(tx, campaignId);
      const { rows, total } = await this.repository.list(tx, campaignId, { ...query, after });
      return toPage(
        rows,
        query.limit,
        total,
        ({ municipalityCode }) => [municipalityCode],
        (row) => row,
      );
    });
  }

  /** @throws DomainError `not-found` */
  async progress(viewer: Viewer, campaignId: string): Promise<ProgressResponse> {
    return this.database.transaction(viewer, Permission.ReadCampaigns, async (tx) => {
      await this.require(tx, campaignId);
      return {
        prefectures: await this.repository.listPrefectures(tx, campaignId),
        days: await this.repository.listDays(tx, campaignId),
      };
    });
  }

  async ownQuestion(viewer: Viewer): Promise<OwnQuestionResponse> {
    return this.database.transaction(viewer, Permission.ReadOwnQuestion, async (tx) => ({
      question: await this.repository.findOwnQuestion(tx),
    }));
  }

  private async require(tx: Tx, campaignId: string): Promise<void> {
    if (!(await this.campaigns.find(tx, campaignId))) throw new DomainError('not-found');
  }
}
