import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentViewer } from '../platform/access/access.decorators.js';
import { Permission } from '../platform/access/permission.js';
import type { SessionViewer } from '../platform/access/viewer.js';
import { Endpoint } from '../platform/http/endpoint.js';
import { IfMatch, RequiresIfMatch, SendsEtag } from '../platform/http/etag.js';
import { ChangeSettingsDto, SettingsResponse } from './settings.dto.js';
import { OfficeSettingsService } from './settings.service.js';

@ApiTags('settings')
@Controller('settings')
export class SettingsController {
  constructor(private readonly settings: OfficeSettingsService) {}

  @Get()
  @SendsEtag()
  @Endpoint({
    summary:
      'What the office has set: templates of reasons, how long a review takes, what counts as fresh, closed days',
    access: Permission.ReadSettings,
  })
  get(@CurrentViewer() viewer: SessionViewer): Promise<SettingsResponse> {
    return this.settings.get(viewer);
  }

  @Put()
  @SendsEtag()
  @RequiresIfMatch()
  @Endpoint({
    summary: 'Set all of it anew',
    access: Permission.ChangeSettings,
    problems: ['stale-version', 'if-match-required'],
  })
  change(
    @CurrentViewer() viewer: SessionViewer,
    @IfMatch() version: number,
    @Body() body: ChangeSettingsDto,
  ): Promise<SettingsResponse> {
    return this.settings.change(viewer, version, body);
  }
}
