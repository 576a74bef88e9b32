import { Body, Controller, Param, ParseUUIDPipe, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OwnOriginGuard } from '../accounts/cookie-route.guard.js';
import { Cookies } from '../accounts/session-cookie.js';
import { SignedInResponse } from '../accounts/sessions.dto.js';
import { networkOf } from '../platform/http/client-network.js';
import { Endpoint } from '../platform/http/endpoint.js';
import { type Browser, MemberSignInService, type SignedIn } from './member-sign-in.service.js';
import {
  ChallengeResponse,
  PasswordSignInDto,
  StartChallengeDto,
  VerifyChallengeDto,
} from './sign-in.dto.js';
import { StaffSignInService } from './staff-sign-in.service.js';

@ApiTags('sign-in')
@Controller('auth')
@UseGuards(OwnOriginGuard)
export class SignInController {
  constructor(
    private readonly members: MemberSignInService,
    private readonly staff: StaffSignInService,
    private readonly cookies: Cookies,
  ) {}

  @Post('challenges')
  @Endpoint({
    summary: 'Ask for a sign-in code by mail',
    description:
      'Nobody is signed in yet. The answer is the same for a mailbox that is not registered. It sets a cookie that has to come back with the code.',
    access: 'public',
    problems: ['too-many-requests', 'foreign-origin'],
    status: 202,
  })
  async startChallenge(
    @Body() body: StartChallengeDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ChallengeResponse> {
    const { nonce, response } = await this.members.startChallenge(body.email, this.browserOf(request));
    this.cookies.writeNonce(reply, nonce);
    return response;
  }

  @Post('challenges/:id/verify')
  @Endpoint({
    summary: 'Sign in as a member with the mailed code',
    description:
      'Nobody is signed in yet. Send back the cookie that asking for the code set; without it every code is wrong. `choose-registration` lists `registrations` to choose from.',
    access: 'public',
    problems: ['sign-in-failed', 'choose-registration', 'too-many-requests', 'foreign-origin'],
  })
  async verifyChallenge(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: VerifyChallengeDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedInResponse> {
    return this.finish(await this.members.verifyChallenge(id, this.browserOf(request), body), reply);
  }

  @Post('password')
  @Endpoint({
    summary: 'Sign in as staff with a password and a second factor',
    description:
      'Nobody is signed in yet. Give either `totp` or `recoveryCode`. Whatever is wrong, the answer is the same.',
    access: 'public',
    problems: ['sign-in-failed', 'too-many-requests', 'foreign-origin'],
  })
  async signInWithPassword(
    @Body() body: PasswordSignInDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedInResponse> {
    return this.finish(await this.staff.signIn(body, this.browserOf(request)), reply);
  }

  private browserOf(request: FastifyRequest): Browser {
    return {
      network: networkOf(request.ip),
      nonce: this.cookies.readNonce(request),
      device: this.cookies.readDevice(request),
      session: this.cookies.readSession(request),
    };
  }

  private finish({ token, device, response }: SignedIn, reply: FastifyReply): SignedInResponse {
    this.cookies.writeSession(reply, token);
    this.cookies.writeDevice(reply, device);
    return response;
  }
}
