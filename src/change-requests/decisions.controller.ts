import { Body, Controller, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentViewer } from '../platform/access/access.decorators.js';
import { Permission } from '../platform/access/permission.js';
import type { SessionViewer } from '../platform/access/viewer.js';
import { Endpoint } from '../platform/http/endpoint.js';
import { IfMatch, RequiresIfMatch, SendsEtag } from '../platform/http/etag.js';
import { ApproveDto, ChangeRequestResponse, ReturnDto, UndoDto } from './change-request.dto.js';
import { DecisionsService } from './decisions.service.js';
import { LookOverService } from './look-over.service.js';
import { UndoService } from './undo.service.js';

const DECISION_PROBLEMS = [
  'own-proposal',
  'not-found',
  'already-decided',
  'not-under-review',
  'registration-moved',
  'stale-version',
  'if-match-required',
] as const;

/** What reviewers do with change requests. */
@ApiTags('change-requests')
@Controller('change-requests')
export class DecisionsController {
  constructor(
    private readonly decisions: DecisionsService,
    private readonly looking: LookOverService,
    private readonly undoing: UndoService,
  ) {}

  @Post(':id/approve')
  @SendsEtag()
  @RequiresIfMatch()
  @Endpoint({
    summary: 'Take a change request over into the registration, whole or in part',
    description:
      'A handover whose date is still to come waits for it. `registration-moved` shows in `threeWay` what both sides changed.',
    access: Permission.DecideChange,
    problems: DECISION_PROBLEMS,
  })
  approve(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() version: number,
    @Body() body: ApproveDto,
  ): Promise<ChangeRequestResponse> {
    return this.decisions.approve(viewer, id, version, body);
  }

  @Post(':id/return')
  @SendsEtag()
  @RequiresIfMatch()
  @Endpoint({
    summary: 'Give a change request back with a reason',
    description: 'Also where the registration moved meanwhile: nothing is overwritten by it.',
    access: Permission.DecideChange,
    problems: DECISION_PROBLEMS.filter((problem) => problem !== 'registration-moved'),
  })
  return(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() version: number,
    @Body() body: ReturnDto,
  ): Promise<ChangeRequestResponse> {
    return this.decisions.return(viewer, id, version, body.reason);
  }

  @Post(':id/look-over')
  @SendsEtag()
  @Endpoint({
    summary: 'Note that one has looked over what the rules let pass at once',
    access: Permission.DecideChange,
    problems: ['not-found', 'nothing-to-look-over'],
  })
  lookOver(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<ChangeRequestResponse> {
    return this.looking.lookOver(viewer, id);
  }

  @Post(':id/undo')
  @SendsEtag()
  @Endpoint({
    summary: 'Take an applied change back, by a new change request that somebody else decides',
    access: Permission.ProposeForMunicipality,
    problems: [
      'not-found',
      'not-applied',
      'open-request-exists',
      'registration-withdrawn',
      'registration-moved',
      'no-changes',
    ],
    status: 201,
  })
  undo(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: UndoDto,
  ): Promise<ChangeRequestResponse> {
    return this.undoing.undo(viewer, id, body.reason);
  }
}
