import { Controller, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentViewer } from '../access/access.decorators.js';
import { Permission } from '../access/permission.js';
import type { SessionViewer } from '../access/viewer.js';
import { Endpoint } from '../http/endpoint.js';
import { MailPage, MailQuery, MailResponse } from './mail.dto.js';
import { MailService } from './mail.service.js';

@ApiTags('mail')
@Controller('mail/messages')
export class MailController {
  constructor(private readonly mail: MailService) {}

  @Get()
  @Endpoint({
    summary: 'What the portal has mailed or is to mail, newest first',
    access: Permission.ReadMail,
  })
  list(@CurrentViewer() viewer: SessionViewer, @Query() query: MailQuery): Promise<MailPage> {
    return this.mail.list(viewer, query);
  }

  @Get(':id')
  @Endpoint({
    summary: 'One mail with its text and its tries',
    description: 'A code is never told: （コード） stands in its place.',
    access: Permission.ReadMail,
    problems: ['not-found'],
  })
  get(@CurrentViewer() viewer: SessionViewer, @Param('id', ParseUUIDPipe) id: string): Promise<MailResponse> {
    return this.mail.get(viewer, id);
  }

  @Post(':id/retry')
  @Endpoint({
    summary: 'Have a mail that failed sent again',
    access: Permission.RetryMail,
    problems: ['not-found', 'mail-not-failed', 'mail-of-no-use'],
  })
  retry(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<MailResponse> {
    return this.mail.retry(viewer, id);
  }
}
