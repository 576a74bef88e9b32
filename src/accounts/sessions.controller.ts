import {
  Body,
  Controller,
  Delete,
  Get,
  Param,
  ParseUUIDPipe,
  Post,
  Query,
  Req,
  Res,
  UseGuards,
} from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentViewer } from '../platform/access/access.decorators.js';
import { Permission } from '../platform/access/permission.js';
import type { SessionViewer } from '../platform/access/viewer.js';
import { Endpoint } from '../platform/http/endpoint.js';
import { CookieRouteGuard, OWN_PAGE } from './cookie-route.guard.js';
import { Cookies } from './session-cookie.js';
import { AccountResponse, LogoutDto, SessionList, SessionsQuery, SignedInResponse } from './sessions.dto.js';
import { SessionsService } from './sessions.service.js';

@ApiTags('sessions')
@Controller()
export class SessionsController {
  constructor(
    private readonly sessions: SessionsService,
    private readonly cookies: Cookies,
  ) {}

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
    // Not "cookies": the session's is cleared above, and the browser stays one that is known.
    void reply.header('clear-site-data', '"cache", "storage"');
  }

  @Get('me')
  @Endpoint({ summary: 'Who is signed in', access: Permission.UseOwnSession })
  me(@CurrentViewer() viewer: SessionViewer): Promise<AccountResponse> {
    return this.sessions.me(viewer);
  }

  @Get('auth/sessions')
  @Endpoint({
    summary: "One's own live sessions",
    description:
      'Of the same account, or of the same mailbox of the same municipality: who shares a mailbox sees all.',
    access: Permission.UseOwnSession,
  })
  listOwn(@CurrentViewer() viewer: SessionViewer): Promise<SessionList> {
    return this.sessions.list(viewer, null);
  }

  @Delete('auth/sessions')
  @Endpoint({ summary: 'End all others of one’s own', access: Permission.UseOwnSession, status: 204 })
  endOthers(@CurrentViewer() viewer: SessionViewer): Promise<void> {
    return this.sessions.endOthers(viewer);
  }

  @Delete('auth/sessions/:id')
  @Endpoint({
    summary: "End one of one's own",
    access: Permission.UseOwnSession,
    problems: ['not-found'],
    status: 204,
  })
  endOwn(@CurrentViewer() viewer: SessionViewer, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.sessions.endOwn(viewer, id);
  }

  @Get('sessions')
  @Endpoint({ summary: "Anybody's live sessions, newest first", access: Permission.ReadAnySession })
  listAny(@CurrentViewer() viewer: SessionViewer, @Query() query: SessionsQuery): Promise<SessionList> {
    return this.sessions.list(viewer, query);
  }

  @Delete('sessions/:id')
  @Endpoint({
    summary: "End anybody's session",
    access: Permission.EndAnySession,
    problems: ['not-found'],
    status: 204,
  })
  endAny(@CurrentViewer() viewer: SessionViewer, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.sessions.endAny(viewer, id);
  }
}
