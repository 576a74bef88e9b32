import { Body, Controller, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentViewer } from '../platform/access/access.decorators.js';
import { Permission } from '../platform/access/permission.js';
import type { SessionViewer } from '../platform/access/viewer.js';
import { Endpoint } from '../platform/http/endpoint.js';
import { IfMatch, RequiresIfMatch, SendsEtag } from '../platform/http/etag.js';
import { AnnouncementResponse, CorrectAnnouncementDto, ScheduleDto } from './announcement.dto.js';
import { AudienceCountResponse, AudienceDto } from './audience.dto.js';
import { CorrectionsService } from './corrections.service.js';
import { PublicationService } from './publication.service.js';

@ApiTags('announcements')
@Controller('announcements')
export class PublicationController {
  constructor(
    private readonly publication: PublicationService,
    private readonly corrections: CorrectionsService,
  ) {}

  @Post('audience-counts')
  @Endpoint({
    summary: 'How many it would be meant for if it went out now',
    access: Permission.WriteAnnouncement,
  })
  countAudience(
    @CurrentViewer() viewer: SessionViewer,
    @Body() body: AudienceDto,
  ): Promise<AudienceCountResponse> {
    return this.publication.countAudience(viewer, body);
  }

  @Post(':id/schedule')
  @SendsEtag()
  @RequiresIfMatch()
  @Endpoint({
    summary: 'Let it go out by itself at a time to come, or at another one',
    access: Permission.PublishAnnouncement,
    problems: ['not-found', 'announcement-published', 'stale-version', 'if-match-required'],
  })
  schedule(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() version: number,
    @Body() body: ScheduleDto,
  ): Promise<AnnouncementResponse> {
    return this.publication.schedule(viewer, id, version, body.publishAt);
  }

  @Post(':id/unschedule')
  @SendsEtag()
  @RequiresIfMatch()
  @Endpoint({
    summary: 'Make a draft of a scheduled one again',
    access: Permission.WriteAnnouncement,
    problems: ['not-found', 'announcement-not-scheduled', 'stale-version', 'if-match-required'],
  })
  unschedule(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() version: number,
  ): Promise<AnnouncementResponse> {
    return this.publication.unschedule(viewer, id, version);
  }

  @Post(':id/publish')
  @SendsEtag()
  @RequiresIfMatch()
  @Endpoint({
    summary: 'Publish it now, to those for whom it is meant now, and mail them',
    access: Permission.PublishAnnouncement,
    problems: ['not-found', 'announcement-published', 'stale-version', 'if-match-required'],
  })
  publish(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() version: number,
  ): Promise<AnnouncementResponse> {
    return this.publication.publish(viewer, id, version);
  }

  @Post(':id/archive')
  @SendsEtag()
  @RequiresIfMatch()
  @Endpoint({
    summary: 'Take it down: members see it no longer, and it is kept',
    access: Permission.WriteAnnouncement,
    problems: ['not-found', 'announcement-not-published', 'stale-version', 'if-match-required'],
  })
  archive(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() version: number,
  ): Promise<AnnouncementResponse> {
    return this.publication.archive(viewer, id, version);
  }

  @Post(':id/corrections')
  @SendsEtag()
  @RequiresIfMatch()
  @Endpoint({
    summary: 'Correct one that is out; what it said before is kept',
    description:
      'Those who join the audience by it are told like at publication, those who leave it see it no longer.',
    access: Permission.PublishAnnouncement,
    problems: [
      'not-found',
      'announcement-not-published',
      'announcement-ended',
      'stale-version',
      'if-match-required',
    ],
    status: 201,
  })
  correct(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() version: number,
    @Body() body: CorrectAnnouncementDto,
  ): Promise<AnnouncementResponse> {
    return this.corrections.correct(viewer, id, version, body);
  }
}
