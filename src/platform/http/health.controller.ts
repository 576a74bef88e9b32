import { Controller, Get } from '@nestjs/common';
import { Database } from '../database/database.service.js';
import { DomainError } from './domain-error.js';
import { Endpoint } from './endpoint.js';
import { HealthResponse } from './health.dto.js';

/** For whoever operates the portal; outside the API. */
@Controller('health')
export class HealthController {
  constructor(private readonly database: Database) {}

  @Get('live')
  @Endpoint({
    summary: 'The process runs',
    access: 'public',
    description: 'Asked by a supervisor without a session.',
  })
  live(): HealthResponse {
    return { status: 'ok' };
  }

  @Get('ready')
  @Endpoint({
    summary: 'The database answers',
    access: 'public',
    description: 'Asked by a load balancer without a session.',
  })
  async ready(): Promise<HealthResponse> {
    await this.database.ping().catch(() => {
      throw new DomainError('unavailable');
    });
    return { status: 'ok' };
  }
}
