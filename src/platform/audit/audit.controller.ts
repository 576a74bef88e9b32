import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentViewer } from '../access/access.decorators.js';
import { Permission } from '../access/permission.js';
import type { SessionViewer } from '../access/viewer.js';
import { Endpoint } from '../http/endpoint.js';
import { AuditEventPage, AuditEventsQuery } from './audit.dto.js';
import { AuditEventsService } from './audit-events.service.js';

@ApiTags('audit')
@Controller('audit-events')
export class AuditController {
  constructor(private readonly events: AuditEventsService) {}

  @Get()
  @Endpoint({ summary: 'The trail of what happened, newest first', access: Permission.ReadAudit })
  list(@CurrentViewer() viewer: SessionViewer, @Query() query: AuditEventsQuery): Promise<AuditEventPage> {
    return this.events.list(viewer, query);
  }
}
