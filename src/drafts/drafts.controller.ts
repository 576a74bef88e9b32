import { Body, Controller, Delete, Get, Param, ParseUUIDPipe, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentViewer } from '../platform/access/access.decorators.js';
import { Permission } from '../platform/access/permission.js';
import type { SessionViewer } from '../platform/access/viewer.js';
import { Endpoint } from '../platform/http/endpoint.js';
import {
  IfMatch,
  IfMatchWhereGiven,
  RequiresIfMatch,
  SendsEtag,
  TakesIfMatch,
} from '../platform/http/etag.js';
import { DraftResponse, SaveDraftDto } from './draft.dto.js';
import { DraftsService } from './drafts.service.js';

@ApiTags('drafts')
@Controller('registrations/:id/draft')
export class DraftsController {
  constructor(private readonly drafts: DraftsService) {}

  @Get()
  @SendsEtag()
  @Endpoint({
    summary: 'What the clerks have typed and not sent yet',
    access: Permission.WriteDraft,
    problems: ['not-found'],
  })
  get(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) registrationId: string,
  ): Promise<DraftResponse> {
    return this.drafts.get(viewer, registrationId);
  }

  @Put()
  @SendsEtag()
  @TakesIfMatch()
  @Endpoint({
    summary: 'Begin a draft, or replace the one that one saw',
    description:
      'Without `If-Match` where there is none yet. `if-match-required` and `stale-version` tell in `savedBy` and ' +
      '`savedAt` whose is there; both are null where it is gone.',
    access: Permission.WriteDraft,
    problems: ['not-found', 'stale-version', 'if-match-required'],
  })
  save(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) registrationId: string,
    @IfMatchWhereGiven() version: number | null,
    @Body() body: SaveDraftDto,
  ): Promise<DraftResponse> {
    return this.drafts.save(viewer, registrationId, version, body);
  }

  @Delete()
  @RequiresIfMatch()
  @Endpoint({
    summary: 'Throw a draft away',
    access: Permission.WriteDraft,
    problems: ['not-found', 'stale-version', 'if-match-required'],
    status: 204,
  })
  remove(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) registrationId: string,
    @IfMatch() version: number,
  ): Promise<void> {
    return this.drafts.remove(viewer, registrationId, version);
  }
}
