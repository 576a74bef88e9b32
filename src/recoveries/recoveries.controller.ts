import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentViewer } from '../platform/access/access.decorators.js';
import { Permission } from '../platform/access/permission.js';
import type { SessionViewer } from '../platform/access/viewer.js';
import { ClientNetwork } from '../platform/http/client-network.js';
import { Endpoint } from '../platform/http/endpoint.js';
import { IfMatch, RequiresIfMatch, SendsEtag } from '../platform/http/etag.js';
import {
  AcceptsIdempotencyKey,
  IdempotencyKey,
  type IdempotentRequest,
} from '../platform/http/idempotency-key.js';
import { AgreementsService } from './agreements.service.js';
import { ChecksService } from './checks.service.js';
import { ClaimsService } from './claims.service.js';
import {
  ClaimedResponse,
  ClaimRecoveryDto,
  DeclineDto,
  NoteCallDto,
  RecoveriesQuery,
  RecoveryPage,
  RecoveryResponse,
} from './recovery.dto.js';
import { RecoveriesService } from './recoveries.service.js';

@ApiTags('recoveries')
@Controller('recoveries')
export class RecoveriesController {
  constructor(
    private readonly claims: ClaimsService,
    private readonly recoveries: RecoveriesService,
    private readonly checks: ChecksService,
    private readonly agreements: AgreementsService,
  ) {}

  @Post()
  @Endpoint({
    summary: 'Claim that the registered mailbox is lost, or that everyone has left',
    description:
      'Public: whoever claims can reach no registered mailbox and so can’t sign in. The new mailbox is mailed a code for `POST /verifications/{id}`; the answer says nothing of the registration.',
    access: 'public',
    problems: ['not-registered', 'too-many-requests'],
    status: 201,
  })
  claim(@Body() body: ClaimRecoveryDto, @ClientNetwork() network: string): Promise<ClaimedResponse> {
    return this.claims.claim(body, network);
  }

  @Get()
  @Endpoint({ summary: 'The claims, oldest first', access: Permission.ReadRecoveries })
  list(@CurrentViewer() viewer: SessionViewer, @Query() query: RecoveriesQuery): Promise<RecoveryPage> {
    return this.recoveries.list(viewer, query);
  }

  @Get(':id')
  @SendsEtag()
  @Endpoint({
    summary: 'One claim, with where to find the number to call, and the calls',
    access: Permission.ReadRecoveries,
    problems: ['not-found'],
  })
  get(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<RecoveryResponse> {
    return this.recoveries.get(viewer, id);
  }

  @Post(':id/calls')
  @SendsEtag()
  @AcceptsIdempotencyKey()
  @Endpoint({
    summary: 'Note a call to the number on the official site',
    description:
      '`denied` declines the claim at once, `confirmed` passes it on to a second member of staff, `no-answer` leaves it as it is.',
    access: Permission.DecideRecovery,
    problems: ['not-found', 'recovery-decided', 'recovery-not-ready'],
    status: 201,
  })
  noteCall(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
    @IdempotencyKey() request: IdempotentRequest | null,
    @Body() body: NoteCallDto,
  ): Promise<RecoveryResponse> {
    return this.checks.noteCall(viewer, id, body, request);
  }

  @Post(':id/agree')
  @SendsEtag()
  @RequiresIfMatch()
  @Endpoint({
    summary: 'Agree as the second member of staff, and carry the claim out',
    description:
      'Ends every session and open code of the registration, and closes its open change request. It works on the registration as it is now.',
    access: Permission.CarryOutRecovery,
    problems: [
      'not-found',
      'recovery-decided',
      'recovery-not-ready',
      'second-person-needed',
      'registration-withdrawn',
      'stale-version',
      'if-match-required',
    ],
  })
  agree(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() version: number,
  ): Promise<RecoveryResponse> {
    return this.agreements.agree(viewer, id, version);
  }

  @Post(':id/decline')
  @SendsEtag()
  @RequiresIfMatch()
  @Endpoint({
    summary: 'Decline a claim with a reason',
    access: Permission.DecideRecovery,
    problems: ['not-found', 'recovery-decided', 'recovery-not-ready', 'stale-version', 'if-match-required'],
  })
  decline(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() version: number,
    @Body() body: DeclineDto,
  ): Promise<RecoveryResponse> {
    return this.checks.decline(viewer, id, version, body.reason);
  }
}
