import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentViewer } from '../platform/access/access.decorators.js';
import { Permission } from '../platform/access/permission.js';
import type { SessionViewer } from '../platform/access/viewer.js';
import { Endpoint } from '../platform/http/endpoint.js';
import { TypedNumberPipe } from '../platform/http/typed-number.pipe.js';
import {
  AcceptInvitationDto,
  AccountResponse,
  ChallengeResponse,
  LogoutDto,
  PasswordSignInDto,
  SignedInResponse,
  StartChallengeDto,
  VerifyChallengeDto,
} from './accounts.dto.js';
import { CookieRouteGuard } from './cookie-route.guard.js';
import { InvitationsService } from './invitations.service.js';
import { Cookies } from './session-cookie.js';
import { type OpenedSession, SessionsService } from './sessions.service.js';
import { SignInService } from './sign-in.service.js';

const OWN_PAGE = {
  name: 'X-Renkei-Request',
  required: true,
  description: 'Any value: it shows that a page of another site did not send this.',
  example: '1',
};

@ApiTags('accounts')
@Controller()
export class AccountsController {
  constructor(
    private readonly signIn: SignInService,
    private readonly sessions: SessionsService,
    private readonly invitations: InvitationsService,
    private readonly cookies: Cookies,
  ) {}

  @Post('auth/challenges')
  @Endpoint({
    summary: 'Ask for a sign-in code by mail',
    description:
      'Nobody is signed in yet. The answer is the same for a mailbox that is not registered. It sets a cookie that has to come back with the code.',
    access: 'public',
    status: 202,
  })
  async startChallenge(
    @Body() body: StartChallengeDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ChallengeResponse> {
    const { nonce, response } = await this.signIn.startChallenge(body.email, this.cookies.readNonce(request));
    this.cookies.writeNonce(reply, nonce);
    return response;
  }

  @Post('auth/challenges/:id/verify')
  @Endpoint({
    summary: 'Sign in as a member with the mailed code',
    description:
      'Nobody is signed in yet. Send back the cookie that asking for the code set; without it every code is wrong. `choose-registration` lists `registrations` to choose from.',
    access: 'public',
    problems: ['sign-in-failed', 'choose-registration'],
  })
  async verifyChallenge(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: VerifyChallengeDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedInResponse> {
    return this.finish(await this.signIn.verifyChallenge(id, this.cookies.readNonce(request), body), reply);
  }

  @Post('auth/password')
  @Endpoint({
    summary: 'Sign in as staff with a password',
    description: 'Nobody is signed in yet.',
    access: 'public',
    problems: ['sign-in-failed'],
  })
  async signInWithPassword(
    @Body() body: PasswordSignInDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedInResponse> {
    return this.finish(await this.signIn.signInWithPassword(body), reply);
  }

  @Post('auth/invitations/:number/accept')
  @Endpoint({
    summary: 'Set the first password of a staff account',
    description: 'The invited person has no account yet; the mailed code is the proof.',
    access: 'public',
    problems: ['wrong-code'],
    status: 204,
  })
  acceptInvitation(
    @Param('number', TypedNumberPipe) number: string,
    @Body() body: AcceptInvitationDto,
  ): Promise<void> {
    return this.invitations.accept(number, body.code, body.password);
  }

  @Post('auth/refresh')
  @UseGuards(CookieRouteGuard)
  @ApiHeader(OWN_PAGE)
  @Endpoint({
    summary: 'Exchange the session cookie for a fresh access token',
    description: 'The session cookie is the proof; needs the header `X-Renkei-Request`.',
    access: 'public',
    problems: ['session-ended', 'foreign-origin'],
  })
  refresh(@Req() request: FastifyRequest): Promise<SignedInResponse> {
    return this.sessions.refresh(this.cookies.readSession(request));
  }

  @Post('auth/logout')
  @UseGuards(CookieRouteGuard)
  @ApiHeader(OWN_PAGE)
  @Endpoint({
    summary: 'Sign out, here or everywhere',
    description: 'The session cookie is the proof; needs the header `X-Renkei-Request`.',
    access: 'public',
    problems: ['foreign-origin'],
    status: 204,
  })
  async logout(
    @Body() body: LogoutDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.sessions.end(this.cookies.readSession(request), body.everywhere ?? false);
    this.cookies.clearSession(reply);
    void reply.header('clear-site-data', '"cache", "cookies", "storage"');
  }

  @Get('me')
  @Endpoint({ summary: 'Who is signed in', access: Permission.UseOwnSession })
  me(@CurrentViewer() viewer: SessionViewer): Promise<AccountResponse> {
    return this.sessions.me(viewer);
  }

  private async finish(opened: OpenedSession, reply: FastifyReply): Promise<SignedInResponse> {
    const response = await this.sessions.begin(opened);
    this.cookies.writeSession(reply, opened.token);
    return response;
  }
}
