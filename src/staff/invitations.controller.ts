import { Body, Controller, Param, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Cookies } from '../accounts/session-cookie.js';
import { RecoveryCodesResponse } from '../credentials/credentials.dto.js';
import { ClientNetwork } from '../platform/http/client-network.js';
import { Endpoint } from '../platform/http/endpoint.js';
import { TypedNumberPipe } from '../platform/http/typed-number.pipe.js';
import { InvitationsService } from './invitations.service.js';
import { AcceptInvitationDto, InvitationCodeDto, InvitationSetupResponse } from './staff.dto.js';

@ApiTags('staff')
@Controller('auth/invitations')
export class InvitationsController {
  constructor(
    private readonly invitations: InvitationsService,
    private readonly cookies: Cookies,
  ) {}

  @Post(':number/setup')
  @Endpoint({
    summary: 'What the authenticator app of an invited member of staff needs',
    description:
      'The invited person can’t sign in yet; the mailed code is the proof. Each asking gives another secret.',
    access: 'public',
    problems: ['wrong-code', 'too-many-requests'],
  })
  setup(
    @Param('number', TypedNumberPipe) number: string,
    @Body() body: InvitationCodeDto,
    @ClientNetwork() network: string,
  ): Promise<InvitationSetupResponse> {
    return this.invitations.setup(number, body.code, network);
  }

  @Post(':number/accept')
  @Endpoint({
    summary: 'Set password and authenticator app of a staff account',
    description:
      'The invited person can’t sign in yet; the mailed code is the proof. Replaces what was set before, and ends its sessions. The answer holds ten recovery codes, this once.',
    access: 'public',
    problems: ['wrong-code', 'too-many-requests'],
  })
  async accept(
    @Param('number', TypedNumberPipe) number: string,
    @Body() body: AcceptInvitationDto,
    @ClientNetwork() network: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RecoveryCodesResponse> {
    const browser = { network, device: this.cookies.readDevice(request) };
    const { codes, device } = await this.invitations.accept(number, body, browser);
    this.cookies.writeDevice(reply, device);
    return { codes };
  }
}
