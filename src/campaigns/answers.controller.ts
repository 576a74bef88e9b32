import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { ClientNetwork } from '../platform/http/client-network.js';
import { Endpoint } from '../platform/http/endpoint.js';
import { TypedNumberPipe } from '../platform/http/typed-number.pipe.js';
import { ConfirmDto, ConfirmedResponse } from './answer.dto.js';
import { AnswersService } from './answers.service.js';

@ApiTags('campaigns')
@Controller('confirm')
export class AnswersController {
  constructor(private readonly answers: AnswersService) {}

  @Post(':number')
  @ApiParam({ name: 'number', schema: { type: 'string' }, example: '482177365' })
  @Endpoint({
    summary: 'Say that nothing has changed, without signing in',
    description:
      'The mailed number and code are the proof of having been asked. A code holds for the version of the registration that its mail listed; once that has changed, another mail goes.',
    access: 'public',
    problems: [
      'wrong-code',
      'too-many-requests',
      'question-ended',
      'registration-changed-since',
      'registration-withdrawn',
    ],
  })
  confirm(
    @Param('number', TypedNumberPipe) number: string,
    @Body() body: ConfirmDto,
    @ClientNetwork() network: string,
  ): Promise<ConfirmedResponse> {
    return this.answers.confirm(number, body, network);
  }
}
