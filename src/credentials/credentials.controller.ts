import {
  Body,
  Controller,
  Delete,
  Get,
  Param,
  ParseUUIDPipe,
  Post,
  Req,
  Res,
  UseGuards,
} from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CookieRouteGuard, OWN_PAGE } from '../accounts/cookie-route.guard.js';
import { Cookies } from '../accounts/session-cookie.js';
import { SignedInResponse } from '../accounts/sessions.dto.js';
import { CurrentViewer } from '../platform/access/access.decorators.js';
import { Permission } from '../platform/access/permission.js';
import type { SessionViewer } from '../platform/access/viewer.js';
import { Endpoint } from '../platform/http/endpoint.js';
import {
  ChangePasswordDto,
  ConfirmFactorDto,
  FactorList,
  FactorSetupResponse,
  NewFactorDto,
  RecoveryCodesResponse,
  SecondFactorDto,
} from './credentials.dto.js';
import { CredentialsService } from './credentials.service.js';

/** A member of staff's own password and second factors. */
@ApiTags('credentials')
@Controller()
export class CredentialsController {
  constructor(
    private readonly credentials: CredentialsService,
    private readonly cookies: Cookies,
  ) {}

  @Post('auth/step-up')
  @UseGuards(CookieRouteGuard)
  @ApiHeader(OWN_PAGE)
  @Endpoint({
    summary: 'Show the second factor once more',
    description:
      'For ten minutes afterwards the session may do what takes it fresh (`step-up-needed`). Give either `totp` or `recoveryCode`. Takes the session’s cookie, which is replaced by another, and the header `X-Renkei-Request`.',
    access: Permission.StepUp,
    problems: ['too-many-requests', 'foreign-origin'],
  })
  async stepUp(
    @CurrentViewer() viewer: SessionViewer,
    @Body() body: SecondFactorDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedInResponse> {
    const { token, response } = await this.credentials.stepUp(
      viewer,
      body,
      this.cookies.readSession(request),
    );
    this.cookies.writeSession(reply, token);
    return response;
  }

  @Get('me/factors')
  @Endpoint({
    summary: "One's own authenticator apps, and how many recovery codes are left",
    access: Permission.ReadOwnFactors,
  })
  list(@CurrentViewer() viewer: SessionViewer): Promise<FactorList> {
    return this.credentials.list(viewer);
  }

  @Post('me/factors')
  @Endpoint({
    summary: 'Begin a further authenticator app',
    description: 'It counts once its first code is confirmed.',
    access: Permission.ChangeOwnFactors,
    status: 201,
  })
  addFactor(
    @CurrentViewer() viewer: SessionViewer,
    @Body() body: NewFactorDto,
  ): Promise<FactorSetupResponse> {
    return this.credentials.addFactor(viewer, body);
  }

  @Post('me/factors/:id/confirm')
  @Endpoint({
    summary: 'Confirm an authenticator app with its first code',
    description: "Ends one's other sessions.",
    access: Permission.ChangeOwnFactors,
    problems: ['not-found', 'too-many-requests'],
  })
  confirmFactor(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: ConfirmFactorDto,
  ): Promise<FactorList> {
    return this.credentials.confirmFactor(viewer, id, body.totp);
  }

  @Delete('me/factors/:id')
  @Endpoint({
    summary: 'Remove an authenticator app',
    description: "One has to stay. Ends one's other sessions.",
    access: Permission.ChangeOwnFactors,
    problems: ['not-found', 'last-factor'],
    status: 204,
  })
  removeFactor(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<void> {
    return this.credentials.removeFactor(viewer, id);
  }

  @Post('me/recovery-codes')
  @Endpoint({
    summary: 'Make ten recovery codes in place of the old',
    access: Permission.ChangeOwnFactors,
    status: 201,
  })
  renewRecoveryCodes(@CurrentViewer() viewer: SessionViewer): Promise<RecoveryCodesResponse> {
    return this.credentials.renewRecoveryCodes(viewer);
  }

  @Post('me/password')
  @Endpoint({
    summary: "Change one's password",
    description: "Ends one's other sessions.",
    access: Permission.ChangeOwnFactors,
    problems: ['too-many-requests'],
    status: 204,
  })
  changePassword(@CurrentViewer() viewer: SessionViewer, @Body() body: ChangePasswordDto): Promise<void> {
    return this.credentials.changePassword(viewer, body);
  }
}
