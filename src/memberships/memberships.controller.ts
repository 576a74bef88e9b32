import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentViewer } from '../platform/access/access.decorators.js';
import { Permission } from '../platform/access/permission.js';
import type { SessionViewer } from '../platform/access/viewer.js';
import { ClientNetwork } from '../platform/http/client-network.js';
import { Endpoint } from '../platform/http/endpoint.js';
import { IfMatch, RequiresIfMatch, SendsEtag } from '../platform/http/etag.js';
import { ApplicationDecisionsService } from './application-decisions.service.js';
import {
  ApplicationPage,
  ApplicationResponse,
  ApplicationsQuery,
  AppliedResponse,
  ApplyDto,
  DeclineDto,
} from './application.dto.js';
import { ApplicationsService } from './applications.service.js';
import { WithdrawalResponse, WithdrawRegistrationDto } from './withdrawal.dto.js';
import { WithdrawalsService } from './withdrawals.service.js';

const DECISION_PROBLEMS = [
  'not-found',
  'application-decided',
  'application-not-under-review',
  'stale-version',
  'if-match-required',
] as const;

@ApiTags('memberships')
@Controller()
export class MembershipsController {
  constructor(
    private readonly applications: ApplicationsService,
    private readonly decisions: ApplicationDecisionsService,
    private readonly withdrawals: WithdrawalsService,
  ) {}

  @Post('applications')
  @Endpoint({
    summary: 'Ask to join',
    description:
      'Whoever asks has no mailbox here yet; every mailbox of the proposed registration is mailed a code, and nothing comes of it before all have answered.',
    access: 'public',
    problems: ['not-found', 'already-registered', 'too-many-requests'],
    status: 201,
  })
  apply(@Body() body: ApplyDto, @ClientNetwork() network: string): Promise<AppliedResponse> {
    return this.applications.apply(body, network);
  }

  @Get('applications')
  @Endpoint({ summary: 'Municipalities that ask to join', access: Permission.ReadApplications })
  list(@CurrentViewer() viewer: SessionViewer, @Query() query: ApplicationsQuery): Promise<ApplicationPage> {
    return this.applications.list(viewer, query);
  }

  @Get('applications/:id')
  @SendsEtag()
  @Endpoint({
    summary: 'One application with the registration that it proposes',
    access: Permission.ReadApplications,
    problems: ['not-found'],
  })
  get(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<ApplicationResponse> {
    return this.applications.get(viewer, id);
  }

  @Post('applications/:id/accept')
  @SendsEtag()
  @RequiresIfMatch()
  @Endpoint({
    summary: 'Make the municipality a member and invite its mailboxes',
    description: 'After 退会 its registration comes back, with its history.',
    access: Permission.DecideApplication,
    problems: [...DECISION_PROBLEMS, 'already-registered'],
  })
  accept(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() version: number,
  ): Promise<ApplicationResponse> {
    return this.decisions.accept(viewer, id, version);
  }

  @Post('applications/:id/decline')
  @SendsEtag()
  @RequiresIfMatch()
  @Endpoint({
    summary: 'Decline an application with a reason',
    access: Permission.DecideApplication,
    problems: DECISION_PROBLEMS,
  })
  decline(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() version: number,
    @Body() body: DeclineDto,
  ): Promise<ApplicationResponse> {
    return this.decisions.decline(viewer, id, version, body.reason);
  }

  @Post('registrations/:id/withdraw')
  @SendsEtag()
  @RequiresIfMatch()
  @Endpoint({
    summary: 'End a membership; its history stays',
    description: '`open-request-exists` names the change request in `changeRequest`.',
    access: Permission.WithdrawRegistration,
    problems: [
      'not-found',
      'registration-withdrawn',
      'open-request-exists',
      'stale-version',
      'if-match-required',
    ],
  })
  withdraw(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() version: number,
    @Body() body: WithdrawRegistrationDto,
  ): Promise<WithdrawalResponse> {
    return this.withdrawals.withdraw(viewer, id, version, body);
  }
}
