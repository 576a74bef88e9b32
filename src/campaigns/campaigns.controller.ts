import { Body, Controller, Delete, Get, Param, ParseUUIDPipe, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentViewer } from '../platform/access/access.decorators.js';
import { Permission } from '../platform/access/permission.js';
import type { SessionViewer } from '../platform/access/viewer.js';
import { Endpoint } from '../platform/http/endpoint.js';
import { IfMatch, RequiresIfMatch, SendsEtag } from '../platform/http/etag.js';
import {
  AcceptsIdempotencyKey,
  IdempotencyKey,
  type IdempotentRequest,
} from '../platform/http/idempotency-key.js';
import {
  CampaignPage,
  CampaignPlanDto,
  CampaignResponse,
  CampaignSettingsResponse,
  CampaignsQuery,
  ChangeCampaignSettingsDto,
  ProposedCampaignResponse,
} from './campaign.dto.js';
import { CampaignSettingsService } from './campaign-settings.service.js';
import { CampaignsService } from './campaigns.service.js';
import { PreviewQuery, PreviewResponse } from './preview.dto.js';
import { PreviewService } from './preview.service.js';
import { RunningService } from './running.service.js';

const SEEN = ['stale-version', 'if-match-required'] as const;

@ApiTags('campaigns')
@Controller()
export class CampaignsController {
  constructor(
    private readonly campaigns: CampaignsService,
    private readonly running: RunningService,
    private readonly previews: PreviewService,
    private readonly settings: CampaignSettingsService,
  ) {}

  @Get('campaigns')
  @Endpoint({ summary: '年度確認, newest first', access: Permission.ReadCampaigns })
  list(@CurrentViewer() viewer: SessionViewer, @Query() query: CampaignsQuery): Promise<CampaignPage> {
    return this.campaigns.list(viewer, query);
  }

  @Post('campaigns')
  @SendsEtag()
  @AcceptsIdempotencyKey()
  @Endpoint({ summary: 'Plan one; nobody is asked yet', access: Permission.WriteCampaign, status: 201 })
  create(
    @CurrentViewer() viewer: SessionViewer,
    @IdempotencyKey() request: IdempotentRequest | null,
    @Body() body: CampaignPlanDto,
  ): Promise<CampaignResponse> {
    return this.campaigns.create(viewer, body, request);
  }

  @Get('campaigns/proposal')
  @Endpoint({ summary: 'The ready-made 年度確認 to begin a plan from', access: Permission.WriteCampaign })
  propose(@CurrentViewer() viewer: SessionViewer): Promise<ProposedCampaignResponse> {
    return this.campaigns.propose(viewer);
  }

  @Get('campaigns/:id')
  @SendsEtag()
  @Endpoint({
    summary: 'One campaign, with its steps and how far it has come',
    access: Permission.ReadCampaigns,
    problems: ['not-found'],
  })
  get(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<CampaignResponse> {
    return this.campaigns.get(viewer, id);
  }

  @Put('campaigns/:id')
  @SendsEtag()
  @RequiresIfMatch()
  @Endpoint({
    summary: 'Write the plan anew; of one that runs, what is still to come',
    description:
      'Steps are known by their ids: one that has gone must stay as it was. Once it has started it takes a second factor shown within ten minutes.',
    access: Permission.WriteCampaign,
    problems: [
      'not-found',
      'campaign-running',
      'campaign-closed',
      'campaign-step-gone',
      'step-up-needed',
      ...SEEN,
    ],
  })
  change(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() version: number,
    @Body() body: CampaignPlanDto,
  ): Promise<CampaignResponse> {
    return this.campaigns.change(viewer, id, version, body);
  }

  @Delete('campaigns/:id')
  @RequiresIfMatch()
  @Endpoint({
    summary: 'Throw a draft away',
    access: Permission.WriteCampaign,
    problems: ['not-found', 'campaign-running', ...SEEN],
    status: 204,
  })
  remove(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() version: number,
  ): Promise<void> {
    return this.campaigns.remove(viewer, id, version);
  }

  @Get('campaigns/:id/preview')
  @Endpoint({
    summary: 'A dry run: who is asked and who is left out, how many mails on which day, five real ones',
    description:
      'Of one that runs, what is still to come for those who are still asked. Nothing is sent by it.',
    access: Permission.WriteCampaign,
    problems: ['not-found'],
  })
  preview(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
    @Query() query: PreviewQuery,
  ): Promise<PreviewResponse> {
    return this.previews.preview(viewer, id, query);
  }

  @Post('campaigns/:id/start')
  @SendsEtag()
  @RequiresIfMatch()
  @Endpoint({
    summary: 'Write down whom it asks, and let its steps go on their days',
    access: Permission.RunCampaign,
    problems: ['not-found', 'campaign-running', 'campaign-closed', ...SEEN],
  })
  start(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() version: number,
  ): Promise<CampaignResponse> {
    return this.running.start(viewer, id, version);
  }

  @Post('campaigns/:id/pause')
  @SendsEtag()
  @RequiresIfMatch()
  @Endpoint({
    summary: 'Let no step go for the time being; answers count',
    access: Permission.WriteCampaign,
    problems: ['not-found', 'campaign-not-running', 'campaign-closed', ...SEEN],
  })
  pause(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() version: number,
  ): Promise<CampaignResponse> {
    return this.running.pause(viewer, id, version);
  }

  @Post('campaigns/:id/resume')
  @SendsEtag()
  @RequiresIfMatch()
  @Endpoint({
    summary: 'Go on; of the mails that fell due meanwhile only the last goes',
    access: Permission.RunCampaign,
    problems: ['not-found', 'campaign-not-paused', 'campaign-closed', ...SEEN],
  })
  resume(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() version: number,
  ): Promise<CampaignResponse> {
    return this.running.resume(viewer, id, version);
  }

  @Post('campaigns/:id/close')
  @SendsEtag()
  @RequiresIfMatch()
  @Endpoint({
    summary: 'End it: nobody is asked any longer, and what was answered stays',
    access: Permission.WriteCampaign,
    problems: ['not-found', 'campaign-not-running', 'campaign-closed', ...SEEN],
  })
  close(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() version: number,
  ): Promise<CampaignResponse> {
    return this.running.close(viewer, id, version);
  }

  @Get('campaign-settings')
  @SendsEtag()
  @Endpoint({ summary: 'Whether the portal asks by itself', access: Permission.ReadCampaigns })
  getSettings(@CurrentViewer() viewer: SessionViewer): Promise<CampaignSettingsResponse> {
    return this.settings.get(viewer);
  }

  @Put('campaign-settings')
  @SendsEtag()
  @RequiresIfMatch()
  @Endpoint({
    summary: 'Let the portal ask by itself, or not',
    access: Permission.ChangeCampaignSettings,
    problems: [...SEEN],
  })
  changeSettings(
    @CurrentViewer() viewer: SessionViewer,
    @IfMatch() version: number,
    @Body() body: ChangeCampaignSettingsDto,
  ): Promise<CampaignSettingsResponse> {
    return this.settings.change(viewer, version, body);
  }
}
