import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '../platform/access/access.decorators.js';
import { type DaysPassed, LetDaysPassDto } from './dev-time.dto.js';
import { DevTime } from './dev-time.service.js';

/**
 * For the demo, and nowhere else: lets days pass for one change request or application. Public, since only the demo
 * has it and the demo is bound to loopback.
 */
@ApiExcludeController()
@Controller('dev/time')
export class DevTimeController {
  constructor(private readonly time: DevTime) {}

  @Post()
  @Public()
  @HttpCode(200)
  pass(@Body() body: LetDaysPassDto): Promise<DaysPassed> {
    return this.time.pass(body);
  }
}
