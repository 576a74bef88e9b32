import { Body, Controller, Get, Param, ParseUUIDPipe, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentViewer } from '../platform/access/access.decorators.js';
import { Permission } from '../platform/access/permission.js';
import type { SessionViewer } from '../platform/access/viewer.js';
import { Endpoint } from '../platform/http/endpoint.js';
import { IfMatch, RequiresIfMatch, SendsEtag } from '../platform/http/etag.js';
import { AnnouncementSettingsResponse, ChangeAnnouncementSettingsDto } from './announcement-settings.dto.js';
import { AnnouncementSettingsService } from './announcement-settings.service.js';
import { DeliveriesService } from './deliveries.service.js';
import { ChooseDeliveryDto, DeliveryResponse } from './reach.dto.js';

@ApiTags('announcements')
@Controller()
export class AnnouncementSettingsController {
  constructor(
    private readonly settings: AnnouncementSettingsService,
    private readonly deliveries: DeliveriesService,
  ) {}

  @Get('announcement-settings')
  @SendsEtag()
  @Endpoint({
    summary: 'Categories, limits of attachments, and the hour of the daily mail',
    access: Permission.ReadAnnouncement,
  })
  get(@CurrentViewer() viewer: SessionViewer): Promise<AnnouncementSettingsResponse> {
    return this.settings.get(viewer);
  }

  @Put('announcement-settings')
  @SendsEtag()
  @RequiresIfMatch()
  @Endpoint({
    summary: 'Set all of it anew',
    access: Permission.ChangeAnnouncementSettings,
    problems: ['stale-version', 'if-match-required'],
  })
  change(
    @CurrentViewer() viewer: SessionViewer,
    @IfMatch() version: number,
    @Body() body: ChangeAnnouncementSettingsDto,
  ): Promise<AnnouncementSettingsResponse> {
    return this.settings.change(viewer, version, body);
  }

  @Get('registrations/:id/announcement-delivery')
  @SendsEtag()
  @Endpoint({
    summary: 'How the municipality wants to be told of announcements',
    access: Permission.ChooseDelivery,
    problems: ['not-found'],
  })
  getDelivery(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<DeliveryResponse> {
    return this.deliveries.get(viewer, id);
  }

  @Put('registrations/:id/announcement-delivery')
  @SendsEtag()
  @RequiresIfMatch()
  @Endpoint({
    summary: 'Choose it: each by itself, or what came within a day in one mail',
    access: Permission.ChooseDelivery,
    problems: ['not-found', 'stale-version', 'if-match-required'],
  })
  chooseDelivery(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() version: number,
    @Body() body: ChooseDeliveryDto,
  ): Promise<DeliveryResponse> {
    return this.deliveries.choose(viewer, id, version, body.delivery);
  }
}
