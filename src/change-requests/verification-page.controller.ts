import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Settings } from '../config/env.js';
import { Public } from '../platform/access/access.decorators.js';
import { page } from '../platform/http/page-shell.js';
import { VERIFICATION_FORM, VERIFICATION_SCRIPT } from './verification-page.js';

/**
 * The form that the mail to a new mailbox tells people to open. Public: it asks for number and code and shows
 * nothing of any registration; opening it changes nothing.
 */
@ApiExcludeController()
@Controller('v')
export class VerificationPageController {
  constructor(private readonly settings: Settings) {}

  @Get()
  @Public()
  @Header('content-type', 'text/html; charset=utf-8')
  form(): string {
    return page('メールアドレスの確認', VERIFICATION_FORM(this.settings.registrationDesk));
  }

  @Get('form.js')
  @Public()
  @Header('content-type', 'text/javascript; charset=utf-8')
  script(): string {
    return VERIFICATION_SCRIPT;
  }
}
