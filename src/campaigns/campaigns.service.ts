import { Injectable } from '@nestjs/common';
import { isUUID } from 'class-validator';
import { v7 as uuidv7 } from 'uuid';
import { Permission } from '../platform/access/permission.js';
import type { Viewer } from '../platform/access/viewer.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Database } from '../platform/database/database.service.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/http/domain-error.js';
import type { IdempotentRequest } from '../platform/http/idempotency-key.js';
import { decodeCursor, toPage, unreadableCursor } from '../platform/http/page.js';
import { once } from '../platform/idempotency/once.js';
import { OfficeSettingsService } from '../settings/settings.service.js';
import {
  type CampaignPage,
  type CampaignPlanDto,
  type CampaignResponse,
  type CampaignsQuery,
  type ProposedCampaignResponse,
  toAudienceDto,
} from './campaign.dto.js';
import { standardOpenings, toCampaignResponse } from './campaign.mapper.js';
import { judgeCampaign, refuse } from './campaign.policy.js';
import { assertMayWrite, assertShape, planOf, plannedRows, planValues } from './campaign-plan.js';
import { CampaignsRepository, type CampaignRow } from './campaigns.repository.js';
import { yearlyCampaign } from './default-ladders.js';
import { daysOf, hasGone } from './ladder.js';
import { LedgerRepository } from './ledger.repository.js';
import { TargetsRepository } from './targets.repository.js';

/** 年度確認 as the office plans it: whom it asks, by which steps, until when. */
@Injectable()
export class CampaignsService {
  constructor(
    private readonly database: Database,
    private readonly repository: CampaignsRepository,
    private readonly targets: TargetsRepository,
    private readonly ledger: LedgerRepository,
    private readonly office: OfficeSettingsService,
    private readonly audit: Audit,
  ) {}

  async list(viewer: Viewer, query: CampaignsQuery): Promise<CampaignPage> {
    const [before = null] = decodeCursor(query.cursor, 1) ?? [];
    if (before !== null && !isUUID(before)) throw unreadableCursor();
    return this.database.transaction(viewer, Permission.ReadCampaigns, async (tx) => {
      const { rows, total } = await this.repository.list(tx, before, query.limit);
      return toPage(
        rows,
        query.limit,
        total,
        ({ id }) => [id],
        (row) => row,
      );
    });
  }

  /** The ready-made one, by today's date. */
  async propose(viewer: Viewer): Promise<ProposedCampaignResponse> {
    return this.database.transaction(viewer, Permission.WriteCampaign, async (tx) => {
      const { steps, ...rest } = yearlyCampaign(tx.today, await this.office.calendar(tx));
      return {
        ...rest,
        audience: toAudienceDto({ kind: 'all' }),
        steps: steps.map((step) => ({ ...step, opening: null })),
        standardOpenings: standardOpenings(),
      };
    });
  }

  /** @throws DomainError `not-found` */
  async get(viewer: Viewer, id: string): Promise<CampaignResponse> {
    return this.database.transaction(viewer, Permission.ReadCampaigns, (tx) => this.read(tx, id));
  }

  /** @throws DomainError `invalid`, `idempotency-key-reused` */
  async create(
    viewer: Viewer,
    dto: CampaignPlanDto,
    request: IdempotentRequest | null = null,
  ): Promise<CampaignResponse> {
    return this.database.transaction(viewer, Permission.WriteCampaign, (tx) =>
      once(tx, request, async () => {
        assertShape(dto);
        const id = uuidv7();
        await this.repository.insert(tx, id, planOf(dto));
        await this.repository.putSteps(tx, id, plannedRows(dto, [], await this.office.calendar(tx)));
        await this.audit.record(tx, 'campaign.created', {
          subjectId: id,
          details: { title: dto.title },
          personal: null,
        });
        return this.read(tx, id);
      }),
    );
  }

  /**
   * Writes a draft anew. Of one that has started, what is still to come: nobody is sent a step twice by it.
   *
   * @param version what the person saw
   * @throws DomainError `stale-version` (412), `campaign-closed`, `campaign-running` for what can't change any more,
   *   `campaign-step-gone`, `invalid`, `not-found`; `step-up-needed` once it has started
   */
  async change(viewer: Viewer, id: string, version: number, dto: CampaignPlanDto): Promise<CampaignResponse> {
    return this.database.transaction(viewer, Permission.WriteCampaign, async (tx) => {
      const before = await this.require(tx, id);
      assertMayWrite(before, dto, tx.actor);
      assertSeen(before, version);
      assertShape(dto);
      const calendar = await this.office.calendar(tx);
      const steps = plannedRows(dto, before.steps, calendar);
      if (before.state !== 'draft') {
        const gone = new Set(goneSteps(before));
        const judged = { ...planOf(dto), steps: steps.map((step) => ({ ...step, gone: gone.has(step.id) })) };
        refuse(judgeCampaign(judged, daysOf(steps, calendar, dto.countsFrom), tx.now));
      }
      await this.repository.write(tx, id, planOf(dto));
      await this.repository.putSteps(tx, id, steps);
      const after = await this.require(tx, id);
      await this.audit.record(tx, 'campaign.changed', {
        subjectId: id,
        details: { version: after.version, before: planValues(before), after: planValues(after) },
        personal: null,
      });
      return this.read(tx, id);
    });
  }

  /** @throws DomainError `stale-version`, `campaign-running`, `not-found` */
  async remove(viewer: Viewer, id: string, version: number): Promise<void> {
    await this.database.transaction(viewer, Permission.WriteCampaign, async (tx) => {
      const campaign = await this.require(tx, id);
      if (campaign.state !== 'draft') throw new DomainError('campaign-running');
      assertSeen(campaign, version);
      await this.repository.remove(tx, id);
      await this.audit.record(tx, 'campaign.deleted', {
        subjectId: id,
        details: { title: campaign.title },
        personal: null,
      });
    });
  }

  /** For the room's other services: locked. @throws DomainError `not-found` */
  async require(tx: Tx, id: string): Promise<CampaignRow> {
    const campaign = await this.repository.lock(tx, id);
    if (!campaign) throw new DomainError('not-found');
    return campaign;
  }

  /** For the room's other services. @throws DomainError `not-found` */
  async read(tx: Tx, id: string): Promise<CampaignResponse> {
    const campaign = await this.repository.find(tx, id);
    if (!campaign) throw new DomainError('not-found');
    const days = daysOf(campaign.steps, await this.office.calendar(tx), campaign.countsFrom);
    if (campaign.state === 'draft') return toCampaignResponse(campaign, days, NOTHING_YET, null);
    const counts = {
      mailed: await this.ledger.countsByStep(tx, id),
      listed: await this.targets.countListed(tx, id),
    };
    return toCampaignResponse(campaign, days, counts, await this.targets.progress(tx, id));
  }
}

const NOTHING_YET = { mailed: [], listed: { phone: 0, letter: 0 } };

const goneSteps = ({ steps }: CampaignRow): string[] => steps.filter(hasGone).map(({ id }) => id);

/** @throws DomainError `stale-version` */
export function assertSeen(campaign: Pick<CampaignRow, 'version'>, version: number): void {
  if (campaign.version !== version) throw new DomainError('stale-version');
}
