import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '../platform/access/access.decorators.js';
import { DevMailbox, type DevMail } from './dev-mailbox.service.js';
import { renderMailbox } from './dev-mailbox.page.js';
import { STYLESHEET } from './page-shell.js';

/** The mails of the demo. Public, since only the demo has it and the demo is bound to loopback. */
@ApiExcludeController()
@Controller('dev')
export class DevMailboxController {
  constructor(private readonly mailbox: DevMailbox) {}

  @Get('mailbox/messages')
  @Public()
  list(): Promise<DevMail[]> {
    return this.mailbox.list();
  }

  @Get('mailbox')
  @Public()
  @Header('content-type', 'text/html; charset=utf-8')
  async page(): Promise<string> {
    return renderMailbox(await this.mailbox.list(), await this.mailbox.listStaffCodes());
  }

  @Get('mailbox.css')
  @Public()
  @Header('content-type', 'text/css; charset=utf-8')
  stylesheet(): string {
    return STYLESHEET;
  }
}
