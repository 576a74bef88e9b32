import { Body, Controller, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentViewer } from '../platform/access/access.decorators.js';
import { Permission } from '../platform/access/permission.js';
import type { SessionViewer } from '../platform/access/viewer.js';
import { Endpoint } from '../platform/http/endpoint.js';
import { ChangeRequestPreviewResponse, HandoverDto, SubmitChangeRequestDto } from './change-request.dto.js';
import { PreviewsService } from './previews.service.js';

@ApiTags('change-requests')
@Controller('registrations/:id')
export class PreviewsController {
  constructor(private readonly previews: PreviewsService) {}

  @Post('change-requests/preview')
  @Endpoint({
    summary: 'What a change request would do, before it is sent',
    description: 'Writes nothing, and is refused like the sending. `open-request-exists` names the first.',
    access: Permission.ProposeChange,
    problems: ['not-found', 'open-request-exists', 'registration-withdrawn', 'no-changes'],
  })
  changeRequest(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) registrationId: string,
    @Body() body: SubmitChangeRequestDto,
  ): Promise<ChangeRequestPreviewResponse> {
    return this.previews.changeRequest(viewer, registrationId, body);
  }

  @Post('handovers/preview')
  @Endpoint({
    summary: 'What a handover would do, before it is sent',
    description:
      'Writes nothing, and is refused like the sending. `open-request-exists` and `handover-overlaps` name the other.',
    access: Permission.ProposeChange,
    problems: [
      'not-found',
      'open-request-exists',
      'handover-overlaps',
      'registration-withdrawn',
      'no-changes',
    ],
  })
  handover(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) registrationId: string,
    @Body() body: HandoverDto,
  ): Promise<ChangeRequestPreviewResponse> {
    return this.previews.handover(viewer, registrationId, body);
  }
}
