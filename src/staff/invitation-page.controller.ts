import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Settings } from '../config/env.js';
import { Public } from '../platform/access/access.decorators.js';
import { INVITATION_SCRIPT, invitationPage } from './invitation.page.js';

/** The form that an invitation tells a member of staff to open. Public: the invited person has no password yet. */
@ApiExcludeController()
@Controller()
export class InvitationPageController {
  constructor(private readonly settings: Settings) {}

  @Get('i')
  @Public()
  @Header('content-type', 'text/html; charset=utf-8')
  form(): string {
    return invitationPage(this.settings.registrationDesk);
  }

  @Get('invitation.js')
  @Public()
  @Header('content-type', 'text/javascript; charset=utf-8')
  script(): string {
    return INVITATION_SCRIPT;
  }
}
