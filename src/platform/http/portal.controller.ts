import { Controller, Get, Header } from '@nestjs/common';
import { Settings } from '../../config/env.js';
import { Endpoint } from './endpoint.js';
import { PortalResponse } from './portal.dto.js';

/** What the page says of this installation at its foot. */
@Controller('portal')
export class PortalController {
  constructor(private readonly settings: Settings) {}

  @Get()
  @Header('cache-control', 'public, max-age=3600')
  @Endpoint({
    summary: 'Whom to call, and whether it is a demo',
    description: 'Shown before anybody signs in; nothing of anybody.',
    access: 'public',
  })
  describe(): PortalResponse {
    const { registrationDesk, projectDesk, mode } = this.settings;
    return { registrationDesk, projectDesk, demo: mode === 'demo' };
  }
}
