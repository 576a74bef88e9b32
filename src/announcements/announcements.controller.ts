import { Body, Controller, Delete, Get, Param, ParseUUIDPipe, Patch, Post, Put, Query } from '@nestjs/common';
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
import { AcknowledgementsService } from './acknowledgements.service.js';
import {
  AcknowledgeDto,
  AcknowledgementResponse,
  AnnouncementPage,
  AnnouncementResponse,
  AnnouncementsQuery,
  ChangeAnnouncementDto,
  CreateAnnouncementDto,
  MailPreviewResponse,
  RevisionList,
} from './announcement.dto.js';
import { AnnouncementsService } from './announcements.service.js';
import { DraftingService } from './drafting.service.js';
import { FollowUpResponse, ReachPage, ReachQuery } from './reach.dto.js';

@ApiTags('announcements')
@Controller('announcements')
export class AnnouncementsController {
  constructor(
    private readonly announcements: AnnouncementsService,
    private readonly drafting: DraftingService,
    private readonly acknowledgements: AcknowledgementsService,
  ) {}

  @Get()
  @Endpoint({
    summary: 'Announcements that the viewer may see, pinned ones first, then the newest',
    description:
      'A member sees those that are out and meant for their municipality; `total` counts no other. Staff see what is or was out, editors drafts and scheduled ones as well.',
    access: Permission.ReadAnnouncement,
  })
  list(
    @CurrentViewer() viewer: SessionViewer,
    @Query() query: AnnouncementsQuery,
  ): Promise<AnnouncementPage> {
    return this.announcements.list(viewer, query);
  }

  @Post()
  @SendsEtag()
  @AcceptsIdempotencyKey()
  @Endpoint({ summary: 'Begin a draft', access: Permission.WriteAnnouncement, status: 201 })
  create(
    @CurrentViewer() viewer: SessionViewer,
    @IdempotencyKey() request: IdempotentRequest | null,
    @Body() body: CreateAnnouncementDto,
  ): Promise<AnnouncementResponse> {
    return this.drafting.create(viewer, body, request);
  }

  @Get(':id')
  @SendsEtag()
  @Endpoint({ summary: 'One announcement', access: Permission.ReadAnnouncement, problems: ['not-found'] })
  get(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<AnnouncementResponse> {
    return this.announcements.get(viewer, id);
  }

  @Patch(':id')
  @SendsEtag()
  @RequiresIfMatch()
  @Endpoint({
    summary:
      'Change a draft or a scheduled one; of one that is out, when it ends and whether it stands first',
    access: Permission.WriteAnnouncement,
    problems: [
      'not-found',
      'announcement-published',
      'announcement-ended',
      'stale-version',
      'if-match-required',
    ],
  })
  change(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() version: number,
    @Body() body: ChangeAnnouncementDto,
  ): Promise<AnnouncementResponse> {
    return this.drafting.change(viewer, id, version, body);
  }

  @Delete(':id')
  @RequiresIfMatch()
  @Endpoint({
    summary: 'Throw away what was never out, with its files',
    access: Permission.WriteAnnouncement,
    problems: ['not-found', 'announcement-published', 'stale-version', 'if-match-required'],
    status: 204,
  })
  remove(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() version: number,
  ): Promise<void> {
    return this.drafting.remove(viewer, id, version);
  }

  @Get(':id/revisions')
  @Endpoint({
    summary: 'What it said at publication and after each correction, newest first',
    access: Permission.WriteAnnouncement,
    problems: ['not-found'],
  })
  revisions(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<RevisionList> {
    return this.announcements.revisions(viewer, id);
  }

  @Get(':id/mail-preview')
  @Endpoint({
    summary: 'The mail as it goes out, or went out',
    access: Permission.WriteAnnouncement,
    problems: ['not-found'],
  })
  previewMail(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<MailPreviewResponse> {
    return this.announcements.previewMail(viewer, id);
  }

  @Put(':id/reading')
  @Endpoint({
    summary: 'Note that somebody who reads this mailbox has opened it',
    description:
      'For the mark of what is unread. Nobody else is shown it; reach is told by acknowledgements.',
    access: Permission.AcknowledgeAnnouncement,
    problems: ['not-found'],
    status: 204,
  })
  markRead(@CurrentViewer() viewer: SessionViewer, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.acknowledgements.markRead(viewer, id);
  }

  @Post(':id/acknowledgements')
  @Endpoint({
    summary: 'Acknowledge it for the municipality, under the name of the session',
    description: 'A second time gives the first one back.',
    access: Permission.AcknowledgeAnnouncement,
    problems: ['not-found', 'announcement-corrected'],
    status: 201,
  })
  acknowledge(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: AcknowledgeDto,
  ): Promise<AcknowledgementResponse> {
    return this.acknowledgements.acknowledge(viewer, id, body);
  }

  @Get(':id/reach')
  @Endpoint({
    summary: 'Who has acknowledged it and who has not, by municipality',
    access: Permission.ReadReach,
    problems: ['not-found', 'announcement-not-published'],
  })
  reach(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
    @Query() query: ReachQuery,
  ): Promise<ReachPage> {
    return this.acknowledgements.reach(viewer, id, query);
  }

  @Post(':id/follow-ups')
  @Endpoint({
    summary: 'Remind those who have not acknowledged it, each once',
    description: 'After a correction that asks anew, once more.',
    access: Permission.FollowUpAnnouncement,
    problems: ['not-found', 'announcement-not-published', 'announcement-ended'],
  })
  followUp(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<FollowUpResponse> {
    return this.acknowledgements.followUp(viewer, id);
  }
}
