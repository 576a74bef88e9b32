import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Put, Query } from '@nestjs/common';
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
  ApproveDto,
  ChangeRequestPage,
  ChangeRequestResponse,
  ChangeRequestsQuery,
  ReturnDto,
  SubmitChangeRequestDto,
} from './change-request.dto.js';
import { ChangeRequestsService } from './change-requests.service.js';
import { DecisionsService } from './decisions.service.js';
import { ProposalsService } from './proposals.service.js';

const DECISION_PROBLEMS = [
  'own-proposal',
  'not-found',
  'already-decided',
  'not-under-review',
  'registration-moved',
  'stale-version',
  'if-match-required',
] as const;

@ApiTags('change-requests')
@Controller()
export class ChangeRequestsController {
  constructor(
    private readonly changeRequests: ChangeRequestsService,
    private readonly proposals: ProposalsService,
    private readonly decisions: DecisionsService,
  ) {}

  @Post('registrations/:id/change-requests')
  @SendsEtag()
  @RequiresIfMatch()
  @AcceptsIdempotencyKey()
  @Endpoint({
    summary: 'Send a change request against the version that one saw',
    description: '`open-request-exists` names the first in `changeRequest`.',
    access: Permission.ProposeChange,
    problems: [
      'not-found',
      'open-request-exists',
      'registration-withdrawn',
      'stale-version',
      'no-changes',
      'if-match-required',
    ],
    status: 201,
  })
  submit(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) registrationId: string,
    @IfMatch() version: number,
    @IdempotencyKey() request: IdempotentRequest | null,
    @Body() body: SubmitChangeRequestDto,
  ): Promise<ChangeRequestResponse> {
    return this.proposals.submit(viewer, registrationId, version, body, request);
  }

  @Get('change-requests')
  @Endpoint({
    summary: "The queue, or a municipality's own change requests",
    access: Permission.ReadChangeRequests,
  })
  list(
    @CurrentViewer() viewer: SessionViewer,
    @Query() query: ChangeRequestsQuery,
  ): Promise<ChangeRequestPage> {
    return this.changeRequests.list(viewer, query);
  }

  @Get('change-requests/:id')
  @SendsEtag()
  @Endpoint({
    summary: 'One change request with its changes, field by field',
    access: Permission.ReadChangeRequests,
    problems: ['not-found'],
  })
  get(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<ChangeRequestResponse> {
    return this.changeRequests.get(viewer, id);
  }

  @Put('change-requests/:id')
  @SendsEtag()
  @RequiresIfMatch()
  @Endpoint({
    summary: 'Edit a returned change request',
    access: Permission.ProposeChange,
    problems: [
      'not-found',
      'not-editable',
      'registration-moved',
      'stale-version',
      'no-changes',
      'if-match-required',
    ],
  })
  edit(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() version: number,
    @Body() body: SubmitChangeRequestDto,
  ): Promise<ChangeRequestResponse> {
    return this.proposals.edit(viewer, id, version, body);
  }

  @Post('change-requests/:id/submit')
  @SendsEtag()
  @RequiresIfMatch()
  @Endpoint({
    summary: 'Send a returned change request again',
    access: Permission.ProposeChange,
    problems: ['not-found', 'not-editable', 'registration-moved', 'stale-version', 'if-match-required'],
  })
  resubmit(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() version: number,
  ): Promise<ChangeRequestResponse> {
    return this.proposals.resubmit(viewer, id, version);
  }

  @Post('change-requests/:id/resend')
  @SendsEtag()
  @Endpoint({
    summary: 'Mail new codes to the mailboxes that have yet to answer',
    access: Permission.ProposeChange,
    problems: ['not-found', 'not-awaiting-verification', 'too-many-requests'],
  })
  resend(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<ChangeRequestResponse> {
    return this.proposals.resend(viewer, id);
  }

  @Post('change-requests/:id/withdraw')
  @SendsEtag()
  @RequiresIfMatch()
  @Endpoint({
    summary: 'Take a change request back',
    access: Permission.ProposeChange,
    problems: ['not-found', 'not-withdrawable', 'stale-version', 'if-match-required'],
  })
  withdraw(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() version: number,
  ): Promise<ChangeRequestResponse> {
    return this.proposals.withdraw(viewer, id, version);
  }

  @Post('change-requests/:id/approve')
  @SendsEtag()
  @RequiresIfMatch()
  @Endpoint({
    summary: 'Take a change request over into the registration',
    access: Permission.DecideChange,
    problems: DECISION_PROBLEMS,
  })
  approve(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() version: number,
    @Body() body: ApproveDto,
  ): Promise<ChangeRequestResponse> {
    return this.decisions.approve(viewer, id, version, body.reason);
  }

  @Post('change-requests/:id/return')
  @SendsEtag()
  @RequiresIfMatch()
  @Endpoint({
    summary: 'Give a change request back with a reason',
    access: Permission.DecideChange,
    problems: DECISION_PROBLEMS,
  })
  return(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() version: number,
    @Body() body: ReturnDto,
  ): Promise<ChangeRequestResponse> {
    return this.decisions.return(viewer, id, version, body.reason);
  }
}
