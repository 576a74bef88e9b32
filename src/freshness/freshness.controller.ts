import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentViewer } from '../platform/access/access.decorators.js';
import { Permission } from '../platform/access/permission.js';
import type { SessionViewer } from '../platform/access/viewer.js';
import { Endpoint } from '../platform/http/endpoint.js';
import {
  FreshnessCourseQuery,
  FreshnessCourseResponse,
  FreshnessQuery,
  FreshnessSummaryResponse,
} from './freshness.dto.js';
import { FreshnessService } from './freshness.service.js';

@ApiTags('freshness')
@Controller('freshness')
export class FreshnessController {
  constructor(private readonly freshness: FreshnessService) {}

  @Get('summary')
  @Endpoint({
    summary: 'How fresh the registrations are: by prefecture, association and field',
    description:
      'Everything in the answer is about the active registrations of the place that was asked about.',
    access: Permission.ReadFreshness,
  })
  summary(
    @CurrentViewer() viewer: SessionViewer,
    @Query() query: FreshnessQuery,
  ): Promise<FreshnessSummaryResponse> {
    return this.freshness.summary(viewer, query);
  }

  @Get('course')
  @Endpoint({
    summary: 'How fresh they were over time, by day or week',
    description: 'Recorded once a day; at most 110 points.',
    access: Permission.ReadFreshness,
  })
  course(
    @CurrentViewer() viewer: SessionViewer,
    @Query() query: FreshnessCourseQuery,
  ): Promise<FreshnessCourseResponse> {
    return this.freshness.course(viewer, query);
  }
}
