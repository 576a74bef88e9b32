import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentViewer } from '../platform/access/access.decorators.js';
import { Permission } from '../platform/access/permission.js';
import type { SessionViewer } from '../platform/access/viewer.js';
import { Endpoint } from '../platform/http/endpoint.js';
import { CallsService } from './calls.service.js';
import {
  CallListQuery,
  CallListResponse,
  OwnQuestionResponse,
  ProgressResponse,
  RecordTargetCallDto,
  TakeCallDto,
  TargetPage,
  TargetsQuery,
} from './target.dto.js';
import { TargetsService } from './targets.service.js';

@ApiTags('campaigns')
@Controller()
export class TargetsController {
  constructor(
    private readonly targets: TargetsService,
    private readonly calls: CallsService,
  ) {}

  @Get('me/question')
  @Endpoint({
    summary: 'What one’s own municipality is asked, if anything',
    access: Permission.ReadOwnQuestion,
  })
  ownQuestion(@CurrentViewer() viewer: SessionViewer): Promise<OwnQuestionResponse> {
    return this.targets.ownQuestion(viewer);
  }

  @Get('campaigns/:id/progress')
  @Endpoint({
    summary: 'How far it has come, by prefecture and by day',
    access: Permission.ReadCampaigns,
    problems: ['not-found'],
  })
  progress(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<ProgressResponse> {
    return this.targets.progress(viewer, id);
  }

  @Get('campaigns/:id/targets')
  @Endpoint({
    summary: 'Whom it asks and what became of it, in the order of their codes',
    access: Permission.ReadCampaigns,
    problems: ['not-found'],
  })
  list(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
    @Query() query: TargetsQuery,
  ): Promise<TargetPage> {
    return this.targets.list(viewer, id, query);
  }

  @Get('campaigns/:id/calls')
  @Endpoint({
    summary: '電話リスト or 郵送リスト, most pressing first',
    access: Permission.CallForCampaign,
    problems: ['not-found'],
  })
  listCalls(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
    @Query() query: CallListQuery,
  ): Promise<CallListResponse> {
    return this.calls.list(viewer, id, query);
  }

  @Post('campaigns/:id/targets/:registrationId/calls')
  @Endpoint({
    summary: 'What came of a call or a letter',
    description:
      'Where all of it is right, that confirms the registration by telephone; some of it, those fields.',
    access: Permission.CallForCampaign,
    problems: ['not-found', 'target-ended', 'registration-withdrawn', 'stale-version'],
    status: 204,
  })
  recordCall(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
    @Param('registrationId', ParseUUIDPipe) registrationId: string,
    @Body() body: RecordTargetCallDto,
  ): Promise<void> {
    return this.calls.record(viewer, id, registrationId, body);
  }

  @Put('campaigns/:id/targets/:registrationId/owner')
  @Endpoint({
    summary: 'Take a municipality on oneself, also from somebody else, or give it back',
    access: Permission.CallForCampaign,
    problems: ['not-found', 'target-ended'],
    status: 204,
  })
  take(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
    @Param('registrationId', ParseUUIDPipe) registrationId: string,
    @Body() body: TakeCallDto,
  ): Promise<void> {
    return this.calls.take(viewer, id, registrationId, body);
  }
}
