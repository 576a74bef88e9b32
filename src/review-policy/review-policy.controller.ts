import { Body, Controller, Get, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentViewer } from '../platform/access/access.decorators.js';
import { Permission } from '../platform/access/permission.js';
import type { SessionViewer } from '../platform/access/viewer.js';
import { Endpoint } from '../platform/http/endpoint.js';
import { IfMatch, RequiresIfMatch, SendsEtag } from '../platform/http/etag.js';
import { ProposeReviewPolicyDto, ReviewPolicyResponse } from './review-policy.dto.js';
import { ReviewPolicyService } from './review-policy.service.js';

@ApiTags('review-policy')
@Controller('review-policy')
export class ReviewPolicyController {
  constructor(private readonly policy: ReviewPolicyService) {}

  @Get()
  @SendsEtag()
  @Endpoint({
    summary: 'Which fields change at once, and which wait for a look',
    access: Permission.ReadReviewPolicy,
  })
  get(@CurrentViewer() viewer: SessionViewer): Promise<ReviewPolicyResponse> {
    return this.policy.get(viewer);
  }

  @Put()
  @SendsEtag()
  @RequiresIfMatch()
  @Endpoint({
    summary: 'Propose other rules; they hold when a second admin agrees',
    access: Permission.ChangeReviewPolicy,
    problems: ['stale-version', 'if-match-required'],
  })
  propose(
    @CurrentViewer() viewer: SessionViewer,
    @IfMatch() version: number,
    @Body() body: ProposeReviewPolicyDto,
  ): Promise<ReviewPolicyResponse> {
    return this.policy.propose(viewer, version, body);
  }

  @Post('agree')
  @SendsEtag()
  @RequiresIfMatch()
  @Endpoint({
    summary: 'Put the proposed rules in force, as a second admin',
    access: Permission.ChangeReviewPolicy,
    problems: ['no-proposal', 'second-person-needed', 'stale-version', 'if-match-required'],
  })
  agree(@CurrentViewer() viewer: SessionViewer, @IfMatch() version: number): Promise<ReviewPolicyResponse> {
    return this.policy.agree(viewer, version);
  }

  @Post('decline')
  @SendsEtag()
  @RequiresIfMatch()
  @Endpoint({
    summary: 'Drop the proposed rules',
    access: Permission.ChangeReviewPolicy,
    problems: ['no-proposal', 'stale-version', 'if-match-required'],
  })
  decline(@CurrentViewer() viewer: SessionViewer, @IfMatch() version: number): Promise<ReviewPolicyResponse> {
    return this.policy.decline(viewer, version);
  }
}
