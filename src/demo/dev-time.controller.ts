import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '../platform/access/access.decorators.js';
import { DevCampaign } from './dev-campaign.service.js';
import { type CampaignDaysPassed, type DaysPassed, LetDaysPassDto } from './dev-time.dto.js';
import { DevTime } from './dev-time.service.js';

/**
 * For the demo, and nowhere else: lets days pass for one change request, application or campaign. Public, since only the demo
 * has it and the demo is bound to loopback.
 */
@ApiExcludeController()
@Controller('dev/time')
export class DevTimeController {
  constructor(
    private readonly time: DevTime,
    private readonly campaigns: DevCampaign,
  ) {}

  @Post()
  @Public()
  @HttpCode(200)
  pass(@Body() body: LetDaysPassDto): Promise<DaysPassed> {
    return this.time.pass(body);
  }

  @Post('campaigns/:id')
  @Public()
  @HttpCode(200)
  toNextStep(@Param('id', ParseUUIDPipe) id: string): Promise<CampaignDaysPassed> {
    return this.campaigns.toNextStep(id);
  }
}
