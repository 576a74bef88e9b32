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
  ChangeRequestPage,
  ChangeRequestResponse,
  ChangeRequestsQuery,
  HandoverDto,
  RebaseDto,
  SubmitChangeRequestDto,
  ThreeWayResponse,
} from './change-request.dto.js';
import { ChangeRequestsService } from './change-requests.service.js';
import { HandoversService } from './handovers.service.js';
import { OwnRequestsService } from './own-requests.service.js';
import { ProposalsService } from './proposals.service.js';
import { RebaseService } from './rebase.service.js';

@ApiTags('change-requests')
@Controller()
export class ChangeRequestsController {
  constructor(
    private readonly changeRequests: ChangeRequestsService,
    private readonly proposals: ProposalsService,
    private readonly own: OwnRequestsService,
    private readonly handovers: HandoversService,
    private readonly rebasing: RebaseService,
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

  @Post('registrations/:id/handovers')
  @SendsEtag()
  @RequiresIfMatch()
  @AcceptsIdempotencyKey()
  @Endpoint({
    summary: 'Hand over from one person to another on a date',
    description:
      'A change request with a date: looked at now, applied on its day. `open-request-exists` and `handover-overlaps` name the other in `changeRequest`.',
    access: Permission.ProposeChange,
    problems: [
      'not-found',
      'open-request-exists',
      'handover-overlaps',
      'registration-withdrawn',
      'stale-version',
      'if-match-required',
    ],
    status: 201,
  })
  handOver(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) registrationId: string,
    @IfMatch() version: number,
    @IdempotencyKey() request: IdempotentRequest | null,
    @Body() body: HandoverDto,
  ): Promise<ChangeRequestResponse> {
    return this.handovers.propose(viewer, registrationId, version, body, request);
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

  @Get('change-requests/:id/three-way')
  @Endpoint({
    summary: 'What the proposal and the registration have each changed since',
    access: Permission.ReadChangeRequests,
    problems: ['not-found'],
  })
  threeWay(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<ThreeWayResponse> {
    return this.rebasing.compare(viewer, id);
  }

  @Post('change-requests/:id/rebase')
  @SendsEtag()
  @RequiresIfMatch()
  @Endpoint({
    summary: 'Put a change request on top of a registration that moved',
    description:
      'What only one side changed holds; for each conflict the caller chooses. What staff give up of a proposal needs a reason.',
    access: Permission.RebaseChange,
    problems: [
      'not-found',
      'already-decided',
      'not-editable',
      'registration-not-moved',
      'registration-moved',
      'stale-version',
      'no-changes',
      'if-match-required',
    ],
  })
  rebase(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() version: number,
    @Body() body: RebaseDto,
  ): Promise<ChangeRequestResponse> {
    return this.rebasing.rebase(viewer, id, version, body);
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
    return this.own.edit(viewer, id, version, body);
  }

  @Put('change-requests/:id/handover')
  @SendsEtag()
  @RequiresIfMatch()
  @Endpoint({
    summary: 'Edit a returned handover',
    access: Permission.ProposeChange,
    problems: [
      'not-found',
      'not-editable',
      'handover-overlaps',
      'registration-moved',
      'stale-version',
      'if-match-required',
    ],
  })
  editHandover(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() version: number,
    @Body() body: HandoverDto,
  ): Promise<ChangeRequestResponse> {
    return this.handovers.edit(viewer, id, version, body);
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
    return this.own.resubmit(viewer, id, version);
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
    return this.own.resend(viewer, id);
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
    return this.own.withdraw(viewer, id, version);
  }
}
